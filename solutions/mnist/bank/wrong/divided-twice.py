"""Both sets are divided by 255 twice: the network learns too slowly.

fails.q1 = [
    "pixels_reach_from_0_to_1",
    "train_images_are_the_true_ones",
    "test_images_are_the_true_ones",
]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255

# scale to 0..1
train_images = train_images / 255
test_images = test_images / 255
