"""Loss and gradient of the line with loops over the points."""

# %% q2
def loss(w, x, y):
    total = 0.0
    for x_i, y_i in zip(x, y):
        error = w[0] * x_i + w[1] - y_i
        total += error**2
    return total / len(x)

# %% q3
def gradient(w, x, y):
    slopes = np.zeros(2)
    for x_i, y_i in zip(x, y):
        error = w[0] * x_i + w[1] - y_i
        slopes += [2 * error * x_i, 2 * error]
    return slopes / len(x)
