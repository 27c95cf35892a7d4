"""The test images were forgotten when the dtype was changed.

fails.q1 = ["dtype_is_float32"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)) / 255
