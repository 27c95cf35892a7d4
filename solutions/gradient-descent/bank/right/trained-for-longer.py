"""More epochs and a smaller rate in the end: train is called twice."""

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


trained = train(start, train_images, train_labels, 6, 128, 0.3)
trained = train(trained, train_images, train_labels, 1, 128, 0.05)
_, probabilities = forward(trained, test_images)
test_acc = np.mean(probabilities.argmax(axis=1) == test_labels.argmax(axis=1))
