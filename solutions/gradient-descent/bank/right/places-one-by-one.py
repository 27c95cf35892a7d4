"""Arrays of places are worked through one by one."""

# %% q1
def derivative(f, x, h=1e-4):
    if np.ndim(x) > 0:
        return np.array([derivative(f, place, h) for place in x])
    return (f(x + h) - f(x - h)) / (2 * h)
