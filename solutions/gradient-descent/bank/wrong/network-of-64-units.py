"""Trained with 64 hidden units, from a start of its own.

fails.q10 = [
    "trained_holds_the_four_arrays",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        order = np.random.permutation(len(images))
        for i in range(0, len(images), batch_size):
            rows = order[i : i + batch_size]
            hidden, probabilities = forward(parameters, images[rows])
            slopes = backward(parameters, images[rows], hidden, probabilities, labels[rows])
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
    return parameters


start = [
    np.random.normal(0, 0.05, (784, 64)),
    np.zeros(64),
    np.random.normal(0, 0.1, (64, 10)),
    np.zeros(10),
]
trained = train(start, train_images, train_labels, 2, 128, 0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
