"""The images are float16 to save even more memory.

fails.q1 = ["dtype_is_float32"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float16") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float16") / 255
