"""A loop over rows that adds the whole vector.

fails.q6 = ["naive_sum_computes_in_loops"]
"""

# %% q6
def naive_add_matrix_and_vector(x, y):
    if len(y) != x.shape[1]:
        raise ValueError("no")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        result[i] = x[i] + y
    return result


def add_vector(x, y):
    return x + y


shape_f = (128, 10)
shape_g = (5, 3)
fits = False
