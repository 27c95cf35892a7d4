"""Who gains and who loses when a class is graded again: a table as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.files import write_csv
from autograder.records import Grade
from autograder.words import exact_points

FILE = "changes.csv"
SCORE = "score"
"""Stands where a question does, for the whole score."""


@dataclass(frozen=True, slots=True)
class Change:
    """Points that a regrade changes; `question` is a name, or "score"."""

    submission: str
    question: str
    before: float | None
    after: float | None
    same_notebook: bool
    """Whether the notebook is the same, so that only the grading can have changed it."""

    @property
    def difference(self) -> float | None:
        """What is gained; None where one side is blank."""
        if self.before is None or self.after is None:
            return None
        return round(self.after - self.before, 6)


def between(before: Grade, after: Grade) -> Iterator[Change]:
    """Yield one change for each question whose points that count differ, and one for the score."""
    old = {verdict.question.name: verdict.final for verdict in before.questions}
    new = {verdict.question.name: verdict.final for verdict in after.questions}
    same = before.sha256 == after.sha256
    for question in dict.fromkeys([*new, *old]):
        if old.get(question) != new.get(question):
            yield Change(after.submission, question, old.get(question), new.get(question), same)
    if before.so_far != after.so_far:
        yield Change(after.submission, SCORE, before.so_far, after.so_far, same)


def write(folder: Path, changes: Sequence[Change]) -> Path:
    """Write `changes.csv` whole, or leave the old one. Returns its path."""
    rows = [
        [
            change.submission,
            change.question,
            exact_points(change.before),
            exact_points(change.after),
            exact_points(change.difference),
            "the same" if change.same_notebook else "handed in anew",
        ]
        for change in changes
    ]
    header = ["submission", "question", "before", "after", "difference", "notebook"]
    return write_csv(folder / FILE, [header, *rows])
