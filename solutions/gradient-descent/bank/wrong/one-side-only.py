"""The slope is measured to the right only.

fails.q1 = ["default_is_precise", "h_is_used"]
"""

# %% q1
def derivative(f, x, h=1e-4):
    slope = (f(x + h) - f(x)) / h
    return slope
