"""The slice is taken along the second axis of images.

fails.q2 = "all"
"""

# %% q2
def batch(x, number, size):
    return x[:, number * size : (number + 1) * size]


last_batch = batch(train_images, 468, 128)
