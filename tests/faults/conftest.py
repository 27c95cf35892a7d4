"""A small class, the command that grades it in this process, and what must hold after any fault."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import click.testing
import pytest

from autograder.cli import main, shared
from autograder.course.config import Assignment, Course
from autograder.records import Grade, Outcome, Status, Submission, same_outcome
from tests.conftest import solved_but

Rows = dict[str, list[str]]
DOCUMENTED = {0, 2, 3, 130}


def write_class(tiny: Assignment, folder: Path) -> Path:
    """One right, one wrong, one that is no notebook."""
    folder.mkdir()
    content = {
        "right": json.dumps(solved_but(tiny)),
        "wrong": json.dumps(solved_but(tiny, q1="answer = 41")),
        "damaged": "no notebook",
    }
    for name, text in content.items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    return folder


def rows_of(out: Path) -> Rows:
    """The gradebook by submission, without what it took."""
    with (out / "grades.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][-1] == "seconds"
    found = {row[0]: row[1:-1] for row in rows[1:]}
    assert len(found) == len(rows) - 1, "a submission has two rows"
    return found


def is_blank(row: list[str]) -> bool:
    return row[0] in ("ungraded", "ungradable") and row[4] == ""


@dataclass
class Command:
    """The real command on the small class, in this process, with a grader that is warm already."""

    course: Course
    submissions: Path
    out: Path
    grader: Any
    undisturbed: Rows = field(default_factory=dict)

    def run(self, *more: str) -> click.testing.Result:
        @contextmanager
        def warm(*_: object) -> Iterator[Any]:
            yield self.grader

        words = ["--course", str(self.course.root), "grade", str(self.submissions), "-j", "1"]
        words += ["-o", str(self.out), "--isolation", "none", *more]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(shared, "warm_grader", warm)
            patch.setenv("XDG_CACHE_HOME", str(self.out.parent / "cache"))
            return click.testing.CliRunner().invoke(main, words)

    def graded(self) -> int:
        """How many grades with marks, or of what cannot be graded, were ever written."""
        with closing(sqlite3.connect(self.out / "grades.sqlite")) as connection:
            query = "SELECT count(*) FROM grades WHERE status != 'ungraded'"
            return int(connection.execute(query).fetchone()[0])

    def check_fault(self, result: click.testing.Result) -> None:
        """What must hold right after a command that a fault has hit."""
        ended = result.exception is None or isinstance(result.exception, SystemExit)
        assert ended, repr(result.exception)
        assert result.exit_code in DOCUMENTED, result.output
        assert "Traceback" not in result.output
        found = rows_of(self.out) if (self.out / "grades.csv").exists() else {}
        if set(found) != set(self.undisturbed):
            assert result.exit_code in (2, 3, 130), "rows are missing and nobody says so"
            assert "autograder: " in result.output or "Interrupted" in result.output
        for name, row in found.items():
            assert row == self.undisturbed[name] or is_blank(row), row
        assert not list(self.out.glob("*.partial"))

    def check_completed(self) -> None:
        """The same command, undisturbed: all is as if nothing had happened, nothing graded twice."""
        again = self.run()
        assert again.exit_code == 3, again.output  # one is no notebook
        assert rows_of(self.out) == self.undisturbed
        assert self.graded() == len(self.undisturbed)


@pytest.fixture(scope="module")
def command(
    tiny_course: Course,
    tiny: Assignment,
    tmp_path_factory: pytest.TempPathFactory,
) -> Command:
    folder = tmp_path_factory.mktemp("faults")
    submissions = write_class(tiny, folder / "class")
    return Command(tiny_course, submissions, folder / "out", None)


@dataclass
class FakeGrader:
    """Gives the small class its marks at once."""

    tiny: Assignment
    executed: str = ""
    each: Callable[[], None] = lambda: None

    def most_jobs(self, wanted: int) -> int:
        return wanted

    def missing_modules(self, submissions: Sequence[Submission]) -> dict[str, int]:
        return {}

    def grade(self, submission: Submission) -> Grade:
        self.each()
        damaged, wrong = submission.id == "damaged", submission.id == "wrong"
        verdicts = [
            same_outcome(q, Outcome.UNGRADED if damaged else Outcome.PASSED, "")
            for q in self.tiny.questions
        ]
        if wrong:
            verdicts[0] = same_outcome(self.tiny.questions[0], Outcome.FAILED, "no")
        status = Status.UNGRADABLE if damaged else Status.GRADED
        score = None if damaged else 8.0 if wrong else 10.0
        return Grade(submission.id, submission.sha256, status, tuple(verdicts), score, 10.0, (), 1.0, {}, executed=self.executed)  # fmt: skip


@pytest.fixture
def quick(command: Command, tiny: Assignment, tmp_path: Path) -> Command:
    """The command with grades at once."""
    whole = replace(command, grader=FakeGrader(tiny), out=tmp_path / "undisturbed")
    assert whole.run().exit_code == 3
    return replace(whole, undisturbed=rows_of(whole.out))
