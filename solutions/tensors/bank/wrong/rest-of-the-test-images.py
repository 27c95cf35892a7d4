"""The last batch of the other set.

fails.q2 = ["last_batch_is_the_end_of_the_images"]
"""

# %% q2
def batch(x, number, size):
    return x[number * size : (number + 1) * size]


last_batch = batch(test_images, 78, 128)
