"""w[0] is taken for the height and w[1] for the slope, in the loss alone.

fails.q2 = ["a_perfect_line_costs_nothing", "loss_of_other_lines"]
"""

# %% q2
def loss(w, x, y):
    errors = w[1] * x + w[0] - y
    return np.mean(errors**2)
