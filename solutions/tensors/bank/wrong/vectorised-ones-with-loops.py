"""The vectorised functions have loops.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    return np.array([max(v, 0) for v in x.flatten()]).reshape(x.shape)


def add(x, y):
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        result[index] = x[index] + y[index]
    return result
