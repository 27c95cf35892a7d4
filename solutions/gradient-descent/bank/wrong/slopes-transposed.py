"""The matrices' slopes are transposed.

fails.q9 = [
    "slopes_have_the_shapes_of_the_parameters",
    "second_layer_agrees_with_finite_differences",
    "first_layer_agrees_with_finite_differences",
]
fails.q10 = "all"
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    dZ1 = (dZ2 @ W2.T) * (hidden > 0)
    return [dZ1.T @ images, dZ1.sum(axis=0), dZ2.T @ hidden, dZ2.sum(axis=0)]
