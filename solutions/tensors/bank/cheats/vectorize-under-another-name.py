"""np.vectorize is imported under a name that sounds fast.

kind = "refuted"
fails.q4 = ["relu_and_add_have_no_loop"]
"""

# %% q4
from numpy import vectorize as fast


def relu(x):
    return fast(lambda v: max(v, 0), otypes=[float])(x)


def add(x, y):
    return x + y
