"""matmul has a loop over the rows.

fails.q7 = ["product_has_no_loop"]
"""

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
    return np.array([row @ y for row in x]).reshape((x.shape[0], y.shape[1]))
