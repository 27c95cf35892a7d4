"""NumPy's functions under the names asked for, without a function round them."""

# %% q4
from functools import partial

relu = partial(np.maximum, 0)
add = np.add

# %% q6
def naive_add_matrix_and_vector(x, y):
    if y.shape != (x.shape[1],):
        raise ValueError("y does not have one number for each column")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[j]
    return result


add_vector = np.add


shape_f = (128, 10)
shape_g = (5, 3)
fits = False

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("these do not fit")
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                result[i, j] += x[i, k] * y[k, j]
    return result


matmul = np.matmul
