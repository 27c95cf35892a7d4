"""What the rows of one grade are made of, and what is made of them again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from autograder.records import Case, QuestionVerdict

# A class has the same cases and versions everywhere: they are in memory once.
case_of = lru_cache(1_024)(Case)


@lru_cache(16)
def made_from(text: str) -> Mapping[str, str]:
    """Return what grades were made from."""
    return MappingProxyType(json.loads(text))


def texts(text: str) -> tuple[str, ...]:
    """Return a JSON list of texts."""
    return tuple(json.loads(text))


def add_question(
    connection: sqlite3.Connection, number: int, position: int, verdict: QuestionVerdict
) -> None:
    """Write one question of a grade, and its cases."""
    question = verdict.question
    row = (number, position, question.name, question.all_or_nothing, verdict.earned)
    connection.execute(
        "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*row, question.points, json.dumps(verdict.notes)),
    )
    connection.executemany(
        "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                question.name,
                place,
                case.case.name,
                case.case.label,
                case.case.hidden,
                case.case.points,
                case.case.hint,
                case.outcome,
                case.message,
                case.detail,
            )
            for place, case in enumerate(verdict.cases)
        ],
    )
