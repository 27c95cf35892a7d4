"""predicted_digits are those that came with the weights.

kind = "refuted"
fails.q9 = ["read_with_other_networks", "predicted_digits_are_those_of_the_network"]
"""

# %% q9
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 1
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = digits_of_predict.copy()
