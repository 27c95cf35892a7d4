"""A list in brackets loses the shape of a matrix without rows.

fails.q3 = ["naive_relu_of_other_matrices"]
"""

# %% q3
def naive_relu(x):
    return np.array([[max(v, 0) for v in row] for row in x])


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result
