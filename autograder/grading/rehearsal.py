"""The solution is graded first: where it does not get full marks here, no mark of a class holds.

Once for each basis (tests, settings, seed, data, level, versions, machine), with the untouched
notebook: what that gets, everybody gets. That it went well is remembered in the user's cache
folder; what went wrong is tried again by the next command.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import platform
import stat
import sysconfig
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from autograder import words
from autograder.course.config import Assignment
from autograder.errors import ConfigError, KitError
from autograder.grading.basis import of_ours
from autograder.records import CaseVerdict, Grade, Outcome, Status, Submission

_log = logging.getLogger("autograder.grading")

SOLUTION, UNTOUCHED = "the solution", "the untouched notebook"
_MOST_BYTES = 65_536
_MOST_CASES = 3
"""Cases that an error quotes."""

Points = Mapping[str, float | None]
"""By question; None where it could not be graded."""


class Rehearsal:
    """What is known of an assignment's own two notebooks on one basis."""

    def __init__(
        self,
        assignment: Assignment,
        rests_on: Mapping[str, str],
        environ: Mapping[str, str],
        *,
        machine: str = "",
    ) -> None:
        """Read what is remembered. `rests_on` is as `made_from` gives it; `machine` is this one.

        Raises KitError where the file is a link, or another user's or one that others can write.
        """
        self._assignment = assignment
        self._most = sum(question.points for question in assignment.tested)
        self._key = _key(rests_on, machine or f"{platform.node()} {platform.platform()}")
        self._place = _folder(environ) / f"{self._key}.json"
        self._untouched = _remembered(self._place, self._key)
        self._is_right = self._untouched is not None or not assignment.solved
        self._notebooks = own_notebooks(assignment)

    @property
    def is_right(self) -> bool:
        """Whether the solution got full marks on this basis, and the untouched notebook ran.

        Without a solution, whether the untouched notebook ran.
        """
        return self._is_right and self._untouched is not None

    @property
    def waiting(self) -> tuple[Submission, ...]:
        """The notebooks to grade before the class, the solution first; none where that was done."""
        return () if self.is_right else self._notebooks

    def take(self, submission: Submission, grade: Grade) -> None:
        """Take the grade of one of `waiting`; when both are there, remember it.

        Raises ConfigError where the solution lost points, KitError where it could not be graded.
        """
        if grade.status is Status.UNGRADED:
            raise KitError(
                f"{self._assignment.name}: {grade.submission} could not be graded here, so nothing "
                f"is published: {' '.join(words.problems_for_staff(grade))}. Mend that, and give "
                "the same command again."
            )
        if submission.id == UNTOUCHED:
            self._untouched = {verdict.question.name: verdict.earned for verdict in grade.tested}
        elif grade.score == self._most:
            self._is_right = True
        else:
            raise self._wrong(grade)
        if self.is_right:
            _remember(self._place, {"basis": self._key, "untouched": self._untouched})

    def __str__(self) -> str:
        """What came of it, in a line."""
        name, most = self._assignment.name, words.points(self._most)
        if not self.is_right or self._untouched is None:
            return (
                f"The solution of {name} is unproved: with these tests and versions it "
                "was not graded on this machine yet. `autograder grade` begins with it, and "
                "publishes nothing before it has full marks."
            )
        points = self._untouched
        if None in points.values():
            gets = "could not be graded"
        else:
            which = ", ".join(question for question, earned in points.items() if earned)
            gets = f"gets {words.points(sum(p or 0.0 for p in points.values()))} of {most}"
            gets += f": {which}" if which else ""
        if not self._assignment.solved:
            return f"{name} has no solution, so nothing is proved; the untouched notebook {gets}"
        return f"The solution gets {most} of {most} here; the untouched notebook {gets}"

    def _wrong(self, grade: Grade) -> ConfigError:
        name, most = self._assignment.name, words.points(self._most)
        problems = (f"{text.rstrip('.')}." for text in words.problems_for_staff(grade))
        why = " ".join([*problems, *_lost(grade)])
        score = "no score" if grade.score is None else f"{words.points(grade.score)} of {most}"
        return ConfigError(
            f"{name}: the solution gets {score} here, so nothing is published: {why} Mend the "
            f"tests or the solution in solutions/{name}/ and build it, or mend this machine; "
            "then give the same command again. What was graded is kept and used where "
            "tests, settings, data and versions stay the same; where only the machine was mended, "
            "add --again."
        )


def _lost(grade: Grade) -> Iterator[str]:
    """Say of each case that the solution did not pass what was found, as far as a few go."""
    cases = [
        f"{verdict.question.name}, {case.case.label}: {_first_line(case)}."
        for verdict in grade.tested
        for case in verdict.cases
        if case.outcome not in (Outcome.PASSED, Outcome.UNGRADED)
    ]
    yield from cases[:_MOST_CASES]
    if len(cases) > _MOST_CASES:
        yield f"{len(cases) - _MOST_CASES} more cases did not pass."


def _first_line(case: CaseVerdict) -> str:
    return (case.detail or case.message).partition("\n")[0].rstrip(".")


def own_notebooks(assignment: Assignment) -> tuple[Submission, ...]:
    """The solution, where there is one, and the untouched notebook."""
    solution = _own(SOLUTION, assignment.staff / assignment.notebook_name)
    untouched = _own(UNTOUCHED, assignment.student / assignment.notebook_name)
    return (solution, untouched) if assignment.solved else (untouched,)


def _own(name: str, path: Path) -> Submission:
    # Without an origin, which all that was handed in has: a file may well have the same name.
    return replace(of_ours(name, path.read_bytes()), origin="")


# ---------------------------------------------------------------- what is remembered


def _key(rests_on: Mapping[str, str], machine: str) -> str:
    """SHA-256 of all that the solution's marks rest on, every installed package among it."""
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    packages = sorted(path.name for path in installed)
    text = json.dumps([dict(rests_on), machine, packages], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _folder(environ: Mapping[str, str]) -> Path:
    cache = environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME") or Path.home(), ".cache")
    return Path(cache, "autograder", "solutions")


def _remembered(path: Path, key: str) -> Points | None:
    """Read what a solution was remembered for; None where there is nothing, or a damaged file."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise KitError(f"{path}: is a link, which is not followed. Delete it.") from None
        return None
    with os.fdopen(descriptor, "rb") as stream:
        about = os.fstat(descriptor)
        own = about.st_uid == os.geteuid() and not about.st_mode & 0o077
        if not (own and stat.S_ISREG(about.st_mode) and about.st_nlink == 1):
            raise KitError(
                f"{path}: what is remembered of the solution must be a plain file of your own that "
                "nobody else can open. Delete it."
            )
        content = stream.read(_MOST_BYTES)
    try:
        value = json.loads(content)
        points = value["untouched"]
        if value["basis"] == key and all(
            earned is None or type(earned) in (int, float) for earned in points.values()
        ):
            return {str(name): earned for name, earned in points.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    return None


def _remember(path: Path, value: Mapping[str, object]) -> None:
    """Write whole, for this user alone. Where that cannot be, the next command grades it again."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            temporary = Path(folder, path.name)
            temporary.touch(mode=0o600)
            temporary.write_text(json.dumps(value), encoding="utf-8")
            temporary.replace(path)
    except OSError as error:
        _log.warning("%s: cannot be written: %s", path, error)
