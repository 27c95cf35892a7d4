"""The second coordinate is computed from the first one that was turned already.

fails.q8 = ["a_quarter_turn", "other_points_and_angles"]
"""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)


def rotate(points, degrees):
    a = np.deg2rad(degrees)
    result = points.astype(float)
    result[:, 0] = result[:, 0] * np.cos(a) - result[:, 1] * np.sin(a)
    result[:, 1] = result[:, 0] * np.sin(a) + result[:, 1] * np.cos(a)
    return result
