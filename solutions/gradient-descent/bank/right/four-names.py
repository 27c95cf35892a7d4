"""The four arrays have names of their own in the training loop."""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    W1, b1, W2, b2 = parameters
    n = len(images)
    for epoch in range(epochs):
        order = np.random.permutation(n)
        images_now, labels_now = images[order], labels[order]
        for i in range(0, n, batch_size):
            x_batch, y_batch = images_now[i : i + batch_size], labels_now[i : i + batch_size]
            hidden, probabilities = forward([W1, b1, W2, b2], x_batch)
            dW1, db1, dW2, db2 = backward([W1, b1, W2, b2], x_batch, hidden, probabilities, y_batch)
            W1 = step(W1, dW1, rate)
            b1 = step(b1, db1, rate)
            W2 = step(W2, dW2, rate)
            b2 = step(b2, db2, rate)
    return W1, b1, W2, b2


trained = train(start, train_images, train_labels, 2, 128, 0.2)
right = 0
for row, label in zip(forward(trained, test_images)[1], test_labels):
    right += row.argmax() == label.argmax()
test_acc = right / len(test_labels)
