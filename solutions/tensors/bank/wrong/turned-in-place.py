"""The points themselves are moved.

fails.q1 = "all"
"""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)

def rotate(points, degrees):
    a = np.deg2rad(degrees)
    x = points[:, 0] * np.cos(a) - points[:, 1] * np.sin(a)
    y = points[:, 0] * np.sin(a) + points[:, 1] * np.cos(a)
    points[:, 0] = x
    points[:, 1] = y
    return points
