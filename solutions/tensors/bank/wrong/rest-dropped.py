"""What does not fill a batch is dropped.

fails.q2 = [
    "the_last_batch_has_what_is_left",
    "batches_of_other_tensors",
    "shape_of_the_last_batch",
    "last_batch_is_the_end_of_the_images",
]
"""

# %% q2
def batch(x, number, size):
    full = len(x) // size
    return x[: full * size].reshape((full, size, *x.shape[1:]))[number]


last_batch = batch(train_images, 467, 128)
