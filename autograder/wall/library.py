"""Functions and classes of libraries that stand for themselves on both sides of the wall.

The judge imports it, and the kernel gets its text with the probe's: it imports nothing of ours.
"""

from __future__ import annotations

import importlib
import sys

LIBRARY: dict[str, str] = {
    "builtins": (
        "abs all any bool bytes chr complex dict divmod enumerate filter float format frozenset"
        " hash hex int isinstance len list map max min oct ord pow range repr reversed round set"
        " slice sorted str sum tuple zip object"
    ),
    "math": (
        "ceil comb cos cosh degrees dist erf exp fabs factorial floor fmod fsum gamma gcd hypot"
        " isclose isfinite isinf isnan isqrt lcm lgamma log log10 log1p log2 perm pow prod radians"
        " sin sinh sqrt tan tanh trunc acos asin atan atan2"
    ),
    "statistics": (
        "mean fmean geometric_mean harmonic_mean median median_low median_high mode multimode"
        " pstdev pvariance stdev variance quantiles"
    ),
    "operator": (
        "add sub mul truediv floordiv mod pow neg pos abs eq ne lt le gt ge and_ or_ xor not_"
        " contains getitem concat matmul"
    ),
    "numpy": (
        "mean median std var sum prod min max amin amax ptp argmin argmax sort argsort unique all"
        " any percentile quantile average cumsum cumprod diff round around dot count_nonzero clip"
        " nanmean nanmedian nanstd nanvar nansum nanmin nanmax array asarray zeros ones arange"
        " linspace where concatenate append flip transpose reshape ravel size shape ndarray"
    ),
    "collections": "Counter OrderedDict defaultdict deque",
    "datetime": "date datetime time timedelta timezone",
    "decimal": "Decimal",
    "fractions": "Fraction",
    "pandas": "DataFrame Index Series Timestamp Timedelta",
}  # fmt: skip
"""Functions and classes that stand for themselves on both sides: none reads or writes a file."""


def library_name(value: object) -> str | None:
    """Return the full name of a function or class of `LIBRARY` that this very object is."""
    name = getattr(value, "__name__", None) if callable(value) else None
    if type(name) is not str:
        return None
    for module in LIBRARY:
        if module in sys.modules and getattr(sys.modules[module], name, None) is value:
            return f"{module}.{name}" if _is_listed(module, name, value) else None
    return None


def library(full_name: str) -> object:
    """Return the function or class of this name. Raises ValueError where it is not listed."""
    module, _, name = full_name.rpartition(".")
    if module in LIBRARY:
        value = getattr(importlib.import_module(module), name, None)
        if value is not None and _is_listed(module, name, value):
            return value
    raise ValueError(f"`{full_name[:60]}` is not on the list of what is known by its name")


def _is_listed(module: str, name: str, value: object) -> bool:
    """Whether it is listed by its name, or is an exception, a ufunc or scalar type of NumPy."""
    if name in LIBRARY[module].split():
        return True
    if module == "numpy":
        numpy = sys.modules["numpy"]
        scalar = isinstance(value, type) and issubclass(value, numpy.generic)
        return scalar or type(value) is numpy.ufunc
    return module == "builtins" and isinstance(value, type) and issubclass(value, Exception)
