"""The function returns an object that is equal to everything.

kind = "refuted"
flags = ["source"]
fails.q4 = "all"
"""

# %% q4
class Same:
    shape = (2, 3)

    def __eq__(self, other):
        return True

    def __array__(self, *_, **__):
        return np.zeros((2, 3))


def relu(x):
    return Same()


def add(x, y):
    return x + y
