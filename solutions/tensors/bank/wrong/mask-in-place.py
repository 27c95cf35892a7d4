"""relu sets the negative numbers of its argument to 0.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    x[x < 0] = 0
    return x

def add(x, y):
    return x + y
