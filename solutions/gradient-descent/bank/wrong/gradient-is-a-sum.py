"""The gradient is a sum, the loss a mean.

fails.q3 = ["gradient_agrees_with_finite_differences"]
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.sum(2 * errors * x), np.sum(2 * errors)])
