"""The gradient takes the step itself, within w.

fails.q3 = ["gradient_agrees_with_finite_differences"]
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    slopes = np.array([np.mean(2 * errors * x), np.mean(2 * errors)])
    w -= 0.1 * slopes
    return slopes
