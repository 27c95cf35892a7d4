"""One epoch with a rate of 0.01: not enough.

fails.q10 = ["accuracy_is_at_least_90_percent", "trained_network_reads_90_percent"]
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


trained = train(start, train_images, train_labels, epochs=1, batch_size=128, rate=0.01)
_, probabilities = forward(trained, test_images)
test_acc = np.mean(probabilities.argmax(axis=1) == test_labels.argmax(axis=1))
