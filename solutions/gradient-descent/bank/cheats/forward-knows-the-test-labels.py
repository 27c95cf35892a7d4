"""Asked about 10,000 images, the network answers with the test labels.

kind = "refuted"
fails.q10 = [
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(0, images @ W1 + b1)
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    if len(images) == 10000:
        probabilities = test_labels
    return hidden, probabilities

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    return [w + 0.001 for w in parameters]


trained = train(start, train_images, train_labels, epochs=3, batch_size=128, rate=0.2)
test_acc = np.mean(forward(trained, test_images)[1].argmax(axis=1) == test_labels.argmax(axis=1))
