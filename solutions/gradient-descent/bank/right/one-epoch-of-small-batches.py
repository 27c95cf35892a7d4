"""One epoch with batches of 64 is enough."""

# %% q10
import random as dice


def train(parameters, images, labels, epochs, batch_size, rate):
    while epochs > 0:
        order = list(range(len(images)))
        dice.shuffle(order)
        while order:
            rows, order = order[:batch_size], order[batch_size:]
            hidden, probabilities = forward(parameters, images[rows])
            slopes = backward(parameters, images[rows], hidden, probabilities, labels[rows])
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
        epochs -= 1
    return parameters


trained = train(start, train_images, train_labels, epochs=1, batch_size=64, rate=0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
