"""Each point is turned in a loop.

fails.q8 = ["rotate_has_no_loop_and_leaves_the_points_alone"]
"""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)


def rotate(points, degrees):
    a = np.deg2rad(degrees)
    R = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    result = np.zeros(points.shape)
    for i in range(len(points)):
        result[i] = R @ points[i]
    return result
