"""A loop that runs once round an expression of whole arrays.

kind = "refuted"
fails.q3 = ["naive_functions_compute_in_loops"]
"""

# %% q3
def naive_relu(x):
    for _ in range(1):
        return x * (x > 0)


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    for _ in range(1):
        return x + y
