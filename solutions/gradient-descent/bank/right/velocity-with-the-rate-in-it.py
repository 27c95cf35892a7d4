"""The rate and the minus sign are in the velocity already."""

# %% q6
w, v = valley_start.copy(), 0
path = [w]
while len(path) < 41:
    v = 0.8 * v - 0.03 * valley_gradient(w)
    w = w + v
    path.append(w)
path = np.array(path)
