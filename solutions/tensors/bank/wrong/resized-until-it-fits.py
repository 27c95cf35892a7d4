"""add repeats y until it fits.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    return np.maximum(x, 0)

def add(x, y):
    return x + np.resize(y, x.shape)
