"""NumPy multiplies each row with each column, and `sum` adds up.

fails.q7 = ["naive_product_computes_in_loops"]
"""

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("no fit")
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            result[i, j] = sum(x[i] * y[:, j])
    return result


def matmul(x, y):
    return x @ y
