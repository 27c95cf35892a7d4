"""w[0] is taken for the height and w[1] for the slope, in loss and gradient.

fails.q2 = ["a_perfect_line_costs_nothing", "loss_of_other_lines"]
fails.q3 = ["a_point_above_the_line_pulls_it_up"]
"""

# %% q2
def loss(w, x, y):
    errors = w[1] * x + w[0] - y
    return np.mean(errors**2)

# %% q3
def gradient(w, x, y):
    errors = w[1] * x + w[0] - y
    return np.array([np.mean(2 * errors), np.mean(2 * errors * x)])
