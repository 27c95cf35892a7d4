"""The mean of the errors without their signs, and its gradient: wrong once.

fails.q2 = ["errors_of_3_and_1_cost_5", "loss_of_other_lines"]
"""

# %% q2
def loss(w, x, y):
    return np.mean(np.abs(w[0] * x + w[1] - y))

# %% q3
def gradient(w, x, y):
    signs = np.sign(w[0] * x + w[1] - y)
    return np.array([np.mean(signs * x), np.mean(signs)])
