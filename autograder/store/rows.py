"""Single rows: what is read and written of one grade."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from autograder.records import Case, CaseVerdict, Outcome, Problem, Question, QuestionVerdict

LIGHT_BYTES = 4_096
"""A fact whose JSON is longer is read for a single submission only, not for a whole class."""

# A class has the same cases and versions everywhere: they are in memory once.
_case_of = lru_cache(1_024)(Case)

Read = Callable[[str, Sequence[object]], list[sqlite3.Row]]
"""Runs a query with its values, and returns all rows."""


def insert(connection: sqlite3.Connection, table: str, **row: object) -> int:
    """Write one row, its values by column; return its number."""
    columns, places = ", ".join(row), ", ".join("?" for _ in row)
    query = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - names are ours
    return int(connection.execute(query, tuple(row.values())).lastrowid or 0)


def add_question(
    connection: sqlite3.Connection, number: int, position: int, verdict: QuestionVerdict
) -> None:
    """Write one question's verdict."""
    question = verdict.question
    insert(
        connection,
        "questions",
        grade=number,
        position=position,
        question=question.name,
        all_or_nothing=question.all_or_nothing,
        earned=verdict.earned,
        possible=question.points,
        notes=json.dumps(verdict.notes),
    )
    for place, ended in enumerate(verdict.cases):
        columns = asdict(ended)
        case = columns.pop("case")
        case["case_name"] = case.pop("name")
        del case["success"]  # it is the verdict's message where it matters
        key = {"grade": number, "question": question.name, "position": place}
        insert(connection, "verdicts", **key, **case, **columns)


def questions(read: Read, number: int) -> Iterator[QuestionVerdict]:
    """Yield the verdicts of a grade, in the assignment's order."""
    cases: dict[str, list[CaseVerdict]] = {}
    for row in read(
        "SELECT question, case_name, label, hidden, points, hint, outcome, message, detail "
        "FROM verdicts WHERE grade = ? ORDER BY question, position",
        (number,),
    ):
        case = _case_of(
            row["case_name"], row["label"], bool(row["hidden"]), row["points"], row["hint"]
        )
        verdict = CaseVerdict(case, Outcome(row["outcome"]), row["message"], row["detail"])
        cases.setdefault(row["question"], []).append(verdict)
    for row in read(
        "SELECT question, all_or_nothing, earned, notes FROM questions WHERE grade = ? "
        "ORDER BY position",
        (number,),
    ):
        verdicts = tuple(cases.get(row["question"], ()))
        own_cases = tuple(verdict.case for verdict in verdicts)
        manual = any(verdict.outcome is Outcome.BY_HAND for verdict in verdicts)
        whole = bool(row["all_or_nothing"])
        question = Question(row["question"], whole, own_cases, (), manual)
        yield QuestionVerdict(question, verdicts, row["earned"], texts(row["notes"]))


def facts(read: Read, number: int, *, whole: bool) -> dict[str, Any]:
    """Return what the judge measured; without `whole`, what is small of it."""
    rows = read(
        "SELECT name, value FROM facts WHERE grade = ? AND (? OR length(value) <= ?) "
        "ORDER BY rowid",
        (number, whole, LIGHT_BYTES),
    )
    return {row["name"]: json.loads(row["value"]) for row in rows}


def executed(read: Read, number: int) -> str:
    """Return the executed notebook as JSON."""
    (row,) = read("SELECT executed FROM grades WHERE grade = ?", (number,))
    return zlib.decompress(row["executed"]).decode()


def problems_as_json(problems: Iterable[Problem]) -> str:
    """Write problems as a JSON list of objects."""
    return json.dumps([asdict(problem) for problem in problems])


def problems(text: str) -> tuple[Problem, ...]:
    """Read problems from a JSON list of objects."""
    return tuple(_problem(each) for each in json.loads(text))


def _problem(value: object) -> Problem:
    """Return the problem that a JSON object says. Raises ValueError where it is none."""
    if isinstance(value, dict) and set(value) == {"kind", "found", "ask", "ours"}:
        types = (("kind", str), ("found", dict), ("ask", str), ("ours", bool))
        if all(isinstance(value[name], kind) for name, kind in types) and all(
            isinstance(each, str | int | float) for each in value["found"].values()
        ):
            return Problem(**value)
    raise ValueError(f"not a problem: {value!r:.200}")


@lru_cache(16)
def made_from(text: str) -> Mapping[str, str]:
    """Read what grades were made from."""
    return MappingProxyType(json.loads(text))


def texts(text: str) -> tuple[str, ...]:
    """Read a JSON list of texts."""
    return tuple(json.loads(text))
