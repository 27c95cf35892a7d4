"""The largest sum of the whole batch is subtracted: other rows vanish.

fails.q8 = ["large_sums_are_no_trouble"]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(0, images @ W1 + b1)
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max())
    return hidden, powers / powers.sum(axis=1, keepdims=True)
