"""The training loop has momentum, which was not asked for.

fails.q10 = ["each_epoch_uses_every_image_in_shuffled_batches"]
"""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    velocities = [np.zeros_like(w) for w in parameters]
    for _ in range(epochs):
        order = np.random.permutation(len(images))
        for i in range(0, len(images), batch_size):
            rows = order[i : i + batch_size]
            hidden, probabilities = forward(parameters, images[rows])
            slopes = backward(parameters, images[rows], hidden, probabilities, labels[rows])
            velocities = [0.9 * v + g for v, g in zip(velocities, slopes)]
            parameters = [step(w, v, rate) for w, v in zip(parameters, velocities)]
    return parameters


trained = train(start, train_images, train_labels, 2, 128, 0.03)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
