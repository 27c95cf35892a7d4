"""Single rows: what is read and written of one grade."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from autograder.records import (
    Case,
    CaseVerdict,
    Outcome,
    Problem,
    Question,
    QuestionVerdict,
    problem_of,
)

LIGHT_BYTES = 4_096
"""A fact whose JSON is longer is read for a single submission only, not for a whole class."""

# A class has the same cases and versions everywhere: they are in memory once.
_case_of = lru_cache(1_024)(Case)

Read = Callable[[str, Sequence[object]], list[Any]]
"""Runs a query with its values, and returns all rows."""


def add_question(
    connection: sqlite3.Connection, number: int, position: int, verdict: QuestionVerdict
) -> None:
    """Write one question's verdict."""
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


def questions(read: Read, number: int) -> Iterator[QuestionVerdict]:
    """Yield the verdicts of a grade, in the assignment's order."""
    cases: dict[str, list[CaseVerdict]] = {}
    for question, name, label, hidden, points, hint, *verdict in read(
        "SELECT question, case_name, label, hidden, points, hint, outcome, message, detail "
        "FROM verdicts WHERE grade = ? ORDER BY question, position",
        (number,),
    ):
        outcome, message, detail = verdict
        case = _case_of(name, label, bool(hidden), points, hint)
        cases.setdefault(question, []).append(CaseVerdict(case, Outcome(outcome), message, detail))
    for name, all_or_nothing, earned, notes in read(
        "SELECT question, all_or_nothing, earned, notes FROM questions WHERE grade = ? "
        "ORDER BY position",
        (number,),
    ):
        found = tuple(cases.get(name, ()))
        question = Question(name, bool(all_or_nothing), tuple(c.case for c in found), ())
        yield QuestionVerdict(question, found, earned, texts(notes))


def facts(read: Read, number: int, *, whole: bool) -> dict[str, Any]:
    """Return what the judge measured; without `whole`, what is small of it."""
    rows = read(
        "SELECT name, value FROM facts WHERE grade = ? AND (? OR length(value) <= ?) "
        "ORDER BY rowid",
        (number, whole, LIGHT_BYTES),
    )
    return {name: json.loads(value) for name, value in rows}


def executed(read: Read, number: int) -> str:
    """Return the executed notebook as JSON."""
    ((blob,),) = read("SELECT executed FROM grades WHERE grade = ?", (number,))
    return zlib.decompress(blob).decode()


@lru_cache(16)
def made_from(text: str) -> Mapping[str, str]:
    """Read what grades were made from."""
    return MappingProxyType(json.loads(text))


def texts(text: str) -> tuple[str, ...]:
    """Read a JSON list of texts."""
    return tuple(json.loads(text))


def problems(text: str) -> tuple[Problem, ...]:
    """Read a JSON list of problems; a text is what earlier versions wrote."""
    return tuple(
        Problem("text", {"text": value}) if isinstance(value, str) else problem_of(value)
        for value in json.loads(text)
    )
