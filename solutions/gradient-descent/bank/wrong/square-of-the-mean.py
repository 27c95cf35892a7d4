"""The mean is taken before the square.

fails.q2 = ["errors_of_3_and_1_cost_5", "loss_of_other_lines"]
"""

# %% q2
def loss(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.mean(errors) ** 2
