"""The vectorised functions loop by `map`, in a helper.

kind = "refuted"
fails.q4 = ["relu_and_add_have_no_loop"]
"""

# %% q4
def each(function, *arrays):
    flat = [array.ravel() for array in arrays]
    return np.array(list(map(function, *flat)), dtype=float).reshape(arrays[0].shape)


def relu(x):
    return each(lambda v: max(v, 0), x)


def add(x, y):
    if x.shape != y.shape:
        raise ValueError("no")
    return each(lambda a, b: a + b, x, y)
