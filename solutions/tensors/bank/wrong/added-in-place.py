"""`x += y` changes the argument.

fails.q4 = [
    "relu_and_add_of_other_tensors",
    "relu_and_add_leave_arguments_alone_and_refuse_what_does_not_fit",
]
"""

# %% q4
def relu(x):
    return np.maximum(x, 0)


def add(x, y):
    x += y
    return x
