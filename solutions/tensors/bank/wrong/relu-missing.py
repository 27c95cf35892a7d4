"""dense has no relu.

fails.q1 = "all"
"""

# %% q9
def dense(x, W, b):
    return x @ W + b

def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)

predicted_digits = read(test_images, W1, b1, W2, b2)
