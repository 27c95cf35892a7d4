"""`x += y` changes the argument.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    return np.maximum(x, 0)

def add(x, y):
    x += y
    return x
