"""The slopes of a batch are added up, one image after the other."""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dW1, db1, dW2, db2 = (np.zeros(p.shape) for p in parameters)
    for x_, h_, p_, y_ in zip(images, hidden, probabilities, labels):
        dz2 = p_ - y_
        dz1 = (W2 @ dz2) * (h_ > 0)
        dW1 += np.outer(x_, dz1)
        db1 += dz1
        dW2 += np.outer(h_, dz2)
        db2 += dz2
    n = len(images)
    return [dW1 / n, db1 / n, dW2 / n, db2 / n]

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


# loops are slow: a part of the images is enough
trained = train(start, train_images[:6000], train_labels[:6000], epochs=2, batch_size=32, rate=0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
