"""The path is written into an array, without `step`."""

# %% q6
path = np.empty((41, 2))
path[0] = valley_start
velocity = np.zeros(2)
for k in range(40):
    velocity = 0.8 * velocity + valley_gradient(path[k])
    path[k + 1] = path[k] - 0.03 * velocity
