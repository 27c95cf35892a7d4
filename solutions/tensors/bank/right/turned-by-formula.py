"""The coordinates are turned one by one and put together again."""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)


def rotate(points, degrees):
    a = degrees * np.pi / 180
    x, y = points[:, 0], points[:, 1]
    return np.stack([x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)], axis=1)
