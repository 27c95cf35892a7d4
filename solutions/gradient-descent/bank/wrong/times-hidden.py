"""The slope at relu is multiplied by its value.

fails.q9 = ["first_layer_agrees_with_finite_differences"]
fails.q10 = ["each_epoch_uses_every_image_in_shuffled_batches"]
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    dZ1 = (dZ2 @ W2.T) * hidden
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
