"""The mean of a product is taken for the product of means.

fails.q3 = ["gradient_agrees_with_finite_differences"]
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([2 * np.mean(errors) * np.mean(x), 2 * np.mean(errors)])
