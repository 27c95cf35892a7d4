"""A turn is a product of complex numbers."""

# %% q8
shape_h = (784, 60000)
shape_i = (128, 512)


def rotate(points, degrees):
    z = (points[:, 0] + 1j * points[:, 1]) * np.exp(1j * np.deg2rad(degrees))
    return np.column_stack([z.real, z.imag])
