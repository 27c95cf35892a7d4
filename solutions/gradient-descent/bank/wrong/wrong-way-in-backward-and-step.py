"""The slopes point the wrong way, and the step adds them: two wrongs make a network.

fails.q4 = "all"
fails.q9 = [
    "sure_and_right_needs_no_change",
    "second_layer_agrees_with_finite_differences",
    "first_layer_agrees_with_finite_differences",
]
"""

# %% q4
def step(w, g, rate):
    return w + rate * g

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = (labels - probabilities) / len(images)
    dZ1 = (dZ2 @ W2.T) * (hidden > 0)
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
