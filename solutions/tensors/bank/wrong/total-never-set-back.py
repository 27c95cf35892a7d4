"""The sum goes on from entry to entry.

fails.q7 = ["naive_product_of_small_matrices", "naive_product_of_other_matrices"]
"""

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("no fit")
    result = np.zeros((x.shape[0], y.shape[1]))
    total = 0
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                total += x[i, k] * y[k, j]
            result[i, j] = total
    return result


def matmul(x, y):
    return x @ y
