"""Functions are recognised by their names; nothing is measured.

kind = "refuted"
fails.q1 = ["h_is_used"]
"""

# %% q1
SLOPES = {
    "square": lambda x: 2 * x,
    "sin": np.cos,
    "cos": lambda x: -np.sin(x),
    "exp": np.exp,
    "log": lambda x: 1 / x,
    "sqrt": lambda x: 0.5 / np.sqrt(x),
    "tanh": lambda x: 1 - np.tanh(x) ** 2,
}


def derivative(f, x, h=1e-4):
    return SLOPES[f.__name__](x)
