"""The element-wise product.

fails.q7 = "all"
"""

# %% q7
def naive_matmul(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] * y[i, j]
    return result


def matmul(x, y):
    return x * y
