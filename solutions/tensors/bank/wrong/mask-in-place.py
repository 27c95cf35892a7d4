"""relu sets the negative numbers of its argument to 0.

fails.q4 = ["relu_and_add_leave_arguments_alone_and_refuse_what_does_not_fit"]
"""

# %% q4
def relu(x):
    x[x < 0] = 0
    return x


def add(x, y):
    return x + y
