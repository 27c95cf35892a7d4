"""Files, entries of zips, and entries of zips in zips: listed, and read as a stream.

Nothing is ever unpacked to a path that a zip names. A zip within a zip is copied to an unnamed
temporary file, because only a file can be read from any place. What is listed, read or copied to
find a submission is charged to that submission's `Budget`.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import tempfile
import time
import weakref
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.errors import KitError, SubmissionError
from autograder.intake.strip_outputs import without_outputs
from autograder.records import Problem

CHUNK = 1 << 20
MAX_BYTES = 1 << 30
"""The largest notebook that is read, outputs and all."""
MAX_ALL_BYTES = 1 << 30
"""All that is unzipped, hashed or copied of one submission."""
MAX_COPY = 128 << 20
"""A zip in a zip."""
MAX_ENTRIES = 20_000
"""In all zips of one submission."""
MAX_DIRECTORY = 16 << 20
"""What a zip says of its entries, in bytes; it is held in memory, and 100,000 entries have less."""
MAX_INNER_DIRECTORY = 2 << 20
"""The same of a zip that is in a zip."""
MAX_SECONDS = 30.0
"""Processor time to find what one submission consists of."""
MAX_KEPT = 3 << 20
"""What may remain of a notebook without its outputs; it is held in memory."""
WHOLE_BYTES = 1 << 20
"""Up to here a notebook is read as it is, outputs included."""

Chunks = Callable[[IO[bytes]], Iterator[bytes]]


class OverBudget(SubmissionError):  # noqa: N818 - it says what the submission is
    """One submission has more in it than is read to find out what it is."""


@dataclass(eq=False, slots=True)
class Budget:
    """What may still be read to find what one submission consists of."""

    bytes_left: int = field(default_factory=lambda: MAX_ALL_BYTES)
    entries_left: int = field(default_factory=lambda: MAX_ENTRIES)
    end: float = field(default_factory=lambda: time.thread_time() + MAX_SECONDS)

    def charge(self, size: int = 0, entries: int = 0) -> None:
        """Count what is about to be read. Raises OverBudget where it is too much."""
        self.bytes_left -= size
        self.entries_left -= entries
        if self.bytes_left < 0:
            raise _over("zip too large", "notebook alone", megabytes=MAX_ALL_BYTES >> 20)
        if self.entries_left < 0:
            raise _over("zip of too many files", "notebook alone", count=MAX_ENTRIES)
        if time.thread_time() > self.end:
            raise _over("zip takes too long", "notebook alone", seconds=int(MAX_SECONDS))


def _over(kind: str, ask: str, **found: int) -> OverBudget:
    return OverBudget(Problem(kind, found, ask))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file's content is: in a file, in a zip, in a zip in a zip."""

    file: Path
    name: str
    """For people: `class.zip:student-01.zip:mnist.ipynb`."""
    inner: tuple[int, ...] = ()
    """Which entry of the zip, and so on inwards."""

    @contextmanager
    def open(self, most: int, budget: Budget | None = None) -> Iterator[IO[bytes]]:
        """Open the content. Raises whatever the file system or a damaged zip provokes.

        Raises SubmissionError where an entry is larger than `most`, as its zip says: more is never
        unzipped of it. Copies of zips on the way to it are charged to the budget; without one, they
        were already.
        """
        if not self.inner:
            with _regular(self.file) as stream:
                yield stream
            return
        with _archive(Place(self.file, "", self.inner[:-1]), budget) as archive:
            entry = archive.infolist()[self.inner[-1]]
            if entry.file_size > most:
                raise SubmissionError(_too_large(self, most >> 20))
            with archive.open(entry) as stream:
                yield stream


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file in a folder or a zip."""

    path: PurePosixPath
    """Below what it was found in; never leads out of it."""
    place: Place
    damage: Problem | None = None
    """Why it is not read at all."""
    remarks: tuple[str, ...] = ()


def _regular(file: Path) -> io.BufferedReader:
    """Open a file, and only a file: a fifo, or a link to one, would be waited for without end."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(file))
    return os.fdopen(descriptor, "rb")


@contextmanager
def _archive(place: Place, budget: Budget | None) -> Iterator[zipfile.ZipFile]:
    """Open a place that is a zip. It is closed when nobody uses it and another one is kept."""
    changed = place.file.stat().st_mtime_ns
    nameless = Place(place.file, "", place.inner)
    yield _kept_copy(nameless, changed, budget) if place.inner else _kept_open(place.file, changed)


@lru_cache(maxsize=8)
def _kept_open(file: Path, changed: int) -> zipfile.ZipFile:  # noqa: ARG001 - another, if changed
    """Keep zips in use open: a class may be one zip of thousands of entries."""
    return _closing(_regular(file), MAX_DIRECTORY)


@lru_cache(maxsize=8)
def _kept_copy(place: Place, changed: int, budget: Budget | None) -> zipfile.ZipFile:  # noqa: ARG001
    """Copy a zip in a zip, and keep the last ones: none is copied anew for each of its files."""
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - see _closing
    try:
        with place.open(MAX_COPY, budget) as stream:
            for chunk in _chunks(stream, place, MAX_COPY, budget):
                copy.write(chunk)
    except BaseException:
        copy.close()
        raise
    return _closing(copy, MAX_INNER_DIRECTORY)


def _chunks(stream: IO[bytes], place: Place, most: int, budget: Budget | None) -> Iterator[bytes]:
    """Read a content in parts. Raises SubmissionError where it is too large, or all of it is."""
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > most:
            raise SubmissionError(_too_large(place, most >> 20))
        if budget is not None:
            budget.charge(len(chunk))
        yield chunk


class _Measured(io.BufferedReader):
    """A zip's file that is not read in larger parts than its directory may have."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """Read. Raises OverBudget where zipfile asks for too large a directory."""
        if size is not None and size > self.most:
            raise _over("zip of too many files", "notebook alone", count=MAX_ENTRIES)
        return super().read(size)


def _closing(stream: io.BufferedReader | io.BufferedRandom, directory: int) -> zipfile.ZipFile:
    """Open a zip that closes its file when it is no longer used."""
    stream.seek(0)
    measured = _Measured(stream.detach())
    measured.most = directory
    try:
        archive = zipfile.ZipFile(measured)
    except BaseException:
        measured.close()
        raise
    weakref.finalize(archive, measured.close)
    return archive


def entries(place: Place, budget: Budget | None = None) -> list[HandedFile]:
    """List the files of a zip. Raises SubmissionError where it cannot be opened.

    Without a budget for a class' zip, which may hold any number of submissions.
    """
    try:
        with _archive(place, budget) as archive:
            infos = archive.infolist()
            if budget is not None:
                budget.charge(entries=len(infos))
            found = [(i, info) for i, info in enumerate(infos) if not info.is_dir()]
    except SubmissionError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged zip provokes in zipfile
        raise SubmissionError(
            Problem("zip damaged", {"error": _short(error)}, "upload cut short")
        ) from None
    return [_entry(place, index, info) for index, info in found]


def _entry(zipped: Place, index: int, info: zipfile.ZipInfo) -> HandedFile:
    name = info.filename.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    leads_out = ".." in name.split("/") or name.startswith("/")
    remark = f"its path in the zip, {name[:80]}, leads out of it; only the end of it was used"
    damage = None
    if info.flag_bits & 1:
        damage = Problem("zip encrypted", ask="no password")
    elif stat.S_ISLNK(info.external_attr >> 16):
        damage = Problem("link in zip", {"file": name[:80]}, "notebook itself")
    path = PurePosixPath(*parts) if parts else PurePosixPath("unnamed")
    place = Place(zipped.file, f"{zipped.name}:{info.filename}", (*zipped.inner, index))
    return HandedFile(path, place, damage, (remark,) if leads_out else ())


def hashed(place: Place, most: int, budget: Budget) -> tuple[str, int]:
    """Return a content's hash and size, without holding it. Raises SubmissionError."""
    digest, size = hashlib.sha256(), 0
    try:
        with place.open(most, budget) as stream:
            # a file that was handed in as it is costs no more than its own size
            for chunk in _chunks(stream, place, most, budget if place.inner else None):
                digest.update(chunk)
                size += len(chunk)
    except SubmissionError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a damaged zip provokes in zipfile
        raise SubmissionError(_unreadable(place, error)) from None
    return digest.hexdigest(), size


def content(place: Place, sha256: str, size: int) -> bytes:
    """Read what was hashed; of a large notebook, without its outputs.

    Raises KitError where the file is not what it was, and SubmissionError where too much remains.
    """
    digest, kept, held = hashlib.sha256(), [], 0

    def chunks(stream: IO[bytes]) -> Iterator[bytes]:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            yield chunk

    try:
        with place.open(size) as stream:
            for part in (chunks if size <= WHOLE_BYTES else _slim(chunks))(stream):
                kept.append(part)
                held += len(part)
                if held > MAX_KEPT:
                    found = {"megabytes": MAX_KEPT >> 20}
                    raise SubmissionError(
                        Problem("too large without outputs", found, "without data")
                    )
    except SubmissionError:
        raise
    except Exception as error:
        raise KitError(
            f"{place.name} changed while it was graded ({error}); grade it again"
        ) from error
    if digest.hexdigest() != sha256:
        raise KitError(f"{place.name} changed while it was graded; grade it again")
    return b"".join(kept)


def _slim(chunks: Chunks) -> Chunks:
    return lambda stream: without_outputs(chunks(stream))


def beginning(place: Place, count: int, budget: Budget | None = None) -> bytes | None:
    """Return the first bytes of a content; None where it cannot be read.

    Raises OverBudget.
    """
    if budget is not None:
        budget.charge(count)
    try:
        with place.open(MAX_BYTES, budget) as stream:
            return stream.read(count)
    except OverBudget:
        raise
    except Exception:  # noqa: BLE001 - whoever reads it whole will say why
        return None


def _too_large(place: Place, megabytes: int) -> Problem:
    found = {"megabytes": megabytes}
    if not place.name:
        return Problem("zip in zip too large", found, "notebook alone")
    if place.inner:
        return Problem("too large unzipped", found, "outputs cleared")
    return Problem("too large", found, "outputs cleared")


def _unreadable(place: Place, error: Exception) -> Problem:
    if isinstance(error, OSError) and not place.inner:
        return Problem("unreadable", {"error": str(error.strerror)})
    if isinstance(error, NotImplementedError):
        return Problem("unreadable in zip", {"error": str(error)}, "ordinary zip")
    return Problem("unreadable in zip", {"error": _short(error)}, "again")


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error)[:120]}"
