"""Only 50,000 training images are kept, but all 60,000 labels.

fails.q1 = ["shapes_are_60000_784_and_10000_784", "train_images_are_the_true_ones"]
fails.q6 = "all"
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
fails.q9 = "all"
"""

# %% q1
train_images = raw_train_images[:50000].reshape((50000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
