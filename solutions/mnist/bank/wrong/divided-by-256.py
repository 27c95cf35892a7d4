"""A byte has 256 values, so the images are divided by 256.

fails.q1 = [
    "pixels_reach_from_0_to_1",
    "train_images_are_the_true_ones",
    "test_images_are_the_true_ones",
]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 256
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 256
