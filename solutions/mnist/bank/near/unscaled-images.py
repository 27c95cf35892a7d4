"""Pixels from 0 to 255: never divided.

fails.q1 = ["pixels_reach_from_0_to_1", "train_images_are_the_true_ones", "test_images_are_the_true_ones"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32")
test_images = raw_test_images.reshape((10000, 784)).astype("float32")
