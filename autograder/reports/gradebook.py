"""`grades.csv`: one row per submission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.files import write_csv
from autograder.records import Grade
from autograder.words import exact_points, problems_for_staff, set_by_hand, to_grade

FILE = "grades.csv"


def write(folder: Path, grades: Sequence[Grade]) -> Path:
    """Write the gradebook whole, or leave the old one. Returns its path.

    Columns: `submission,status`, a column per question, `score,max_score`, then `problems,remarks,
    flags,overrides,earlier,seconds`. Points are those that count, with what humans decided; what is
    not graded is blank. A score is without what a remark says is still to be graded by hand.
    """
    return write_csv(folder / FILE, _rows(grades))


def _rows(grades: Sequence[Grade]) -> Iterator[list[str]]:
    names = list(dict.fromkeys(v.question.name for grade in grades for v in grade.questions))
    details = ["problems", "remarks", "flags", "overrides", "earlier", "seconds"]
    yield ["submission", "status", *names, "score", "max_score", *details]
    for grade in sorted(grades, key=lambda grade: grade.submission):
        final = {verdict.question.name: exact_points(verdict.final) for verdict in grade.questions}
        yield [
            grade.submission,
            grade.status,
            *(final.get(name, "") for name in names),
            exact_points(grade.so_far),
            exact_points(grade.max_score),
            "; ".join(problems_for_staff(grade)),
            "; ".join(_remarks(grade)),
            "; ".join(f"{flag.name}: {flag.evidence}" for flag in grade.flags),
            "; ".join(overridden(grade)),
            "; ".join(grade.earlier),
            f"{grade.seconds:.2f}",
        ]


def _remarks(grade: Grade) -> Iterator[str]:
    yield from grade.remarks
    if grade.open:
        yield f"to be graded by hand: {to_grade(grade)}"


def overridden(grade: Grade) -> Iterator[str]:
    """Yield each override in words: what counts, instead of what, and why."""
    for verdict in grade.questions:
        if verdict.override is not None:
            yield f"{verdict.question.name}: {set_by_hand(verdict, verdict.override)}"
