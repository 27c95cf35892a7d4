"""The number of batches is taken for the number of the last one.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    return x[number * size : (number + 1) * size]

last_batch = batch(train_images, 469, 128)
