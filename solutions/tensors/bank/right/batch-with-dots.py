"""The other axes are mentioned, too, with three dots."""

# %% q2
def batch(x, number, size):
    return x[number * size : number * size + size, ...]


last_batch = train_images[-96:]
