"""How NumPy prints its numbers: `np.True_` since version 2, `True` before; tests expect either.

A course says `both`, `1` or `2` (`numpy_printing` in its settings). With `both` an example that
fails is looked at once more as version 1 would have printed the same.
"""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from contextlib import contextmanager

BOTH = "both"

_NOTE = "passes as NumPy 1 prints: the test expects `{want}`, NumPy 2 prints `{got}`"
_SHOWN = 60
_BEFORE = r"(?<![\w.'\"])np\."
_QUOTED = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_AS_BEFORE = [
    (re.compile(_BEFORE + r"(True|False)_"), r"\1"),
    (re.compile(_BEFORE + r"(?:float|u?int)\d+\(([-+\w.]+)\)"), r"\1"),
    (re.compile(_BEFORE + r"complex\d+\(([-+\w.]+)\)"), r"(\1)"),
    (re.compile(_BEFORE + r"(?:longdouble|clongdouble)\('([-+\w.]+)'\)"), r"\1"),
    (re.compile(_BEFORE + rf"(?:str|bytes)_\((b?{_QUOTED})\)"), r"\1"),
    (re.compile(_BEFORE + r"(datetime64|timedelta64)\("), r"numpy.\1("),
]  # fmt: skip


@contextmanager
def numpy(way: str) -> Iterator[None]:
    """Have NumPy print in a way that a course can choose."""
    import numpy

    if way != "1" or numpy.__version__.startswith("1."):
        yield
        return
    with numpy.printoptions(legacy="1.25"):
        yield


def as_before(text: str) -> str:
    """Return what NumPy 1 would have printed in place of a text."""
    for pattern, replacement in _AS_BEFORE:
        text = pattern.sub(replacement, text)
    return text


class Checker(doctest.OutputChecker):
    """Compares what was printed with what a test expects, in both ways where it has `notes`."""

    def __init__(self, notes: list[str] | None) -> None:
        self._notes = notes

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Whether an example printed what it should have; says so where the older way decides."""
        if super().check_output(want, got, optionflags):
            return True
        before = as_before(got)
        if self._notes is None or not super().check_output(want, before, optionflags):
            return False
        self._notes.append(_NOTE.format(want=want.strip()[:_SHOWN], got=got.strip()[:_SHOWN]))
        return True
