"""Shapes as lists in place of tuples."""

# %% q1
rank = 3
shape_a = [28, 28]
shape_b = [60000, 28]
shape_c = [90, 14, 14]
shape_d = [1]
dtype_e = "float64"

# %% q8
shape_h = [784, 60000]
shape_i = [128, 512]


def rotate(points, degrees):
    a = np.deg2rad(degrees)
    R = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return points @ R.T
