"""The true labels in place of what the network reads.

fails.q9 = ["predicted_digits_are_those_of_the_network"]
"""

# %% q9
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)


predicted_digits = test_labels
