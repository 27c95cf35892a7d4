"""The slope is rounded to three digits.

fails.q1 = ["default_is_precise", "h_is_used"]
"""

# %% q1
def derivative(f, x, h=1e-4):
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return np.round(slope, 3)
