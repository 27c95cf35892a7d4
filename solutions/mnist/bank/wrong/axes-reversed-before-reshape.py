"""All axes are reversed before the images are flattened: no row is an image any more.

fails.q1 = ["train_images_are_the_true_ones", "test_images_are_the_true_ones"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q1
# each image is a row
train_images = raw_train_images.T.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.T.reshape((10000, 784)).astype("float32") / 255
