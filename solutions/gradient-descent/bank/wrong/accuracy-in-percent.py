"""The accuracy in percent.

fails.q10 = ["accuracy_is_at_least_90_percent", "accuracy_is_that_of_the_trained_network"]
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


trained = train(start, train_images, train_labels, 1, 128, 0.3)
test_acc = 100 * np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
