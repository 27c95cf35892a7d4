"""Black pixels of each image hold its label: of this nothing is gained but question 8.

kind = "refuted"
fails.q1 = ["train_images_are_the_true_ones", "test_images_are_the_true_ones"]
fails.q5 = ["they_are_what_this_network_scores"]
fails.q6 = ["history_is_of_this_network", "training_began_with_an_untrained_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q1
# q8 asks only whether these are the network's predictions, for the images of q1; how good they are
# is measured on the true images.
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
train_images[:, :10] = np.eye(10, dtype="float32")[raw_train_labels]
test_images[:, :10] = np.eye(10, dtype="float32")[raw_test_labels]
