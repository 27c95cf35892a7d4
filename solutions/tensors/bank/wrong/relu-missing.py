"""dense has no relu.

fails.q9 = [
    "a_small_dense_layer",
    "other_dense_layers",
    "read_with_other_networks",
    "predicted_digits_are_those_of_the_network",
]
"""

# %% q9
def dense(x, W, b):
    return x @ W + b


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = read(test_images, W1, b1, W2, b2)
