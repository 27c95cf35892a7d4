"""The images are divided but stay float64: NumPy's usual number.

fails.q1 = ["dtype_is_float32"]
"""

# %% q1
# train_images: shape (60000, 784), made from raw_train_images
train_images = raw_train_images.reshape((60000, 784)) / 255
# test_images: shape (10000, 784), made from raw_test_images
test_images = raw_test_images.reshape((10000, 784)) / 255
