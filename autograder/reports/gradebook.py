"""`grades.csv`: one row per submission."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from autograder.records import Grade, Question

FILE = "grades.csv"


def write(folder: Path, questions: Sequence[Question], grades: Sequence[Grade]) -> Path:
    """Write the gradebook whole, or leave the old one. Returns its path.

    Columns: `submission,status`, a column per question, `score,max_score,problems,flags,seconds`.
    What is not graded is blank.
    """
    path = folder / FILE
    partial = path.with_suffix(".csv.partial")
    with partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        names = [question.name for question in questions]
        writer.writerow(
            ["submission", "status", *names, "score", "max_score", "problems", "flags", "seconds"]
        )
        for grade in sorted(grades, key=lambda grade: grade.submission):
            writer.writerow(
                [
                    grade.submission,
                    grade.status,
                    *(points(verdict.earned) for verdict in grade.questions),
                    points(grade.score),
                    points(grade.max_score),
                    "; ".join(grade.problems),
                    "; ".join(f"{flag.name}: {flag.evidence}" for flag in grade.flags),
                    f"{grade.seconds:.2f}",
                ]
            )
    partial.replace(path)
    return path


def points(value: float | None) -> str:
    """Points as people write them: 3, 2.25, and nothing where there are none."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
