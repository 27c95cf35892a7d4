"""The sum over k stands in brackets within `sum`."""

# %% q7
def naive_matmul(x, y):
    (rows, inner), (other, columns) = x.shape, y.shape
    if inner != other:
        raise ValueError(f"{inner} is not {other}")
    z = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            z[i, j] = sum(x[i, k] * y[k, j] for k in range(inner))
    return z


def matmul(x, y):
    return x @ y
