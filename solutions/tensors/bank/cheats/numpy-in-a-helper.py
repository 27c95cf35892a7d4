"""The loops only look like it: a helper called `step` does it all by NumPy.

kind = "refuted"
fails.q3 = ["naive_functions_compute_in_loops"]
"""

# %% q3
def step(values):
    return np.maximum(values, 0)


def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j]
    return step(result)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result
