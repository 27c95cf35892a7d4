"""A function ends the process whenever it is called.

fails.q4 = "all"
"""

# %% q4
def relu(x):
    raise SystemExit


def add(x, y):
    return x + y
