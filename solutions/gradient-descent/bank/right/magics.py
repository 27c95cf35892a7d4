"""Cells are timed."""

# %% q1
# %%time
def derivative(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)

# %% q4
def step(w, g, rate):
    return w - rate * g


# %timeit -n 10 -r 1 step(1.0, 2.0, 0.1)
