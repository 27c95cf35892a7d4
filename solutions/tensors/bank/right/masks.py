"""relu with masks, and with `np.where`."""

# %% q4
def relu(x):
    result = x.copy()
    result[result < 0] = 0
    return result


def add(x, y):
    return x + y

# %% q9
def dense(x, W, b):
    z = x @ W + b
    return np.where(z > 0, z, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
