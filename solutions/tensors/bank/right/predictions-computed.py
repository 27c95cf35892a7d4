"""NumPy was asked for the shapes."""

# %% q1
rank = train_images.ndim
shape_a = train_images[7].shape
shape_b = train_images[:, 7].shape
shape_c = train_images[10:100, 14:, 14:].shape
shape_d = train_images[-1:, 0, 0].shape
dtype_e = str((train_images / 255).dtype)

# %% q6
def naive_add_matrix_and_vector(x, y):
    if y.shape != (x.shape[1],):
        raise ValueError("y does not have one number for each column")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[j]
    return result


def add_vector(x, y):
    return x + y


shape_f = (np.zeros((128, 10)) + np.zeros(10)).shape
shape_g = (np.zeros((5, 1)) + np.zeros((1, 3))).shape
try:
    np.zeros((3, 4)) + np.zeros(3)
    fits = True
except ValueError:
    fits = False
