"""The hidden layer has tanh, forward and backward: wrong in forward, and what it trains is another network.

fails.q8 = [
    "hidden_is_not_negative_and_rows_add_up_to_1",
    "values_are_right",
    "large_sums_are_no_trouble",
]
fails.q10 = [
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.tanh(images @ W1 + b1)
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return hidden, powers / powers.sum(axis=1, keepdims=True)

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    dZ1 = (dZ2 @ W2.T) * (1 - hidden**2)
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
