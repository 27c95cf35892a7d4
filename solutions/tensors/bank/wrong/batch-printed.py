"""The batch is printed and not returned.

fails.q2 = "all"
"""

# %% q2
def batch(x, number, size):
    print(x[number * size : (number + 1) * size].shape)


last_batch = batch(train_images, 468, 128)
