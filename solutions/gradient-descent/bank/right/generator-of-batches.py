"""A generator yields the batches, and the loss is printed after each epoch."""

# %% q10
def batches(images, labels, size):
    order = np.random.permutation(len(images))
    for i in range(0, len(order), size):
        yield images[order[i : i + size]], labels[order[i : i + size]]


def cross_entropy(probabilities, labels):
    return -np.mean(np.log((probabilities * labels).sum(axis=1) + 1e-9))


def train(parameters, images, labels, epochs=3, batch_size=128, rate=0.2):
    for epoch in range(1, epochs + 1):
        for some_images, some_labels in batches(images, labels, batch_size):
            slopes = backward(parameters, some_images, *forward(parameters, some_images), some_labels)
            parameters = [step(*pair, rate) for pair in zip(parameters, slopes)]
        print("epoch", epoch, "loss", cross_entropy(forward(parameters, images)[1], labels))
    return parameters


trained = train(start, train_images, train_labels, epochs=2)
predicted = np.argmax(forward(trained, test_images)[1], axis=1)
test_acc = np.count_nonzero(predicted == np.argmax(test_labels, axis=1)) / 10000
