"""The images come in the order of the file.

fails.q10 = ["each_epoch_uses_every_image_in_shuffled_batches"]
"""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        for i in range(0, len(images), batch_size):
            part, truth = images[i : i + batch_size], labels[i : i + batch_size]
            hidden, probabilities = forward(parameters, part)
            slopes = backward(parameters, part, hidden, probabilities, truth)
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
    return parameters


trained = train(start, train_images, train_labels, epochs=3, batch_size=128, rate=0.2)
_, probabilities = forward(trained, test_images)
test_acc = np.mean(probabilities.argmax(axis=1) == test_labels.argmax(axis=1))
