"""`/ 2 * h` without parentheses.

fails.q1 = "all"
"""

# %% q1
def derivative(f, x, h=1e-4):
    slope = (f(x + h) - f(x - h)) / 2 * h
    return slope
