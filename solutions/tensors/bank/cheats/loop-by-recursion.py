"""relu calls itself for each half.

kind = "refuted"
fails.q4 = ["relu_and_add_have_no_loop"]
"""

# %% q4
def relu(x):
    flat = x.ravel()
    if flat.size < 2:
        return np.array([v if v > 0 else 0 for v in flat], dtype=float).reshape(x.shape)
    half = flat.size // 2
    return np.concatenate([relu(flat[:half]), relu(flat[half:])]).reshape(x.shape)


def add(x, y):
    return x + y
