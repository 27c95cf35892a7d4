"""The network is trained on images that are 255 times darker than the test images.

fails.q1 = [
    "pixels_reach_from_0_to_1",
    "train_images_are_the_true_ones",
]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
train_images /= 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
