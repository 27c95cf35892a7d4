"""The first layer keeps its random weights.

fails.q9 = ["first_layer_agrees_with_finite_differences"]
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    return [np.zeros_like(W1), np.zeros_like(b1), hidden.T @ dZ2, dZ2.sum(axis=0)]
