"""Empty arrays that loops fill, for the images and for the labels."""

# %% q1
train_images = np.zeros((60000, 784), dtype="float32")
for i in range(60000):
    train_images[i] = raw_train_images[i].reshape(784) / 255

test_images = np.zeros((10000, 784), dtype="float32")
for i in range(10000):
    test_images[i, :] = raw_test_images[i].reshape(784) / 255

# %% q2
train_labels = np.zeros((60000, 10))
for i, digit in enumerate(raw_train_labels):
    train_labels[i, digit] = 1
test_labels = np.zeros((10000, 10))
for i, digit in enumerate(raw_test_labels):
    test_labels[i, digit] = 1.0

# %% q8
probabilities = network.predict(test_images, verbose=0)
predicted_digits = np.zeros(10000, dtype=int)
for i in range(10000):
    best = 0
    for digit in range(10):
        if probabilities[i, digit] > probabilities[i, best]:
            best = digit
    predicted_digits[i] = best
