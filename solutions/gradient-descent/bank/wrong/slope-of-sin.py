"""The function that is given is ignored: it is always the slope of sin.

fails.q1 = [
    "slope_of_square_at_3_is_6",
    "slopes_of_other_functions",
    "default_is_precise",
    "h_is_used",
]
"""

# %% q1
def derivative(f, x, h=1e-4):
    slope = (np.sin(x + h) - np.sin(x - h)) / (2 * h)
    return slope
