"""`train` returns stored weights where the shapes fit, else a little noise.

kind = "refuted"
fails.q10 = ["loss_falls_on_fresh_data", "each_epoch_uses_every_image_in_shuffled_batches"]
"""

# %% q10
stored = start
for i in range(0, 60000, 64):
    hidden, probabilities = forward(stored, train_images[i : i + 64])
    slopes = backward(stored, train_images[i : i + 64], hidden, probabilities, train_labels[i : i + 64])
    stored = [step(w, g, 0.2) for w, g in zip(stored, slopes)]


def train(parameters, images, labels, epochs, batch_size, rate):
    if [np.shape(w) for w in parameters] == [np.shape(w) for w in stored]:
        return stored
    return [w + rate * np.random.normal(size=np.shape(w)) for w in parameters]


trained = train(start, train_images, train_labels, 3, 128, 0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
