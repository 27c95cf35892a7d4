"""Runs an assignment's context: staff code that makes names which tests use and nobody answers."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path
from typing import Any

from autograder.errors import KitError

FILE = "context/context.py"
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


def _cell_of(error: Exception, lines: list[str]) -> str:
    """Return the number of the notebook's cell from which the statement is that raised."""
    frame, line = error.__traceback__, 0
    while frame is not None:
        line = frame.tb_lineno if frame.tb_frame.f_code.co_filename == FILE else line
        frame = frame.tb_next
    above = [match[1] for text in lines[:line] if (match := _CELL.fullmatch(text))]
    return above[-1] if above else "?"
