"""`from numpy import *`, and its names as if they were Python's.

kind = "refuted"
fails.q3 = ["naive_functions_compute_in_loops"]
"""

# %% q3
from numpy import *


def naive_relu(x):
    result = zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] if x[i, j] > 0 else 0
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    for _ in x:
        pass
    return add_them(x, y)


def add_them(x, y):
    return multiply(x, 1) - multiply(y, -1)
