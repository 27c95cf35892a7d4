"""The transposition of the reshaped images is forgotten, and the inner length kept.

fails.q8 = ["predictions_of_reshape_and_product"]
"""

# %% q8
shape_h = (60000, 784)
shape_i = (784, 784)


def rotate(points, degrees):
    a = np.deg2rad(degrees)
    R = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    return points @ R.T
