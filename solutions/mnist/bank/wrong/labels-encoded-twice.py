"""The one-hot rows are encoded once more, as when the cell reuses its own result.

fails.q2 = "all"
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q6 = "all"
fails.q7 = "all"
fails.q9 = "all"
"""

# %% q2
train_labels = keras.utils.to_categorical(raw_train_labels, 10)
test_labels = keras.utils.to_categorical(raw_test_labels, 10)
train_labels = keras.utils.to_categorical(train_labels, 10)
test_labels = keras.utils.to_categorical(test_labels, 10)
