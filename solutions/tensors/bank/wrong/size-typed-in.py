"""The size of MNIST's batches stands in the function.

fails.q1 = "all"
"""

# %% q2
def batch(x, number, size):
    return x[number * 128 : (number + 1) * 128]

last_batch = batch(train_images, 468, 128)
