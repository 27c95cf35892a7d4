"""The inner length is taken from x and compared with nothing.

fails.q7 = ["naive_product_refuses_shapes_that_do_not_fit"]
"""

# %% q7
def naive_matmul(x, y):
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                result[i, j] += x[i, k] * y[k, j]
    return result


def matmul(x, y):
    return x @ y
