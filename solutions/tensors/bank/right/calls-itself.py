"""The sum of the products by a function that calls itself."""

# %% q7
def products(x, y, i, j, k):
    if k == x.shape[1]:
        return 0
    return x[i, k] * y[k, j] + products(x, y, i, j, k + 1)


def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("no fit")
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            result[i, j] = products(x, y, i, j, 0)
    return result


def matmul(x, y):
    return x @ y
