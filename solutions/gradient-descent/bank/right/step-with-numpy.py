"""The step with np.subtract and np.multiply."""

# %% q4
def step(w, g, rate):
    return np.subtract(w, np.multiply(rate, g))
