"""What does not fill a batch is dropped.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    full = len(x) // size
    return x[: full * size].reshape((full, size, *x.shape[1:]))[number]

last_batch = batch(train_images, 467, 128)
