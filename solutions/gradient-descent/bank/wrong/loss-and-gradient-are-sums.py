"""The squares are added up, and the gradient is that of the sum: wrong once.

fails.q2 = ["errors_of_3_and_1_cost_5", "loss_of_other_lines"]
"""

# %% q2
def loss(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.sum(errors**2)

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.sum(2 * errors * x), np.sum(2 * errors)])

# %% q5
batch_gradients = np.array([gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 2000, 100)])
average_gradient = batch_gradients.mean(axis=0)
