"""Each batch lacks its last example.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    return x[number * size : (number + 1) * size - 1]

last_batch = batch(train_images, 468, 128)
