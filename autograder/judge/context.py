"""Runs an assignment's context: staff code that makes names which tests use and nobody answers."""

from __future__ import annotations

import contextlib
import copy
import os
import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.errors import KitError

FILE = "context/context.py"
BEFORE = "context/before.py"
_CELL = re.compile(r"# cell (\d+)")


def load(staff: Path) -> dict[str, Any]:
    """Run the context of an assignment, among its files; return the names that it makes.

    Raises KitError, with the notebook's cell, where that fails.
    """
    path = staff / FILE
    if not path.is_file():
        return {}
    source = path.read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "__main__"}
    os.environ["MPLBACKEND"] = "agg"
    try:
        with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
            exec(compile(source, FILE, "exec"), names)  # noqa: S102 - the staff's own code
    except Exception as error:
        cell = _cell_of(error, source.splitlines())
        raise KitError(
            f"what tests need of the solution's cell {cell} cannot run in the judge: "
            f"{type(error).__name__}: {error}"
        ) from error
    del names["__builtins__"]
    return names


def copied(names: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names for one question: what a student's call changes of them is changed there.

    Of what cannot be copied, and of functions, classes and modules, there is the one.
    """
    memo: dict[int, Any] = {}
    copies = dict(names)
    for name, value in names.items():
        with contextlib.suppress(Exception):
            copies[name] = copy.deepcopy(value, memo)
    return copies


def before_cells(staff: Path) -> str:
    """Return the code that runs before each cell of a notebook, as Otter seeds; may be empty."""
    path = staff / BEFORE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def as_before_a_cell(code: str) -> dict[str, Any]:
    """Run that code; return the names that it makes: it seeds, or makes the seed's variable."""
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - the staff's own code
    del names["__builtins__"]
    return names


def _cell_of(error: Exception, lines: list[str]) -> str:
    """Return the number of the notebook's cell from which the statement is that raised."""
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno or 0 for frame in frames if frame.filename == FILE), 0)
    above = [match[1] for text in lines[:line] if (match := _CELL.fullmatch(text))]
    return above[-1] if above else "?"
