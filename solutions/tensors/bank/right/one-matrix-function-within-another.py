"""The matrix and the vector: row by row, each through a function for vectors."""

# %% q6
def naive_add_vectors(a, b):
    if len(a) != len(b):
        raise ValueError("not of the same length")
    result = np.zeros(len(a))
    for j in range(len(a)):
        result[j] = a[j] + b[j]
    return result


def naive_add_matrix_and_vector(x, y):
    if x.shape[1] != len(y):
        raise ValueError("not of the same length")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        result[i] = naive_add_vectors(x[i], y)
    return result


def add_vector(x, y):
    return x + y


shape_f = (128, 10)
shape_g = (5, 3)
fits = False
