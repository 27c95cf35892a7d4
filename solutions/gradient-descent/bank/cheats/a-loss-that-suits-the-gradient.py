"""The loss is made up so that its gradient is easy: the sum of the weights.

kind = "refuted"
fails.q2 = ["a_perfect_line_costs_nothing", "errors_of_3_and_1_cost_5", "loss_of_other_lines"]
fails.q3 = [
    "a_point_above_the_line_pulls_it_up",
    "gradient_agrees_with_finite_differences",
    "way_against_it_leads_down",
]
fails.q5 = [
    "there_are_20_gradients",
    "each_row_is_the_gradient_of_its_batch",
    "average_is_the_gradient_of_all_points",
]
"""

# %% q2
def loss(w, x, y):
    return w[0] + w[1]

# %% q3
def gradient(w, x, y):
    return np.ones(2)
