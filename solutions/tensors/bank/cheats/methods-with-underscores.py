"""The operators' own methods, by their names.

kind = "suspicious"
flags = ["source"]
"""

# %% q3
def naive_relu(x):
    for _ in x:
        pass
    return x.__mul__(x.__gt__(0))


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result
