"""relu cuts off above 1, too.

fails.q1 = "all"
"""

# %% q4
def relu(x):
    return np.clip(x, 0, 1)

def add(x, y):
    return x + y
