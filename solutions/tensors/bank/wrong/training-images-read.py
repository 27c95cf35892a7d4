"""The training images are read.

fails.q1 = "all"
"""

# %% q9
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)

def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    return (dense(x, W1, b1) @ W2 + b2).argmax(axis=1)

predicted_digits = read(train_images[:10000], W1, b1, W2, b2)
