"""The vectorised functions call the naive ones.

fails.q4 = ["relu_and_add_of_other_tensors", "relu_and_add_have_no_loop"]
"""

# %% q4
def relu(x):
    return naive_relu(x)


def add(x, y):
    return naive_add(x, y)
