"""Annotations, docstrings and blank lines everywhere."""

# %% q1
from collections.abc import Callable


def derivative(f: Callable, x: float | np.ndarray, h: float = 1e-4) -> float | np.ndarray:
    """Return the slope of f at x.

    Looks at both sides of x, h away.
    """

    right: float = f(x + h)
    left: float = f(x - h)

    return (right - left) / (h + h)

# %% q4
def step(w: np.ndarray, g: np.ndarray, rate: float) -> np.ndarray:
    """Walk downhill: one step."""

    return w + (-rate) * g
