"""Names are imported from NumPy one by one; NumPy has its long name elsewhere."""

# %% q4
from numpy import maximum


def relu(x):
    return maximum(x, 0)


def add(x, y):
    return x + y

# %% q7
import numpy
from numpy import zeros


def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("no")
    result = zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(y.shape[0]):
                result[i, j] += x[i, k] * y[k, j]
    return result


def matmul(x, y):
    return numpy.matmul(x, y)
