"""The slope is the mean of what both sides say."""

# %% q1
def derivative(f, x, h=1e-4):
    to_the_right = (f(x + h) - f(x)) / h
    to_the_left = (f(x) - f(x - h)) / h
    return (to_the_right + to_the_left) / 2
