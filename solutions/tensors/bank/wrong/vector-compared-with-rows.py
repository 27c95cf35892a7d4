"""The vector is compared with the number of rows.

fails.q6 = [
    "naive_sum_of_a_matrix_and_a_vector",
    "naive_sum_refuses_a_vector_that_does_not_fit",
    "naive_sum_of_other_matrices_and_vectors",
    "naive_sum_computes_in_loops",
]
"""

# %% q6
def naive_add_matrix_and_vector(x, y):
    if y.shape != (x.shape[0],):
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
fits = False
