"""A list of functions that add whole arrays.

kind = "refuted"
fails.q3 = ["naive_functions_compute_in_loops"]
"""

# %% q3
ways = [lambda a, b: a + b]


def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    for _ in x:
        pass
    return ways[0](x, y)
