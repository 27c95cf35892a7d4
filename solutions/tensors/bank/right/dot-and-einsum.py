"""Products by `dot` and `einsum`."""

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("these do not fit")
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                result[i, j] += x[i, k] * y[k, j]
    return result


def matmul(x, y):
    return np.einsum("ik,kj->ij", x, y)

# %% q9
def dense(x, W, b):
    return np.maximum(np.dot(x, W) + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape(len(images), -1).astype("float32") / 255.0
    hidden = dense(x, W1, b1)
    return np.argmax(np.dot(hidden, W2) + b2, axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
