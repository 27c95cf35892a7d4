"""x is missing in the first slope.

fails.q3 = ["gradient_agrees_with_finite_differences", "way_against_it_leads_down"]
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.mean(2 * errors), np.mean(2 * errors)])
