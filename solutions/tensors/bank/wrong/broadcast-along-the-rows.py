"""Three rows and three numbers are thought to fit.

fails.q6 = ["predictions_of_broadcasting"]
"""

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


shape_f = (128, 10)
shape_g = (5, 3)
fits = True
