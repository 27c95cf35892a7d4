"""One square for each point in place of their mean.

fails.q2 = "all"
"""

# %% q2
def loss(w, x, y):
    errors = w[0] * x + w[1] - y
    return errors**2
