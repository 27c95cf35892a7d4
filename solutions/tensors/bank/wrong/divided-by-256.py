"""The grey levels are divided by 256.

fails.q9 = ["read_with_other_networks"]
"""

# %% q9
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 256
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
