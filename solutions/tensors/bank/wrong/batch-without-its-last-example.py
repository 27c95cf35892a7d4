"""Each batch lacks its last example.

fails.q2 = ["batches_of_twelve_numbers", "batches_of_other_tensors"]
"""

# %% q2
def batch(x, number, size):
    return x[number * size : (number + 1) * size - 1]


last_batch = batch(train_images, 468, 128)
