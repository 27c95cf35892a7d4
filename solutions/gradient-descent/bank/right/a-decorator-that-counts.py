"""A decorator of the student's own counts the calls."""

# %% before q1
import functools

calls = {}


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        calls[function.__name__] = calls.get(function.__name__, 0) + 1
        return function(*args, **kwargs)

    return wrapper

# %% q1
@counted
def derivative(f, x, h=1e-4):
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return slope

# %% q4
@counted
def step(w, g, rate):
    return w - rate * g
