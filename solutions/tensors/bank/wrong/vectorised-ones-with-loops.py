"""The vectorised functions have loops.

fails.q4 = [
    "relu_and_add_leave_arguments_alone_and_refuse_what_does_not_fit",
    "relu_and_add_have_no_loop",
]
"""

# %% q4
def relu(x):
    return np.array([max(v, 0) for v in x.flatten()]).reshape(x.shape)


def add(x, y):
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] = x[index] + y[index]
    return result
