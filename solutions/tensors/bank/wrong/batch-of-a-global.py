"""The function ignores its argument and takes train_images.

fails.q2 = [
    "batches_of_twelve_numbers",
    "the_last_batch_has_what_is_left",
    "batches_of_other_tensors",
]
"""

# %% q2
def batch(x, number, size):
    return train_images[number * size : (number + 1) * size]


last_batch = batch(train_images, 468, 128)
