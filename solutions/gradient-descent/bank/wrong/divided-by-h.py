"""Divided by h in place of 2h.

fails.q1 = "all"
"""

# %% q1
def derivative(f, x, h=1e-4):
    slope = (f(x + h) - f(x - h)) / h
    return slope
