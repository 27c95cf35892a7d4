"""Shapes and sums are right, the images are not looked at.

kind = "refuted"
fails.q8 = ["values_are_right", "large_sums_are_no_trouble"]
fails.q9 = [
    "second_layer_agrees_with_finite_differences",
    "first_layer_agrees_with_finite_differences",
]
fails.q10 = [
    "train_returns_new_arrays",
    "accuracy_is_at_least_90_percent",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.zeros((len(images), len(b1)))
    return hidden, np.full((len(images), len(b2)), 1 / len(b2))

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    db2 = (probabilities - labels).mean(axis=0)
    return [np.zeros(np.shape(parameters[0])), np.zeros(np.shape(parameters[1])), np.zeros(np.shape(parameters[2])), db2]
