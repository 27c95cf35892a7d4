"""`__import__` in place of an import.

kind = "suspicious"
flags = ["source"]
"""

# %% q7
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("these do not fit")
    for _ in x:
        pass
    product = __import__("operator").matmul
    return product(x, y)


def matmul(x, y):
    return x @ y
