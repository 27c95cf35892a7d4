"""Files, entries of zips, and entries of zips in zips: listed, and read as a stream.

Nothing is ever unpacked to a path that a zip names. A zip within a zip is copied to an unnamed
temporary file, because only a file can be read from any place.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
import weakref
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.errors import KitError, SubmissionError
from autograder.intake.strip_outputs import without_outputs
from autograder.records import Problem

CHUNK = 1 << 20
MAX_BYTES = 1 << 30
"""The largest notebook that is read, outputs and all."""
MAX_ZIP_BYTES = 2 << 30
"""All files of one student's zip together, unzipped."""
MAX_KEPT = 3 << 20
"""What may remain of a notebook without its outputs; it is held in memory."""
WHOLE_BYTES = 1 << 20
"""Up to here a notebook is read as it is, outputs included."""
_IN_MEMORY = 16 << 20

Chunks = Callable[[IO[bytes]], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file's content is: in a file, in a zip, in a zip in a zip."""

    file: Path
    name: str
    """For people: `class.zip:student-01.zip:mnist.ipynb`."""
    inner: tuple[int, ...] = ()
    """Which entry of the zip, and so on inwards."""

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """Open the content. Raises whatever the file system or a damaged zip provokes."""
        if not self.inner:
            with _regular(self.file) as stream:
                yield stream
            return
        outer = Place(self.file, "", self.inner[:-1])
        with (
            _archive(outer) as archive,
            archive.open(archive.infolist()[self.inner[-1]]) as stream,
        ):
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


def _regular(file: Path) -> IO[bytes]:
    """Open a file, and only a file: a fifo, or a link to one, would be waited for without end."""
    descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a regular file", str(file))
    return os.fdopen(descriptor, "rb")


@contextmanager
def _archive(place: Place) -> Iterator[zipfile.ZipFile]:
    """Open a place that is a zip. It is closed when nobody uses it and another one is kept."""
    changed = place.file.stat().st_mtime_ns
    nameless = Place(place.file, "", place.inner)
    yield _kept_copy(nameless, changed) if place.inner else _kept_open(place.file, changed)


@lru_cache(maxsize=8)
def _kept_open(file: Path, changed: int) -> zipfile.ZipFile:  # noqa: ARG001 - another, if changed
    """Keep zips in use open: a class may be one zip of thousands of entries."""
    return _closing(_regular(file))


@lru_cache(maxsize=1)
def _kept_copy(place: Place, changed: int) -> zipfile.ZipFile:  # noqa: ARG001 - another, if changed
    """Copy a zip in a zip, and keep the last one: it is not copied anew for each of its files."""
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - see _closing
    try:
        with place.open() as stream:
            left = MAX_ZIP_BYTES
            while chunk := stream.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    limit = MAX_ZIP_BYTES >> 20
                    raise SubmissionError(Problem("zip in zip too large", {"megabytes": limit}))
                copy.write(chunk)
    except BaseException:
        copy.close()
        raise
    return _closing(copy)


def _closing(stream: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip that closes its file when it is no longer used."""
    try:
        archive = zipfile.ZipFile(stream)
    except BaseException:
        stream.close()
        raise
    weakref.finalize(archive, stream.close)
    return archive


def entries(place: Place) -> list[HandedFile]:
    """List the files of a zip. Raises SubmissionError where it cannot be opened."""
    try:
        with _archive(place) as archive:
            found = [(i, info) for i, info in enumerate(archive.infolist()) if not info.is_dir()]
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


def hashed(place: Place, most: int) -> tuple[str, int]:
    """Return a content's hash and size, without holding it. Raises SubmissionError."""
    digest, size = hashlib.sha256(), 0
    try:
        with place.open() as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > most:
                    raise SubmissionError(_too_large(place, most >> 20))
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
        with place.open() as stream:
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


def beginning(place: Place, count: int) -> bytes | None:
    """Return the first bytes of a content; None where it cannot be read."""
    try:
        with place.open() as stream:
            return stream.read(count)
    except Exception:  # noqa: BLE001 - whoever reads it whole will say why
        return None


def _too_large(place: Place, megabytes: int) -> Problem:
    found = {"megabytes": megabytes}
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
