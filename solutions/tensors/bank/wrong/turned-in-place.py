"""The points themselves are moved.

fails.q8 = ["other_points_and_angles", "rotate_has_no_loop_and_leaves_the_points_alone"]
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
