"""The result can hold whole numbers only.

fails.q7 = ["naive_product_of_other_matrices"]
"""

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("these do not fit")
    result = np.zeros((x.shape[0], y.shape[1]), dtype=int)
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                result[i, j] += x[i, k] * y[k, j]
    return result


def matmul(x, y):
    return x @ y
