"""The gradient is made a vector of length 1 first.

fails.q4 = "all"
"""

# %% q4
def step(w, g, rate):
    return w - rate * g / np.linalg.norm(g)
