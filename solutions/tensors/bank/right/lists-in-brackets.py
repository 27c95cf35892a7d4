"""The loops of question 3 stand in brackets; the result is shaped afterwards."""

# %% q3
def naive_relu(x):
    return np.array([[max(value, 0) for value in row] for row in x]).reshape(x.shape)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError(f"{x.shape} is not {y.shape}")
    sums = [[a + b for a, b in zip(row, other)] for row, other in zip(x, y)]
    return np.array(sums).reshape(x.shape)
