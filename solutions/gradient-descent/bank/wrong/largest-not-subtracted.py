"""Softmax as in the formula: it overflows.

fails.q8 = ["large_sums_are_no_trouble"]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(0, images @ W1 + b1)
    powers = np.exp(hidden @ W2 + b2)
    return hidden, powers / powers.sum(axis=1, keepdims=True)
