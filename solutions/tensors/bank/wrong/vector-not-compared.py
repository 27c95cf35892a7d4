"""The vector's length is not looked at.

fails.q6 = ["naive_sum_refuses_a_vector_that_does_not_fit"]
"""

# %% q6
def naive_add_matrix_and_vector(x, y):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[j]
    return result


def add_vector(x, y):
    return x + y


shape_f = (128, 10)
shape_g = (5, 3)
fits = False
