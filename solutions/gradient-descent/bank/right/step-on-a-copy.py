"""The step is made within a copy."""

# %% q4
def step(w, g, rate):
    new_w = np.array(w, dtype=float)
    new_w -= rate * np.asarray(g)
    return new_w
