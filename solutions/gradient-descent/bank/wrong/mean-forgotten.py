"""One column of slopes for each point.

fails.q3 = "all"
fails.q5 = "all"
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([2 * errors * x, 2 * errors])

# %% q5
batch_gradients = np.array([gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 2000, 100)])
average_gradient = batch_gradients.mean(axis=0)
