"""The points become columns, are turned and become rows again."""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)


def rotation(degrees):
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, -s], [s, c]])


def rotate(points, degrees):
    return (rotation(degrees) @ points.T).T
