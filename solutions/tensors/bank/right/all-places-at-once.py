"""One loop over all pairs of indices: `np.ndindex`, `itertools.product`."""

# %% q3
def naive_relu(x):
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] = max(0, x[index])
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i, j in np.ndindex(*x.shape):
        result[i, j] = x[i, j] + y[i, j]
    return result

# %% q6
import itertools


def naive_add_matrix_and_vector(x, y):
    rows, columns = x.shape
    if y.shape[0] != columns:
        raise ValueError("no fit")
    result = np.zeros((rows, columns))
    for i, j in itertools.product(range(rows), range(columns)):
        result[i, j] = x[i, j] + y[j]
    return result


def add_vector(x, y):
    return x + y


shape_f = (128, 10)
shape_g = (5, 3)
fits = False
