"""Batch 1 is the first one.

fails.q2 = [
    "batches_of_twelve_numbers",
    "the_last_batch_has_what_is_left",
    "batches_of_other_tensors",
]
"""

# %% q2
def batch(x, number, size):
    return x[(number - 1) * size : number * size]


last_batch = batch(train_images, 469, 128)
