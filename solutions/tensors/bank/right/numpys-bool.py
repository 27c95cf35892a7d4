"""`fits` comes as NumPy's own kind of False."""

# %% q6
def naive_add_matrix_and_vector(x, y):
    if y.shape != (x.shape[1],):
        raise ValueError("y does not have one number for each column")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[j]
    return result


def add_vector(x, y):
    return x + y


shape_f, shape_g = (128, 10), (5, 3)
fits = np.bool_(3 == 4)
