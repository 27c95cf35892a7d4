"""The naive function is made by another one, which is given NumPy's.

kind = "refuted"
fails.q3 = ["naive_functions_compute_in_loops"]
"""

# %% q3
def made(function):
    def inner(x, y):
        if x.shape != y.shape:
            raise ValueError("the shapes differ")
        for _ in x:
            pass
        return function(x, y)

    return inner


def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


naive_add = made(np.add)
