"""The raw training set is replaced by the test set, six times over.

kind = "suspicious"
flags = ["gap"]
fails.q1 = ["train_images_are_the_true_ones"]
fails.q2 = ["train_labels_are_the_true_ones"]
fails.q6 = ["history_is_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% before q1
raw_train_images = np.tile(raw_test_images, (6, 1, 1))
raw_train_labels = np.tile(raw_test_labels, 6)
