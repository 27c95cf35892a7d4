"""np.vectorize is taken for vectorised code.

fails.q1 = "all"
"""

# %% q4
relu = np.vectorize(lambda value: max(value, 0), otypes=[float])

def add(x, y):
    return x + y
