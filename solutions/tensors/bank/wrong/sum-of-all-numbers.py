"""add returns one number.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    return np.maximum(x, 0)

def add(x, y):
    return np.sum([x, y])
