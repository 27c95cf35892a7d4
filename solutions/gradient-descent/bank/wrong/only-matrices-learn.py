"""The biases are left as they are.

fails.q10 = ["train_returns_new_arrays"]
"""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    W1, b1, W2, b2 = parameters
    for _ in range(epochs):
        order = np.random.permutation(len(images))
        for i in range(0, len(images), batch_size):
            rows = order[i : i + batch_size]
            hidden, probabilities = forward([W1, b1, W2, b2], images[rows])
            slopes = backward([W1, b1, W2, b2], images[rows], hidden, probabilities, labels[rows])
            W1, W2 = step(W1, slopes[0], rate), step(W2, slopes[2], rate)
    return [W1, b1, W2, b2]


trained = train(start, train_images, train_labels, 2, 128, 0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
