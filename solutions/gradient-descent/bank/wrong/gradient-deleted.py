"""`gradient` is deleted before its check.

fails.q3 = "all"
fails.q5 = "all"
"""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.mean(2 * errors * x), np.mean(2 * errors)])


del gradient
