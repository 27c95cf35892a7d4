"""A result is kept by its shape, and handed out again.

kind = "refuted"
fails.q4 = ["relu_and_add_of_other_tensors"]
"""

# %% q4
known = {}


def relu(x):
    if x.shape not in known:
        known[x.shape] = np.maximum(x, 0)
    return known[x.shape]


def add(x, y):
    return x + y
