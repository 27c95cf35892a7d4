"""The finite difference as a difference of two quotients."""

# %% q1
def derivative(f, x, h=1e-4):
    distance = 2 * h
    slope = f(x + h) / distance - f(x - h) / distance
    return slope
