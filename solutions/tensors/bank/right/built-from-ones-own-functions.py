"""The network is put together from the student's own relu, matmul and add_vector."""

# %% q9
def dense(x, W, b):
    return relu(add_vector(matmul(x, W), b))


def read(images, W1, b1, W2, b2):
    x = images.reshape((images.shape[0], images.shape[1] * images.shape[2])) / 255
    hidden = dense(x, W1, b1)
    scores = add_vector(matmul(hidden, W2), b2)
    return np.argmax(scores, axis=-1)


predicted_digits = read(test_images, W1, b1, W2, b2)
