"""Changes a test's own values as a call of the student's changed them: in place."""

from __future__ import annotations

from typing import Any


def replaced(old: Any, new: Any) -> Any:
    """Make `old` equal to `new` and return it; return `new` where that cannot be.

    What lies within a list, dict or tuple stays the same object where it can.
    """
    if type(old) is not type(new):
        return new
    if type(old) is list:
        old[:] = [*map(replaced, old, new), *new[len(old) :]]
    elif isinstance(old, dict):
        items = {key: replaced(old[key], new[key]) if key in old else new[key] for key in new}
        old.clear()
        old.update(items)
    elif isinstance(old, set):
        old.intersection_update(new)
        old.update(new)
    elif type(old) is tuple:
        parts = tuple(map(replaced, old, new)) if len(old) == len(new) else new
        return old if all(a is b for a, b in zip(old, parts, strict=False)) else parts
    else:
        return _replaced_table(old, new)
    return old


def _replaced_table(old: Any, new: Any) -> Any:
    """The same for an array, a frame or anything else."""
    name = type(old).__name__
    if name == "ndarray" and (old.shape, old.dtype) == (new.shape, new.dtype):
        old[...] = new
    elif name in ("DataFrame", "Series"):
        old._update_inplace(new)
    elif name in ("deque", "bytearray"):
        old.clear()
        old.extend(new)
    else:
        return new
    return old
