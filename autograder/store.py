"""Grades in SQLite: every verdict, with what it was made from. All SQL is here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from autograder.errors import UsageError
from autograder.records import Grade

FILE = "grades.sqlite"

_VERSION = 2
"""Counts the changes of the schema."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    run INTEGER PRIMARY KEY,
    assignment TEXT NOT NULL,
    started TEXT NOT NULL                  -- UTC, ISO 8601
);
CREATE TABLE IF NOT EXISTS grades (
    run INTEGER NOT NULL REFERENCES runs,
    submission TEXT NOT NULL,
    sha256 TEXT NOT NULL,                  -- of the notebook
    status TEXT NOT NULL,
    score REAL,                            -- NULL: blank, never a zero
    max_score REAL NOT NULL,
    problems TEXT NOT NULL,                -- JSON list
    seconds REAL NOT NULL,
    made_from TEXT NOT NULL,               -- JSON object: tests, settings, data, versions
    flags TEXT NOT NULL,                   -- JSON list of [name, evidence], for a human to look at
    facts TEXT NOT NULL,                   -- JSON object: what the judge measured
    PRIMARY KEY (run, submission)
);
CREATE TABLE IF NOT EXISTS questions (
    run INTEGER NOT NULL,
    submission TEXT NOT NULL,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    earned REAL,
    possible REAL NOT NULL,
    notes TEXT NOT NULL,                   -- JSON list, for staff
    PRIMARY KEY (run, submission, question),
    FOREIGN KEY (run, submission) REFERENCES grades
);
CREATE TABLE IF NOT EXISTS verdicts (
    run INTEGER NOT NULL,
    submission TEXT NOT NULL,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    case_name TEXT NOT NULL,
    label TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    points REAL NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,                 -- for the student
    detail TEXT NOT NULL,                  -- for staff
    PRIMARY KEY (run, submission, question, position),
    FOREIGN KEY (run, submission, question) REFERENCES questions
);
"""


class Store:
    """One open `grades.sqlite` and one run in it. Each grade is written whole or not at all."""

    def __init__(self, connection: sqlite3.Connection, run: int) -> None:
        self._connection = connection
        self._run = run

    def add(self, grade: Grade) -> None:
        """Write one submission's row and all its verdicts."""
        with self._connection:
            self._connection.execute(
                "INSERT INTO grades VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._run,
                    grade.submission,
                    grade.sha256,
                    grade.status,
                    grade.score,
                    grade.max_score,
                    json.dumps(grade.problems),
                    grade.seconds,
                    json.dumps(dict(grade.made_from), sort_keys=True),
                    json.dumps([[flag.name, flag.evidence] for flag in grade.flags]),
                    json.dumps(dict(grade.facts)),
                ),
            )
            for position, verdict in enumerate(grade.questions):
                key = (self._run, grade.submission)
                self._connection.execute(
                    "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        *key,
                        position,
                        verdict.question.name,
                        verdict.earned,
                        verdict.question.points,
                        json.dumps(verdict.notes),
                    ),
                )
                self._connection.executemany(
                    "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [
                        (
                            *key,
                            verdict.question.name,
                            number,
                            case.case.name,
                            case.case.label,
                            case.case.hidden,
                            case.case.points,
                            case.outcome,
                            case.message,
                            case.detail,
                        )
                        for number, case in enumerate(verdict.cases)
                    ],
                )


@contextmanager
def open_store(folder: Path, assignment: str) -> Iterator[Store]:
    """Open `OUT/grades.sqlite` for a new run; earlier runs stay in it."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path)
    except (sqlite3.Error, OSError) as error:
        raise _unwritable(path, error) from None
    with closing(connection):
        try:
            _check_version(connection, path)
            yield Store(connection, _start(connection, assignment))
        except sqlite3.Error as error:
            raise _unwritable(path, error) from None


def _check_version(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a database that another version of this program wrote."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and version != _VERSION:
        raise UsageError(
            f"{path}: written by another version of autograder (format {version}, this one has "
            f"{_VERSION}). Choose another -o OUT."
        )


def _start(connection: sqlite3.Connection, assignment: str) -> int:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    with connection:
        connection.executescript(_SCHEMA)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        cursor = connection.execute(
            "INSERT INTO runs (assignment, started) VALUES (?, ?)",
            (assignment, datetime.now(UTC).isoformat(timespec="seconds")),
        )
    return int(cursor.lastrowid or 0)


def _unwritable(path: Path, error: Exception) -> UsageError:
    return UsageError(f"{path}: cannot be written: {error}. Choose another -o OUT.")
