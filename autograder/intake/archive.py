"""Looks at the files that were handed in: plain ones here, whatever is in a zip behind the wall.

Of a plain file, its bytes are hashed and its beginning is looked at; nothing parses it here. What
is listed, read or copied to find a submission is charged to that submission's `Budget`.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self

from autograder.errors import SubmissionError
from autograder.files import regular
from autograder.reader import budget as limits
from autograder.reader.budget import Budget, OverBudget, Start, start_of
from autograder.reader.zip_client import AskZip, Want, ZipAnswer, Zips
from autograder.reader.zips import CHUNK, Entry, Inner, short
from autograder.records import Problem
from autograder.wall.levels import best


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file's content is: in a file, in a zip, in a zip in a zip."""

    file: Path
    name: str
    """For people: `class.zip:student-01.zip:mnist.ipynb`."""
    inner: Inner = ()


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file in a folder or a zip."""

    path: PurePosixPath
    """Below what it was found in; never leads out of it."""
    place: Place
    damage: Problem | None = None
    """Why it is not read at all."""
    remarks: tuple[str, ...] = ()


class Archives:
    """Looks into files and zips; the process for zips starts with the first one."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._zips: Zips | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def entries(self, place: Place, budget: Budget | None = None) -> list[HandedFile]:
        """List the files of a zip. Raises SubmissionError where it cannot be opened.

        Without a budget for a class' zip, which may hold any number of submissions.
        """
        try:
            answer = self._asked(place, Want.ENTRIES, budget)
        except OSError as error:
            found = {"error": short(error)}
            raise SubmissionError(Problem("zip damaged", found, "upload cut short")) from None
        return [_handed(place, entry) for entry in answer.entries]

    def start(self, place: Place, count: int, budget: Budget | None = None) -> Start | None:
        """Look at the first bytes of a content; None where it cannot be read.

        Raises OverBudget.
        """
        try:
            if place.inner:
                return self._asked(place, Want.START, budget, count).start
            if budget is not None:
                budget.charge(count)
            with regular(place.file) as stream:
                return start_of(stream.read(count))
        except OSError:  # whoever reads it whole will say why
            return None
        except OverBudget:
            if budget is not None:
                raise
            return None

    def hashed(self, place: Place, budget: Budget) -> tuple[str, int]:
        """Return a content's hash and size, without holding it. Raises SubmissionError."""
        try:
            if place.inner:
                answer = self._asked(place, Want.HASH, budget, limits.MAX_BYTES)
                return answer.sha256, answer.size
            return _hashed(place.file)
        except OSError as error:
            problem = Problem("unreadable", {"error": str(error.strerror)})
            raise SubmissionError(problem) from None

    def _asked(self, place: Place, want: Want, budget: Budget | None, most: int = 0) -> ZipAnswer:
        """Ask about a zip, and charge what the answer cost."""
        if self._zips is None:
            self._zips = self._stack.enter_context(Zips(best()))
            self._zips.wait_until_ready()
        asked = AskZip(want, place.inner, budget.left if budget else None, most)
        answer = self._zips.ask(place.file, asked)
        if budget is not None and answer.left is not None:
            budget.left = answer.left
        if answer.problem is not None:
            raise (OverBudget if answer.over else SubmissionError)(answer.problem)
        return answer


def _hashed(file: Path) -> tuple[str, int]:
    """Hash a file that was handed in as it is: it costs no more than its own size."""
    digest, size = hashlib.sha256(), 0
    with regular(file) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if size > limits.MAX_BYTES:
                found = {"megabytes": limits.MAX_BYTES >> 20}
                raise SubmissionError(Problem("too large", found, "outputs cleared"))
    return digest.hexdigest(), size


def _handed(zipped: Place, entry: Entry) -> HandedFile:
    name = entry.name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    leads_out = ".." in name.split("/") or name.startswith("/")
    remark = f"its path in the zip, {name[:80]}, leads out of it; only the end of it was used"
    damage = None
    if entry.encrypted:
        damage = Problem("zip encrypted", ask="no password")
    elif entry.link:
        damage = Problem("link in zip", {"file": name[:80]}, "notebook itself")
    path = PurePosixPath(*parts) if parts else PurePosixPath("unnamed")
    place = Place(zipped.file, f"{zipped.name}:{entry.name}", (*zipped.inner, entry.index))
    return HandedFile(path, place, damage, (remark,) if leads_out else ())
