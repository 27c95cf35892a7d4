"""The last batch of the other set.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    return x[number * size : (number + 1) * size]

last_batch = batch(test_images, 78, 128)
