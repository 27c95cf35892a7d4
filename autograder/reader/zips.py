"""Looks into a zip that a student handed in, and into zips within it. Never runs in a command's own
process: `zip_worker` and `worker` do this behind the wall.

Nothing is ever unpacked to a path that a zip names. A zip within a zip is copied into memory,
because only so can it be read from any place. What is listed, read or copied to find a submission
is charged to that submission's `Budget`.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from autograder.errors import KitError, SubmissionError
from autograder.reader import budget as limits
from autograder.reader.budget import Budget, OverBudget, Start, start_of
from autograder.reader.strip_outputs import without_outputs
from autograder.records import Problem

CHUNK = 1 << 20
MAX_COPY = 128 << 20
"""A zip in a zip."""
MAX_DIRECTORY = 16 << 20
"""What a zip says of its entries, in bytes; it is held in memory, and 100,000 entries have less."""
MAX_INNER_DIRECTORY = 2 << 20
"""The same of a zip that is in a zip."""
MAX_KEPT = 3 << 20
"""What may remain of a notebook without its outputs; it is held in memory."""
WHOLE_BYTES = 1 << 20
"""Up to here a notebook is read as it is, outputs included."""
_COPIES = 3
"""How many zips in zips are kept: one in each other, as deep as anybody looks."""

Inner = tuple[int, ...]
"""Which entry of a zip, and so on inwards; empty for the file itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that a zip says it has."""

    index: int
    name: str
    encrypted: bool
    link: bool


class Zip:
    """A file that was handed in: a zip, or a notebook of which only the content is asked."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._archives: dict[Inner, zipfile.ZipFile] = {}
        """Those in use, the latest last; none is copied anew for each of its files."""

    def entries(self, inner: Inner, budget: Budget | None) -> list[Entry]:
        """List the files of a zip. Raises SubmissionError where it cannot be opened.

        Without a budget for a class' zip, which may hold any number of submissions.
        """
        try:
            infos = self._archive(inner, budget).infolist()
        except (SubmissionError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a damaged zip provokes in zipfile
            raise SubmissionError(
                Problem("zip damaged", {"error": short(error)}, "upload cut short")
            ) from None
        if budget is not None:
            budget.charge(entries=len(infos))
        return [
            Entry(index, e.filename, bool(e.flag_bits & 1), stat.S_ISLNK(e.external_attr >> 16))
            for index, e in enumerate(infos)
            if not e.is_dir()
        ]

    def start(self, inner: Inner, count: int, budget: Budget | None) -> Start | None:
        """Look at the first bytes of a content; None where it cannot be read.

        Raises OverBudget.
        """
        if budget is not None:
            budget.charge(count)
        try:
            with self._open(inner, limits.MAX_BYTES, budget) as stream:
                return start_of(stream.read(count))
        except (OverBudget, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - whoever reads it whole will say why
            return None

    def hashed(self, inner: Inner, most: int, budget: Budget | None) -> tuple[str, int]:
        """Return a content's hash and size, without holding it. Raises SubmissionError."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._open(inner, most, budget) as stream:
                for chunk in _chunks(stream, most, budget, _too_large(most)):
                    digest.update(chunk)
                    size += len(chunk)
        except (SubmissionError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a damaged zip provokes in zipfile
            raise SubmissionError(_unreadable(error)) from None
        return digest.hexdigest(), size

    def content(self, inner: Inner, sha256: str, size: int) -> bytes:
        """Read what was hashed; of a large notebook, without its outputs.

        Raises KitError where it is not what it was, and SubmissionError where too much remains.
        """
        digest, kept, held = hashlib.sha256(), [], 0

        def chunks(stream: IO[bytes]) -> Iterator[bytes]:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                yield chunk

        try:
            with self._open(inner, size, None) as stream:
                whole = chunks(stream)
                for part in whole if size <= WHOLE_BYTES else without_outputs(whole):
                    kept.append(part)
                    held += len(part)
                    if held > MAX_KEPT:
                        found = {"megabytes": MAX_KEPT >> 20}
                        raise SubmissionError(
                            Problem("too large without outputs", found, "without data")
                        )
        except (SubmissionError, MemoryError):
            raise
        except Exception as error:
            raise KitError(f"it changed while it was graded ({error}); grade it again") from error
        if digest.hexdigest() != sha256:
            raise KitError("it changed while it was graded; grade it again")
        return b"".join(kept)

    @contextmanager
    def _open(
        self, inner: Inner, most: int, budget: Budget | None, too_large: Problem | None = None
    ) -> Iterator[IO[bytes]]:
        """Open a content. Raises whatever a damaged zip provokes.

        Raises SubmissionError where an entry is larger than `most`, as its zip says: more is never
        unzipped of it. Copies of zips on the way to it are charged to the budget.
        """
        if not inner:
            self._stream.seek(0)
            yield self._stream
            return
        archive = self._archive(inner[:-1], budget)
        entry = archive.infolist()[inner[-1]]
        if entry.file_size > most:
            raise SubmissionError(too_large or _too_large(most))
        with archive.open(entry) as stream:
            yield stream

    def _archive(self, inner: Inner, budget: Budget | None) -> zipfile.ZipFile:
        """Open the file itself or an entry of it as a zip, and keep the last ones."""
        if inner in self._archives:
            archive = self._archives.pop(inner)
        elif inner:
            copy = self._copy(inner, budget)
            archive = zipfile.ZipFile(_Measured(copy, MAX_INNER_DIRECTORY))
        else:
            archive = zipfile.ZipFile(_Measured(self._stream, MAX_DIRECTORY))
        self._archives[inner] = archive
        for oldest in [kept for kept in self._archives if kept][:-_COPIES]:
            del self._archives[oldest]
        return archive

    def _copy(self, inner: Inner, budget: Budget | None) -> IO[bytes]:
        copy = io.BytesIO()
        found = {"megabytes": MAX_COPY >> 20}
        too_large = Problem("zip in zip too large", found, "notebook alone")
        with self._open(inner, MAX_COPY, budget, too_large) as stream:
            for chunk in _chunks(stream, MAX_COPY, budget, too_large):
                copy.write(chunk)
        return copy


class _Measured:
    """A zip's file that is not read in larger parts than its directory may have."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._most = most
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        """Read. Raises OverBudget where zipfile asks for too large a directory."""
        if size > self._most:
            found = {"count": limits.MAX_ENTRIES}
            raise OverBudget(Problem("zip of too many files", found, "notebook alone"))
        return self._stream.read(size)


def _chunks(
    stream: IO[bytes], most: int, budget: Budget | None, too_large: Problem
) -> Iterator[bytes]:
    """Read a content in parts. Raises SubmissionError where it is too large, or all of it is."""
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise SubmissionError(too_large)
        if budget is not None:
            budget.charge(len(chunk))
        yield chunk


def _too_large(most: int) -> Problem:
    return Problem("too large unzipped", {"megabytes": most >> 20}, "outputs cleared")


def _unreadable(error: Exception) -> Problem:
    if isinstance(error, NotImplementedError):
        return Problem("unreadable in zip", {"error": str(error)}, "ordinary zip")
    return Problem("unreadable in zip", {"error": short(error)}, "again")


def short(error: Exception) -> str:
    """Say in a few words what an error is."""
    return f"{type(error).__name__}: {str(error)[:120]}"
