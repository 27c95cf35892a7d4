"""`eval` of a text that was put together, with a loop beside it.

kind = "suspicious"
flags = ["source"]
"""

# %% q3
def naive_relu(x):
    for _ in x:
        pass
    larger = eval("n" + "p.maximum")
    return larger(x, 0)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result
