"""A SyntaxError: a colon is missing, so neither function of question 3 is there to be measured.

fails.q3 = "all"
fails.q5 = "all"
"""

# %% q3
def naive_relu(x)
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result
