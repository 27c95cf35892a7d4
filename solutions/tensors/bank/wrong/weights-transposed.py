"""The weights are transposed, as in the formula for one column.

fails.q9 = "all"
"""

# %% q9
def dense(x, W, b):
    return np.maximum(W @ x.T + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
