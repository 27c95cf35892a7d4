"""Questions 3 and 4 were never filled in; what comes later is right.

fails.q3 = "all"
fails.q4 = "all"
"""

# %% q3
def naive_relu(x):
    ...


def naive_add(x, y):
    ...

# %% q4
def relu(x):
    ...


def add(x, y):
    ...
