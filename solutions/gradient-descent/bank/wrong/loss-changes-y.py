"""The errors are computed within y.

fails.q2 = ["loss_of_other_lines", "arguments_stay_as_they_are"]
"""

# %% q2
def loss(w, x, y):
    y -= w[0] * x + w[1]
    return np.mean(y**2)
