"""The dtype is wrong, and so is the sign of the gap.

fails.q1 = ["dtype_is_float32"]
fails.q9 = ["gap_is_the_difference"]
"""

# %% q1
train_images = raw_train_images.reshape((60000, 784)) / 255
test_images = raw_test_images.reshape((10000, 784)) / 255

# %% q9
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = test_acc - train_acc
