"""The step is written for two weights.

fails.q4 = ["steps_of_all_shapes"]
fails.q10 = "all"
"""

# %% q4
def step(w, g, rate):
    if np.ndim(w) == 0:
        return w - rate * g
    return np.array([w[0] - rate * g[0], w[1] - rate * g[1]])
