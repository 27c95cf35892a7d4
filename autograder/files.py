"""Files written whole or not at all and their names, CSV without formulas, zips always the same."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import os
import re
import stat
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

MOST_SHOWN = 2_000
"""Characters of one text that a terminal shows."""
MOST_IN_A_CELL = 20_000
"""Characters in a cell of a CSV file; spreadsheets take 32,767."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TIME = (1980, 1, 1, 0, 0, 0)
"""Of every entry, so that two builds are the same."""
_SLUG_LENGTH = 80


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """Yield a stream whose text takes the place of `path` when all of it is written."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", newline="", encoding="utf-8", errors="replace") as stream:
            yield stream
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def regular(file: Path) -> io.BufferedReader:
    """Open a file, and only a file: a fifo, or a link to one, would be waited for without end."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(file))
    return os.fdopen(descriptor, "rb")


def in_a_file(content: bytes) -> IO[bytes]:
    """Return an open file without a name that has this content."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever takes it closes it
    file.write(content)
    file.seek(0)
    return file


def write_whole(path: Path, text: str) -> Path:
    """Write a text, or leave the old file. Returns the path."""
    with whole(path) as stream:
        stream.write(text)
    return path


def write_csv(path: Path, rows: Iterable[Iterable[str]]) -> Path:
    """Write rows as CSV, or leave the old file. Returns the path.

    Each text is one line in which nothing acts. One that a spreadsheet would take for a formula
    gets an apostrophe before it.
    """
    with whole(path) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([inert(escaped(cell, MOST_IN_A_CELL)) for cell in row] for row in rows)
        stream.flush()
        os.fsync(stream.fileno())
    return path


def inert(cell: str) -> str:
    """A text such that no spreadsheet takes it for a formula; numbers stay as they are."""
    if cell.startswith(_FORMULA) and not _is_number(cell):
        return f"'{cell}"
    return cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files by name, the same bytes for the same files; scripts can be executed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, TIME)
            script = name.endswith(".sh") or name == "run_autograder"
            entry.external_attr = (0o755 if script else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return content.getvalue()


def printable(text: str) -> str:
    """Replace what UTF-8 cannot write: a file's name need not be text."""
    return text.encode("utf-8", "replace").decode()


def escaped(text: str, most: int = MOST_SHOWN, *, lines: bool = False) -> str:
    """A text that anybody may have written, such that nothing in it acts on who looks at it.

    Characters that control a terminal, turn the direction or cannot be seen are written out; line
    breaks, too, unless `lines`. What is longer than `most` characters is cut, and says so. All text
    of a submission passes here on its way to a terminal, a log or a CSV file.
    """
    shown = "".join(
        each
        if each.isprintable() or (lines and each == "\n")
        else each.encode("unicode_escape").decode("ascii")
        for each in text[:most]
    )
    left_out = len(text) - most
    return f"{shown} … ({left_out} more characters)" if left_out > 0 else shown


def file_name(submission: str) -> str:
    """Return a name for the files of a submission: readable, short and of its own."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", submission).strip("-.")[:_SLUG_LENGTH]
    digest = hashlib.sha256(submission.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug or 'submission'}-{digest}"
