"""add returns one number.

fails.q4 = ["relu_and_add_of_small_matrices", "relu_and_add_of_other_tensors"]
"""

# %% q4
def relu(x):
    return np.maximum(x, 0)


def add(x, y):
    return np.sum([x, y])
