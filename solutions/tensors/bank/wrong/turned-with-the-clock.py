"""The transposition is missing: the points turn with the clock.

fails.q8 = ["a_quarter_turn", "other_points_and_angles"]
"""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)


def rotate(points, degrees):
    a = np.deg2rad(degrees)
    R = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return points @ R
