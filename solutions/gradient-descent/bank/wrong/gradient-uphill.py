"""Errors are truth minus prediction in the gradient.

fails.q3 = [
    "a_point_above_the_line_pulls_it_up",
    "gradient_agrees_with_finite_differences",
    "way_against_it_leads_down",
]
"""

# %% q3
def gradient(w, x, y):
    errors = y - (w[0] * x + w[1])
    return np.array([np.mean(2 * errors * x), np.mean(2 * errors)])
