"""Softmax by way of the logarithm of the sum."""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = (images @ W1 + b1).clip(0)
    sums = hidden @ W2 + b2
    sums = sums - sums.max(axis=1)[:, None]
    logarithms = sums - np.log(np.exp(sums).sum(axis=1))[:, None]
    return hidden, np.exp(logarithms)
