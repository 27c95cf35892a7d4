"""relu cuts off above 1, too.

fails.q4 = ["relu_and_add_of_small_matrices", "relu_and_add_of_other_tensors"]
"""

# %% q4
def relu(x):
    return np.clip(x, 0, 1)


def add(x, y):
    return x + y
