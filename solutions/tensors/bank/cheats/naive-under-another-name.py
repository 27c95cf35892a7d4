"""The vectorised functions are the naive ones under another name.

kind = "refuted"
fails.q4 = ["relu_and_add_of_other_tensors", "relu_and_add_have_no_loop"]
fails.q7 = ["product_has_no_loop"]
"""

# %% q4
relu = naive_relu
add = naive_add

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


matmul = naive_matmul
