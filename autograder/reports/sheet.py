"""CSV files, written whole or not at all, that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path

from autograder.reports.files import whole

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write rows as CSV, or leave the old file. Returns the path.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    with whole(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([inert(_lines(cell)) for cell in row] for row in rows)
        stream.flush()
        os.fsync(stream.fileno())
    return path


def inert(cell: str) -> str:
    """A text such that no spreadsheet takes it for a formula; numbers stay as they are."""
    if cell.startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _lines(cell: str) -> str:
    """A text whose lines end alike: the csv module would write a single return unquoted."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
