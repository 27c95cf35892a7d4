"""The function ignores its argument and takes train_images.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    return train_images[number * size : (number + 1) * size]

last_batch = batch(train_images, 468, 128)
