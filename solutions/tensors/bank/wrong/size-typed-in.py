"""The size of MNIST's batches stands in the function.

fails.q2 = [
    "batches_of_twelve_numbers",
    "the_last_batch_has_what_is_left",
    "batches_of_other_tensors",
]
"""

# %% q2
def batch(x, number, size):
    return x[number * 128 : (number + 1) * 128]


last_batch = batch(train_images, 468, 128)
