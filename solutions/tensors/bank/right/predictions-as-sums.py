"""Shapes are typed in as small sums: 100 - 10, 28 - 14."""

# %% q1
rank = len((60000, 28, 28))
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (100 - 10, 28 - 14, 28 - 14)
shape_d = (1,)
dtype_e = "float" + "64"

# %% q8
shape_h = (28 * 28, 60000)
shape_i = (128, 512)


def rotate(points, degrees):
    a = np.deg2rad(degrees)
    R = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return points @ R.T
