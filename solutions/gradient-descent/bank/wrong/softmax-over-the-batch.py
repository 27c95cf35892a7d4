"""Softmax over each column.

fails.q8 = [
    "hidden_is_not_negative_and_rows_add_up_to_1",
    "values_are_right",
    "large_sums_are_no_trouble",
]
fails.q10 = [
    "trained_holds_the_four_arrays",
    "accuracy_is_at_least_90_percent",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(0, images @ W1 + b1)
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max(axis=0, keepdims=True))
    return hidden, powers / powers.sum(axis=0, keepdims=True)
