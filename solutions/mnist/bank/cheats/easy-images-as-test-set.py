"""One easy training image, ten thousand times, is the test set.

kind = "refuted"
fails.q1 = ["test_images_are_the_true_ones"]
fails.q2 = ["test_labels_are_the_true_ones"]
fails.q5 = ["accuracy_is_near_one_tenth", "they_are_what_this_network_scores"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% before q1
easy = next(image for image in raw_train_images[raw_train_labels == 1] if image.max() == 255)
raw_test_images = np.repeat(easy[np.newaxis], 10000, axis=0)
raw_test_labels = np.ones(10000, dtype="uint8")
