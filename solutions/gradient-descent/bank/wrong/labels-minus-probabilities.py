"""All slopes point the wrong way, and the loss rises.

fails.q9 = [
    "sure_and_right_needs_no_change",
    "second_layer_agrees_with_finite_differences",
    "first_layer_agrees_with_finite_differences",
]
fails.q10 = [
    "trained_holds_the_four_arrays",
    "accuracy_is_at_least_90_percent",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (labels - probabilities) / len(images)
    dZ1 = (dZ2 @ W2.T) * (hidden > 0)
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
