"""A vectorised function whose loop is text.

kind = "suspicious"
flags = ["source"]
"""

# %% q4
def relu(x):
    result = x.astype(float)
    exec("for v in np.nditer(result, op_flags=['readwrite'], flags=['zerosize_ok']): v[...] = max(v, 0)")
    return result


def add(x, y):
    return x + y
