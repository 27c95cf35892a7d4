"""The line was copied and only its left side changed.

fails.q2 = ["shapes_are_60000_10_and_10000_10", "test_labels_are_the_true_ones"]
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "accuracy_is_at_least_97_percent",
    "they_are_what_the_trained_network_scores",
]
fails.q9 = [
    "training_accuracy_and_gap_are_numbers",
    "gap_is_the_difference",
]
"""

# %% q2
train_labels = keras.utils.to_categorical(raw_train_labels, 10)
test_labels = keras.utils.to_categorical(raw_train_labels, 10)
