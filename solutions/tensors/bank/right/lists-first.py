"""The arrays become lists before the loops begin."""

# %% q3
def naive_relu(x):
    rows = x.tolist()
    for row in rows:
        for j in range(len(row)):
            if row[j] < 0:
                row[j] = 0
    return np.array(rows).reshape(x.shape)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    rows, others = x.tolist(), y.tolist()
    result = []
    for i in range(len(rows)):
        result.append([])
        for j in range(len(rows[i])):
            result[i].append(rows[i][j] + others[i][j])
    return np.array(result).reshape(x.shape)
