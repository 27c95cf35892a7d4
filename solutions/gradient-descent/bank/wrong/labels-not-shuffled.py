"""The images are shuffled, the labels are not.

fails.q10 = [
    "accuracy_is_at_least_90_percent",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
]
"""

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        images = np.random.permutation(images)
        for i in range(0, len(images), batch_size):
            part, truth = images[i : i + batch_size], labels[i : i + batch_size]
            hidden, probabilities = forward(parameters, part)
            slopes = backward(parameters, part, hidden, probabilities, truth)
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
    return parameters


trained = train(start, train_images, train_labels, 2, 128, 0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
