"""read ignores its weights and takes those of the notebook.

fails.q9 = ["read_with_other_networks", "the_network_has_no_loop"]
"""

# %% q9
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)


weights = W1, b1, W2, b2


def read(images, *_):
    A, a, B, b = weights
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, A, a) @ B + b).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
