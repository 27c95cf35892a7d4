"""relu as half the sum of x and its absolute value."""

# %% q4
def relu(x):
    return (x + np.abs(x)) / 2


def add(x, y):
    return x + y
