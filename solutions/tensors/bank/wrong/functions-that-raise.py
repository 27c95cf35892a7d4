"""naive_add and add raise an error whatever they get; measuring goes on all the same.

fails.q3 = [
    "naive_add_of_two_small_matrices",
    "naive_add_refuses_shapes_that_differ",
    "naive_add_of_other_matrices",
    "arguments_of_the_naive_functions_are_unchanged",
    "naive_functions_compute_in_loops",
]
fails.q4 = "all"
"""

# %% q3
def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


def naive_add(x, y):
    return x[i, j] + y[i, j]

# %% q4
def relu(x):
    return np.maximum(x, 0)


def add(x, y):
    return x + z
