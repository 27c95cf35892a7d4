"""Functions of one line as lambdas."""

# %% q4
relu = lambda x: np.maximum(x, 0)
add = lambda x, y: x + y

# %% q6
def naive_add_matrix_and_vector(x, y):
    if y.shape != (x.shape[1],):
        raise ValueError("y does not have one number for each column")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[j]
    return result


add_vector = lambda x, y: x + y


shape_f = (128, 10)
shape_g = (5, 3)
fits = False

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("these do not fit")
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            for k in range(x.shape[1]):
                result[i, j] += x[i, k] * y[k, j]
    return result


matmul = lambda a, b: a @ b

# %% q9
dense = lambda x, W, b: np.maximum(x @ W + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
