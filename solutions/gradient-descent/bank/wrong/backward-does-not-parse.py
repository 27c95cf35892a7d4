"""A colon is missing: there is no `backward`.

fails.q9 = "all"
fails.q10 = "all"
"""

# %% q9
def backward(parameters, images, hidden, probabilities, labels)
    W1, b1, W2, b2 = parameters
    dZ2 = (probabilities - labels) / len(images)
    dZ1 = (dZ2 @ W2.T) * (hidden > 0)
    return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]
