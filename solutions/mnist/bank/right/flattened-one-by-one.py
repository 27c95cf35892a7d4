"""A list comprehension flattens each image."""

# %% q1
train_images = np.array([image.flatten() for image in raw_train_images], dtype="float32") / 255
test_images = np.array([image.flatten() for image in raw_test_images], dtype="float32") / 255

# %% q2
# column k of the comparison says whether the label is k
train_labels = (raw_train_labels[:, None] == np.arange(10)).astype(int)
test_labels = (raw_test_labels[:, None] == np.arange(10)).astype(int)

# %% q8
probabilities = network.predict(test_images, batch_size=500, verbose=0)
predicted_digits = np.array([row.argmax() for row in probabilities])
