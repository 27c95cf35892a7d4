"""np.divide makes float32 of the whole numbers in one step."""

# %% q1
train_images = np.divide(raw_train_images.reshape(-1, 784), 255, dtype=np.float32)
test_images = np.divide(raw_test_images.reshape(-1, 784), 255, dtype=np.float32)

# %% q2
train_labels = np.identity(10, dtype="uint8")[raw_train_labels]
test_labels = np.identity(10, dtype="uint8")[raw_test_labels]

# %% q9
train_acc = network.evaluate(train_images, train_labels, batch_size=512, verbose=0)[1]
gap = np.subtract(train_acc, test_acc)
