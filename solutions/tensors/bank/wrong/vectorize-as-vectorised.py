"""np.vectorize is taken for vectorised code.

fails.q4 = ["relu_and_add_have_no_loop"]
"""

# %% q4
relu = np.vectorize(lambda value: max(value, 0), otypes=[float])


def add(x, y):
    return x + y
