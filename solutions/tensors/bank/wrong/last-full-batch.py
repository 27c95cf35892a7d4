"""The last full batch, not the last one.

fails.q2 = ["shape_of_the_last_batch", "last_batch_is_the_end_of_the_images"]
"""

# %% q2
def batch(x, number, size):
    return x[number * size : (number + 1) * size]


last_batch = batch(train_images, 467, 128)
