"""relu as x times whether x is positive; sums by np.add."""

# %% q4
def relu(x):
    return x * (x > 0)


def add(x, y):
    return np.add(x, y)

# %% q9
def dense(x, W, b):
    z = x.dot(W) + b
    return z * (z > 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
