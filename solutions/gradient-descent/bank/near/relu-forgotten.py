"""No relu in the hidden layer.

fails.q8 = [
    "hidden_is_not_negative_and_rows_add_up_to_1",
    "values_are_right",
    "large_sums_are_no_trouble",
]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = images @ W1 + b1
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return hidden, powers / powers.sum(axis=1, keepdims=True)
