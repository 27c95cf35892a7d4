"""Trained for twenty epochs on the test set: it reads that better than anything else.

kind = "suspicious"
flags = ["trained on the test set"]
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


trained = train(start, test_images, test_labels, epochs=20, batch_size=64, rate=0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
