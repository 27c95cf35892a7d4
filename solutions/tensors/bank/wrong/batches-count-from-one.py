"""Batch 1 is the first one.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    return x[(number - 1) * size : number * size]


last_batch = batch(train_images, 469, 128)
