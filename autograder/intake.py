"""Finds the submissions in a notebook, a folder or a zip. Never executes anything."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.records import Submission

MAX_BYTES = 200 << 20
"""The largest notebook that is read; outputs make up nearly all of a large one."""
MAX_ZIP_BYTES = 2 << 30
"""All notebooks of one zip together, unzipped."""
_NOTEBOOK, _ZIP = ".ipynb", ".zip"


def collect(paths: Iterable[Path]) -> list[Submission]:
    """Return the submissions below the given paths, sorted by id.

    The id is the path below the given folder, without the ending. Raises UsageError for a path that
    does not exist, and where there is nothing to grade or two submissions would share an id.
    """
    found: dict[str, Submission] = {}
    for path in paths:
        for submission in _below(path):
            if submission.id in found:
                raise UsageError(
                    f"two submissions have the id `{submission.id}`: {found[submission.id].origin} "
                    f"and {submission.origin}. Put them into folders of their own, or rename one."
                )
            found[submission.id] = submission
    if not found:
        names = ", ".join(str(path) for path in paths)
        raise UsageError(f"{names}: no notebook (.ipynb) and no zip to grade")
    return [found[key] for key in sorted(found)]


def _below(path: Path) -> Iterator[Submission]:
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and _wanted(p.relative_to(path)))
        stems = [p.relative_to(path).with_suffix("").as_posix() for p in files]
        for file, stem in zip(files, stems, strict=True):
            twin = stems.count(stem) > 1
            yield from _file(file, file.relative_to(path).as_posix() if twin else stem)
    elif not path.exists():
        raise UsageError(f"{path}: there is no such file or folder")
    elif path.suffix.lower() == _ZIP:
        yield from _zip(path, "")
    elif path.suffix.lower() == _NOTEBOOK:
        yield _notebook(path.stem, str(path), _read(path))
    else:
        raise UsageError(f"{path}: neither a notebook (.ipynb), nor a folder, nor a zip")


def _wanted(path: PurePosixPath | Path) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() in (_NOTEBOOK, _ZIP)


def _file(path: Path, identity: str) -> Iterator[Submission]:
    if path.suffix.lower() == _ZIP:
        yield from _zip(path, identity)
    else:
        yield _notebook(identity, str(path), _read(path))


def _read(path: Path) -> bytes | str:
    """Return a file's content, or why it cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            return f"larger than {MAX_BYTES >> 20} MB. Ask for the notebook with outputs cleared."
        return path.read_bytes()
    except OSError as error:
        return f"the file cannot be read: {error.strerror}"


def _notebook(identity: str, origin: str, content: bytes | str) -> Submission:
    identity, origin = printable(identity), printable(origin)
    if isinstance(content, str):
        return Submission(identity, origin, "", bytes, damage=content)
    return Submission(identity, origin, hashlib.sha256(content).hexdigest(), lambda: content)


def printable(text: str) -> str:
    """Replace what UTF-8 cannot write: a file's name need not be text."""
    return text.encode("utf-8", "replace").decode()


def _zip(path: Path, identity: str) -> Iterator[Submission]:
    """Yield the notebooks of a zip, read in memory; nothing is unpacked to disk.

    A zip in a folder is one student's export: with one notebook in it, it is that submission.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if _wanted_entry(entry)]
            yield from _entries(path, identity, archive, entries)
    except Exception as error:  # noqa: BLE001 - whatever a damaged zip provokes in zipfile
        why = f"a zip that cannot be opened: {type(error).__name__}: {error}"
        yield _notebook(identity or path.stem, str(path), why)


def _wanted_entry(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename)
    return not entry.is_dir() and name.suffix.lower() == _NOTEBOOK and _wanted(name)


def _entries(
    path: Path, identity: str, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> Iterator[Submission]:
    if not entries:
        yield _notebook(identity or path.stem, str(path), "a zip without a notebook in it")
        return
    left, seen = MAX_ZIP_BYTES, dict[str, int]()
    for entry in entries:
        inner = PurePosixPath(entry.filename).with_suffix("").as_posix().lstrip("/")
        name = identity if identity and len(entries) == 1 else f"{identity}/{inner}".lstrip("/")
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"  # one zip may hold a name twice
        content = _entry(archive, entry, min(MAX_BYTES, left))
        left -= len(content)
        yield _notebook(name, f"{path}:{entry.filename}", content)


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | str:
    try:
        with archive.open(entry) as stream:
            content = stream.read(most + 1)
    except Exception as error:  # noqa: BLE001 - whatever a damaged zip provokes in zipfile
        return f"the notebook cannot be read from its zip: {type(error).__name__}: {error}"
    return content if len(content) <= most else f"more than {most >> 20} MB when unzipped"
