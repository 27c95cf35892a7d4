"""The parameters have other names, so x and y are those of the notebook.

fails.q2 = ["a_perfect_line_costs_nothing", "errors_of_3_and_1_cost_5", "loss_of_other_lines"]
"""

# %% q2
def loss(w, xs, ys):
    errors = w[0] * x + w[1] - y
    return np.mean(errors**2)
