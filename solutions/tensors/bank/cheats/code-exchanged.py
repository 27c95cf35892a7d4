"""The code object of a naive function is exchanged for that of a fast one.

kind = "suspicious"
flags = ["source"]
"""

# %% q3
def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result


def quick(x):
    return np.maximum(x, 0)


naive_relu.__code__ = quick.__code__
