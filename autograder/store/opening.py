"""Opens `grades.sqlite`: makes or migrates it, refuses what cannot be used, keeps others out.

Without `PRAGMA journal_mode = WAL`: network file systems do not bear it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

from autograder.errors import UsageError
from autograder.store.grades import Store
from autograder.store.migrating import FORMAT, format_of, migrate, migrated, script

FILE = "grades.sqlite"
LOCK = ".grading.lock"
WAIT_SECONDS = 30.0
"""How long a command waits for another one that reads."""


@contextmanager
def open_store(folder: Path, assignment: str) -> Iterator[Store]:
    """Open `OUT/grades.sqlite` to grade into it, alone; what is in it stays.

    An older format is brought to the present one first, with a copy kept beside it: see
    `migrating`. Raises UsageError where it cannot be used: not writable, damaged, of another
    assignment or a newer version, or in use by another command; KitError where migrating fails.
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
    lock = closing(_hold(folder)) if alone else nullcontext()
    with lock, closing(_open(path, reading=not alone)) as connection:
        yield Store(connection, path)


def _hold(folder: Path) -> sqlite3.Connection:
    """Hold the folder; the system lets go of it when this process ends, however it ends."""
    path = folder / LOCK
    try:
        lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise _unusable(path, error) from None
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        if "locked" in str(error):
            raise UsageError(
                f"{folder}: another command is working in this folder. Wait for it, or choose "
                "another -o OUT."
            ) from None
        raise _unusable(path, error) from None
    return lock


def _open(path: Path, assignment: str = "", *, reading: bool = False) -> sqlite3.Connection:
    """Open a database of the present format: a new one is made, an older one is migrated.

    One that is only read is not touched; its folder need not be writable.
    """
    try:
        connection = _connect(path, reading=reading)
    except (sqlite3.Error, OSError) as error:
        raise _unusable(path, error) from None
    try:
        version = format_of(connection)
        if version > FORMAT:
            raise UsageError(
                f"{path}: written by a newer version of autograder (format {version}, this one has "
                f"{FORMAT}). Use that version, or choose another -o OUT."
            )
        if not version and not assignment:
            raise sqlite3.DatabaseError("there are no grades in it")
        if not version:
            _make(connection, assignment)
        elif version < FORMAT and reading:
            with closing(connection):
                connection = migrated(connection, path, version)
        elif version < FORMAT:
            migrate(connection, path, version)
        connection.execute(f"PRAGMA query_only = {reading:d}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.row_factory = sqlite3.Row
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise _unusable(path, error) from None
        raise
    return connection


def _connect(path: Path, *, reading: bool) -> sqlite3.Connection:
    """Connect to a file. The first formats used WAL: whoever reads must be able to write, then,
    unless it is said that nobody else is there. What a writer left behind shows that one was.
    """
    wal = path.is_file() and _uses_wal(path)
    left_behind = path.with_name(f"{path.name}-wal").exists()
    if wal and reading and not left_behind:
        return sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        if wal and not reading:
            connection.execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


def _uses_wal(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(19)[18:] == b"\x02"  # the file format's "read version"


def _make(connection: sqlite3.Connection, assignment: str) -> None:
    """Make the tables, all or none."""
    with connection:
        connection.executescript(f"BEGIN; {script('schema.sql')}; PRAGMA user_version = {FORMAT}")
        connection.execute("INSERT INTO assignment (name) VALUES (?)", (assignment,))


def _unusable(path: Path, why: object) -> UsageError:
    return UsageError(
        f"{path}: cannot be used: {why}. Is the folder writable and the disk not full? A damaged "
        "file can be moved away (keep it) and the class graded again; or choose another -o OUT."
    )
