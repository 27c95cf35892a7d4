"""A NameError when the loss is called.

fails.q2 = "all"
"""

# %% q2
def loss(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.mean(error**2)
