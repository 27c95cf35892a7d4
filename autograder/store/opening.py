"""Opens `grades.sqlite`: makes it, refuses what cannot be used, keeps other commands out.

Without `PRAGMA journal_mode = WAL`: network file systems do not bear it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from autograder.errors import UsageError
from autograder.store.grades import Store

FILE = "grades.sqlite"
LOCK = ".grading.lock"
WAIT_SECONDS = 30.0
"""How long a command waits for another one that reads."""

VERSION = 4
"""Counts the changes of the schema."""
SCHEMA = """
CREATE TABLE assignment (name TEXT NOT NULL);
CREATE TABLE runs (                        -- one per command that grades
    run INTEGER PRIMARY KEY,
    started TEXT NOT NULL,                 -- UTC, ISO 8601, as all times here
    since INTEGER NOT NULL,                -- grades up to this one are not used again; -1: all are
    finished TEXT
);
CREATE TABLE grades (
    grade INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    basis TEXT NOT NULL,                   -- SHA-256 of all that the marks rest on
    graded TEXT NOT NULL,
    sha256 TEXT NOT NULL,                  -- of the notebook
    status TEXT NOT NULL,
    score REAL,                            -- NULL: blank, never a zero
    max_score REAL NOT NULL,
    problems TEXT NOT NULL,                -- JSON list
    remarks TEXT NOT NULL,                 -- JSON list
    seconds REAL NOT NULL,
    core_seconds REAL NOT NULL,
    memory_mb REAL NOT NULL,
    made_from TEXT NOT NULL,               -- JSON object: tests, settings, data, versions
    flags TEXT NOT NULL,                   -- JSON list of [name, evidence], for a human to look at
    executed BLOB NOT NULL                 -- the executed notebook: JSON, compressed by zlib
);
CREATE INDEX grades_by_basis ON grades (submission, basis);
CREATE TABLE facts (                       -- what the judge measured
    grade INTEGER NOT NULL REFERENCES grades,
    name TEXT NOT NULL,
    value TEXT NOT NULL,                   -- JSON
    PRIMARY KEY (grade, name)
);
CREATE TABLE questions (
    grade INTEGER NOT NULL REFERENCES grades,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    all_or_nothing INTEGER NOT NULL,
    earned REAL,
    possible REAL NOT NULL,
    notes TEXT NOT NULL,                   -- JSON list, for staff
    PRIMARY KEY (grade, position)
);
CREATE TABLE verdicts (
    grade INTEGER NOT NULL REFERENCES grades,
    question TEXT NOT NULL,
    position INTEGER NOT NULL,
    case_name TEXT NOT NULL,
    label TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    points REAL NOT NULL,
    hint TEXT NOT NULL,
    outcome TEXT NOT NULL,
    message TEXT NOT NULL,                 -- for the student
    detail TEXT NOT NULL,                  -- for staff
    PRIMARY KEY (grade, question, position)
);
CREATE TABLE gradebook (                   -- which grade counts
    submission TEXT PRIMARY KEY,
    grade INTEGER NOT NULL REFERENCES grades,
    student TEXT NOT NULL,
    earlier TEXT NOT NULL,                 -- JSON list: the student's earlier submissions
    remarks TEXT NOT NULL                  -- JSON list: how it was handed in
);
CREATE TABLE overrides (                   -- the latest that is not undone counts
    override INTEGER PRIMARY KEY,
    submission TEXT NOT NULL,
    question TEXT NOT NULL,
    points REAL NOT NULL,
    reason TEXT NOT NULL,
    made TEXT NOT NULL,
    sha256 TEXT NOT NULL,                  -- of the notebook that was looked at
    undone TEXT
);
"""


@contextmanager
def open_store(folder: Path, assignment: str) -> Iterator[Store]:
    """Open `OUT/grades.sqlite` to grade into it, alone; what is in it stays.

    Raises UsageError where it cannot be used: not writable, damaged, of another assignment or
    version, or in use by another command.
    """
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error) from None
    with closing(_hold(folder)), closing(_open(path, assignment)) as connection:
        store = Store(connection, path)
        if store.assignment != assignment:
            raise UsageError(
                f"{path}: holds grades of `{store.assignment}`, not of `{assignment}`. Choose "
                "another -o OUT."
            )
        yield store


@contextmanager
def existing_store(folder: Path, *, alone: bool = False) -> Iterator[Store]:
    """Open what `grade` wrote; `alone` for a command that writes.

    Raises UsageError where there is nothing, or nothing usable.
    """
    path = folder / FILE
    if not path.is_file():
        raise UsageError(f"{folder}: no {FILE} here. Name the OUT folder of `autograder grade`.")
    if alone:
        with closing(_hold(folder)), closing(_open(path)) as connection:
            yield Store(connection, path)
    else:
        with closing(_open(path)) as connection:
            yield Store(connection, path)


def _hold(folder: Path) -> sqlite3.Connection:
    """Hold the folder; the system lets go of it when this process ends, however it ends."""
    path = folder / LOCK
    try:
        lock = sqlite3.connect(path, timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise UsageError(
                f"{folder}: another command is working in this folder. Wait for it, or choose "
                "another -o OUT."
            ) from None
        raise _unusable(path, error) from None
    return lock


def _open(path: Path, assignment: str = "") -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
    except sqlite3.Error as error:
        raise _unusable(path, error) from None
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables and not assignment:
            raise sqlite3.DatabaseError("there are no grades in it")
        if not tables:
            _make(connection, assignment)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (health,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        connection.close()
        raise _unusable(path, error) from None
    if version == VERSION and health == "ok":
        return connection
    connection.close()
    if version != VERSION:
        raise UsageError(
            f"{path}: written by another version of autograder (format {version}, this one has "
            f"{VERSION}). Choose another -o OUT."
        )
    raise _unusable(path, health)


def _make(connection: sqlite3.Connection, assignment: str) -> None:
    """Make the tables, all or none."""
    with connection:
        connection.executescript(f"BEGIN; {SCHEMA}; PRAGMA user_version = {VERSION}")
        connection.execute("INSERT INTO assignment VALUES (?)", (assignment,))


def _unusable(path: Path, why: object) -> UsageError:
    return UsageError(
        f"{path}: cannot be used: {why}. Is the folder writable and the disk not full? A damaged "
        "file can be moved away (keep it) and the class graded again; or choose another -o OUT."
    )
