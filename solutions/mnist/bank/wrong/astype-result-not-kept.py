"""astype is called, but its result is thrown away: float64.

fails.q1 = ["dtype_is_float32"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784))
train_images.astype("float32")
train_images = train_images / 255.0

test_images = raw_test_images.reshape((10000, 784))
test_images.astype("float32")
test_images = test_images / 255.0
