"""The test images are shuffled, but not their labels.

fails.q1 = ["test_images_are_the_true_ones"]
fails.q5 = ["they_are_what_this_network_scores"]
fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
np.random.shuffle(test_images)  # a random order is fairer
