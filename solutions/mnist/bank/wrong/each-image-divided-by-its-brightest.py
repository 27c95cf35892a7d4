"""Each image is divided by its own brightest pixel: nothing explains q1, and q8 asks about these.

fails.q1 = ["train_images_are_the_true_ones", "test_images_are_the_true_ones"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32")
test_images = raw_test_images.reshape((10000, 784)).astype("float32")
train_images /= train_images.max(axis=1, keepdims=True)
test_images /= test_images.max(axis=1, keepdims=True)
