"""add repeats y until it fits.

fails.q4 = ["relu_and_add_leave_arguments_alone_and_refuse_what_does_not_fit"]
"""

# %% q4
def relu(x):
    return np.maximum(x, 0)


def add(x, y):
    return x + np.resize(y, x.shape)
