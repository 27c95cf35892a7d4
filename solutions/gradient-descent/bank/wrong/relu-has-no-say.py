"""The slope is carried through relu as if it were not there.

fails.q9 = ["first_layer_agrees_with_finite_differences"]
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    dZ1 = dZ2 @ W2.T
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
