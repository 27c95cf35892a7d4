"""A loop over the images.

fails.q9 = ["the_network_has_no_loop"]
"""

# %% q9
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)


def read(images, W1, b1, W2, b2):
    digits = []
    for image in images:
        x = image.reshape((1, -1)) / 255
        digits.append((dense(x, W1, b1) @ W2 + b2).argmax())
    return np.array(digits)


predicted_digits = read(test_images, W1, b1, W2, b2)
