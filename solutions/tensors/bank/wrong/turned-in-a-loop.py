"""Each point is turned in a loop.

fails.q1 = "all"
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
