"""Loops with `while` throughout."""

# %% q3
def naive_relu(x):
    result = np.zeros(x.shape)
    i = 0
    while i < x.shape[0]:
        j = 0
        while j < x.shape[1]:
            if x[i, j] > 0:
                result[i, j] = x[i, j]
            j += 1
        i += 1
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("no")
    result = np.zeros(x.shape)
    i = 0
    while i < x.shape[0]:
        j = 0
        while j < x.shape[1]:
            result[i, j] = x[i, j] + y[i, j]
            j += 1
        i += 1
    return result
