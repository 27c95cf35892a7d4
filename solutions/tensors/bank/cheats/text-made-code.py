"""The fast function is made of text by `exec`, inside one that has loops.

kind = "suspicious"
flags = ["source"]
"""

# %% q3
def naive_relu(x):
    names = {}
    for _ in range(1):
        exec("larger = lambda a: a * (a > 0)", names)
    larger = names["larger"]
    return larger(x)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result
