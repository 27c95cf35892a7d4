"""The vectorised functions call the naive ones.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    return naive_relu(x)


def add(x, y):
    return naive_add(x, y)
