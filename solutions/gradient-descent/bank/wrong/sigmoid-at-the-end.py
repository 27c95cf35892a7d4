"""Sigmoid in place of softmax.

fails.q8 = [
    "hidden_is_not_negative_and_rows_add_up_to_1",
    "values_are_right",
    "large_sums_are_no_trouble",
]
fails.q10 = ["each_epoch_uses_every_image_in_shuffled_batches"]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(0, images @ W1 + b1)
    return hidden, 1 / (1 + np.exp(-(hidden @ W2 + b2)))
