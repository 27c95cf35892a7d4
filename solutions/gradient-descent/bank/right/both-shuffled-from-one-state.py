"""Images and labels are shuffled one after the other, from the same state of the random numbers."""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        seed = np.random.randint(1_000_000)
        mixed_images = np.random.default_rng(seed).permutation(images)
        mixed_labels = np.random.default_rng(seed).permutation(labels)
        for i in range(0, len(images), batch_size):
            part, truth = mixed_images[i : i + batch_size], mixed_labels[i : i + batch_size]
            hidden, probabilities = forward(parameters, part)
            slopes = backward(parameters, part, hidden, probabilities, truth)
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
    return parameters


trained = train(start, train_images, train_labels, 2, 128, 0.2)
test_acc = round(np.mean(forward(trained, test_images)[1].argmax(1) == test_labels.argmax(1)), 4)
