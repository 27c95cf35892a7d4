"""Results are kept by the weights, whatever the points.

kind = "refuted"
fails.q2 = ["loss_of_other_lines"]
"""

# %% q2
kept = {}


def loss(w, x, y):
    key = round(float(w[0]), 0), len(x)
    if key not in kept:
        kept[key] = float(np.mean((w[0] * x + w[1] - y) ** 2))
    return kept[key]
