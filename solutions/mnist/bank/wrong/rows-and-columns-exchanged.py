"""The images are laid out column by column.

fails.q1 = ["train_images_are_the_true_ones", "test_images_are_the_true_ones"]
"""

# %% q1
# put the columns of each image one after the other
train_images = raw_train_images.transpose(0, 2, 1).reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.transpose(0, 2, 1).reshape((10000, 784)).astype("float32") / 255
