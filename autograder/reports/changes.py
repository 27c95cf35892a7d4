"""Who gains and who loses when a class is graded again: a table as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.files import write_csv
from autograder.records import Change, Grade
from autograder.words import points

FILE = "changes.csv"
SCORE = "score"
"""Stands where a question does, for the whole score."""


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
            points(change.before),
            points(change.after),
            points(change.difference),
            "the same" if change.same_notebook else "handed in anew",
        ]
        for change in changes
    ]
    header = ["submission", "question", "before", "after", "difference", "notebook"]
    return write_csv(folder / FILE, [header, *rows])
