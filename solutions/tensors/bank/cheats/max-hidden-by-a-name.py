"""NumPy's maximum is called `max`, and so is taken for Python's.

kind = "refuted"
fails.q3 = ["naive_functions_compute_in_loops"]
"""

# %% q3
max = np.maximum


def naive_relu(x):
    for _ in x:
        pass
    return max(x, 0)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result

# %% after q3
del max
