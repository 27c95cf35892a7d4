"""A parenthesis is missing: there is no loss at all.

fails.q2 = "all"
"""

# %% q2
def loss(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.mean(errors**2
