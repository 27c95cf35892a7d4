"""A slice object, and where the batch would end by `min`."""

# %% q2
def batch(x, number, size):
    start = size * number
    return x[slice(start, min(start + size, len(x)))]


last_batch = train_images[59904:]
