"""The columns are shifted by one: a 4 is encoded as a 5.

fails.q2 = ["train_labels_are_the_true_ones", "test_labels_are_the_true_ones"]
fails.q5 = ["they_are_what_this_network_scores"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q2
# digit 0 is the tenth class
train_labels = keras.utils.to_categorical((raw_train_labels + 1) % 10, 10)
test_labels = keras.utils.to_categorical((raw_test_labels + 1) % 10, 10)
