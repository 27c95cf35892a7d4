"""Half the mean square, and the gradient of that: wrong once.

fails.q2 = ["errors_of_3_and_1_cost_5", "loss_of_other_lines"]
"""

# %% q2
def loss(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.mean(errors**2) / 2

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.mean(errors * x), np.mean(errors)])
