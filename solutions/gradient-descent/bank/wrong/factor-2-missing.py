"""The gradient is half of what it should be.

fails.q3 = ["gradient_agrees_with_finite_differences"]
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.mean(errors * x), np.mean(errors)])
