"""NumPy finds the second axis by itself; labels are rows of the identity matrix."""

# %% q1
# train_images: shape (60000, 784), made from raw_train_images
train_images = raw_train_images.astype("float32").reshape((60000, -1)) / 255.0
# test_images: shape (10000, 784), made from raw_test_images
test_images = raw_test_images.astype("float32").reshape((10000, -1)) / 255.0
print(train_images.shape, test_images.shape)

# %% q2
train_labels = np.eye(10, dtype="float32")[raw_train_labels]
test_labels = np.eye(10, dtype="float32")[raw_test_labels]

# %% q8
probabilities = network.predict(test_images)
predicted_digits = np.argmax(probabilities, axis=-1)
