"""The sizes of MNIST are typed in.

fails.q8 = "all"
fails.q10 = [
    "train_returns_new_arrays",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
]
"""

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = np.maximum(0, images.reshape(-1, 784) @ W1 + b1.reshape(128))
    sums = hidden @ W2 + b2.reshape(10)
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    return hidden, powers / powers.sum(axis=1, keepdims=True)
