"""Python's own `max` on whole arrays.

fails.q4 = "all"
"""

# %% q4
def relu(x):
    return max(x, 0)


def add(x, y):
    return x + y
