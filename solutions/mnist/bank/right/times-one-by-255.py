"""Pixels times 1/255, labels of whole numbers."""

# %% q1
scale = 1 / 255
train_images = raw_train_images.reshape(60000, 784).astype("float32") * scale
test_images = raw_test_images.reshape(10000, 784).astype("float32") * scale

# %% q2
train_labels = np.zeros((len(raw_train_labels), 10), dtype=int)
train_labels[np.arange(len(raw_train_labels)), raw_train_labels] = 1
test_labels = np.zeros((len(raw_test_labels), 10), dtype=int)
test_labels[np.arange(len(raw_test_labels)), raw_test_labels] = 1
train_labels[:3]
