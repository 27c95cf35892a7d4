"""The loss is negative and so is its gradient: they agree with each other.

kind = "refuted"
fails.q2 = ["errors_of_3_and_1_cost_5", "loss_of_other_lines"]
fails.q3 = [
    "a_point_above_the_line_pulls_it_up",
    "gradient_agrees_with_finite_differences",
    "way_against_it_leads_down",
]
"""

# %% q2
def loss(w, x, y):
    return -np.mean((w[0] * x + w[1] - y) ** 2)

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return -np.array([np.mean(2 * errors * x), np.mean(2 * errors)])
