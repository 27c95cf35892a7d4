"""What does not fill a batch is left out; another order decides in each epoch what that is."""

# %% q10
random_order = np.random.default_rng()


def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        order = random_order.permutation(len(images))
        for k in range(len(images) // batch_size):
            rows = order[k * batch_size : (k + 1) * batch_size]
            hidden, probabilities = forward(parameters, images[rows])
            slopes = backward(parameters, images[rows], hidden, probabilities, labels[rows])
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
    return parameters


trained = train(start, train_images, train_labels, epochs=3, batch_size=128, rate=0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
