"""First attempts that did not work stand above the ones that do."""

# %% q3
def naive_relu(x):
    return np.maximum(x, 0)  # ah, with loops


def naive_add(x, y):
    return x + y


def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result

# %% q4
def relu(x):
    return [max(v, 0) for v in x]


def relu(x):
    return np.maximum(x, 0)


def add(x, y):
    return x + y
