"""Results are kept by the number of points: the second call with as many gets the first one's answer.

kind = "refuted"
fails.q3 = ["gradient_agrees_with_finite_differences", "way_against_it_leads_down"]
fails.q5 = [
    "there_are_20_gradients",
    "each_row_is_the_gradient_of_its_batch",
    "average_is_the_gradient_of_all_points",
]
"""

# %% q3
kept = {}


def gradient(w, x, y):
    if len(x) not in kept:
        errors = w[0] * x + w[1] - y
        kept[len(x)] = np.array([np.mean(2 * errors * x), np.mean(2 * errors)])
    return kept[len(x)]
