"""The parameter h is ignored.

fails.q1 = ["h_is_used"]
"""

# %% q1
def derivative(f, x, h=1e-4):
    d = 1e-4
    slope = (f(x + d) - f(x - d)) / (2 * d)
    return slope
