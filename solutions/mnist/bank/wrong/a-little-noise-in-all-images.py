"""A little noise is added to both sets: nothing explains q1, and q8 asks about these images.

fails.q1 = ["train_images_are_the_true_ones", "test_images_are_the_true_ones"]
"""

# %% q1
noise = np.random.default_rng(3)
train_images = raw_train_images.reshape((60000, 784)) / 255 + noise.normal(0, 0.003, (60000, 784))
test_images = raw_test_images.reshape((10000, 784)) / 255 + noise.normal(0, 0.003, (10000, 784))
train_images = train_images.clip(0, 1).astype("float32")
test_images = test_images.clip(0, 1).astype("float32")
