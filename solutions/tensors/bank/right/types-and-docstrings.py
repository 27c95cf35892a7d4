"""Written as in a library: annotations, docstrings, early checks."""

# %% q3
def naive_relu(x: np.ndarray) -> np.ndarray:
    """Return max(x, 0), number by number."""
    result: np.ndarray = np.zeros(x.shape, dtype=x.dtype)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            value: float = x[i, j]
            result[i, j] = value if value >= 0 else 0
    return result


def naive_add(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return x + y, number by number."""
    if not (x.ndim == y.ndim == 2):
        raise TypeError("matrices only")
    if x.shape != y.shape:
        raise ValueError(f"shapes {x.shape} and {y.shape} differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result

# %% q2
def batch(x: np.ndarray, number: int, size: int) -> np.ndarray:
    """Return the batch of this number, from 0."""
    begin = number * size
    end = begin + size
    return x[begin:end]


last_batch = batch(train_images, number=len(train_images) // 128, size=128)
