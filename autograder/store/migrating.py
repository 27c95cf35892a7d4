"""Brings an older `grades.sqlite` to the present format, with everything in it.

Each format has a file `to-N.sql`, which makes format N of the one before it and is never changed
again; `schema.sql` makes a new database of the present format. All steps are one transaction.
Before it, the file is copied aside: `grades.sqlite.v3` is one of format 3.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from autograder.errors import KitError, UsageError

FORMAT = 5
"""Counts the changes of the schema; SQLite's `user_version`."""
_OUR_FAULT = "our fault"
"""How the text of a problem began, before format 5, where the student had no part in it."""
_log = logging.getLogger("autograder.store")


def script(name: str) -> str:
    """Return one of the SQL files beside this module."""
    return files("autograder.store").joinpath(name).read_text(encoding="utf-8")


def format_of(connection: sqlite3.Connection) -> int:
    """Return a database's format; 0 where there is nothing in it.

    Raises sqlite3.DatabaseError where it is no gradebook, or damaged.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if tables and not {"runs", "grades", "verdicts"} <= tables:
        raise sqlite3.DatabaseError("it holds something else than grades")
    (health,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if health != "ok":
        raise sqlite3.DatabaseError(health)
    return int(version or bool(tables))  # the first format did not write down that it is the first


def migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring the file at `path` to the present format; nobody else may be writing into it.

    Raises KitError where that fails; then the file is as it was.
    """
    copy = path.with_name(f"{path.name}.v{version}")
    try:
        _check_assignment(connection, path, version)
        _copy_aside(connection, copy)
        _run(connection, version)
    except (sqlite3.Error, OSError, ValueError) as error:
        raise _failed(path, version, error) from error
    _log.info("%s: brought from format %d to %d; a copy is %s", path, version, FORMAT, copy)


def migrated(connection: sqlite3.Connection, path: Path, version: int) -> sqlite3.Connection:
    """Return the present format of a database that is only read; its file stays as it is.

    It lives in memory, or beside the system's temporary files where it is large.
    """
    temporary = sqlite3.connect("")
    try:
        _check_assignment(connection, path, version)
        connection.backup(temporary)
        _run(temporary, version)
    except BaseException as error:
        temporary.close()
        if isinstance(error, sqlite3.Error | ValueError):
            raise _failed(path, version, error) from error
        raise
    return temporary


def _copy_aside(connection: sqlite3.Connection, copy: Path) -> None:
    """Write a copy that is there whole or not at all."""
    partial = copy.with_name(f"{copy.name}.partial")
    partial.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(partial)) as target:
            connection.backup(target)
        partial.replace(copy)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _run(connection: sqlite3.Connection, version: int) -> None:
    """Run all steps from a format to the present one, or none of them."""
    connection.create_function("fact", 2, _fact, deterministic=True)
    connection.create_function("problem_records", 1, _problem_records, deterministic=True)
    steps = [script(f"to-{number}.sql") for number in range(version + 1, FORMAT + 1)]
    with connection:
        connection.executescript(
            "\n".join(["BEGIN IMMEDIATE;", *steps, f"PRAGMA user_version = {FORMAT};"])
        )
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.DatabaseError("its tables do not belong together")


def _check_assignment(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse what the first formats allowed: several assignments in one folder."""
    if version > 2:
        return
    names = [name for (name,) in connection.execute("SELECT DISTINCT assignment FROM runs")]
    if len(names) > 1:
        raise UsageError(
            f"{path}: holds grades of {', '.join(f'`{name}`' for name in sorted(names))}; now each "
            "assignment has a folder of its own. Choose another -o OUT."
        )


def _fact(facts: str, name: str) -> str:
    """Return one of the facts in a JSON object, as JSON."""
    return json.dumps(json.loads(facts)[name])


def _problem_records(problems: str) -> str:
    """Make records of problems that are a JSON list of texts."""
    return json.dumps(
        [
            {"kind": "text", "found": {"text": t}, "ask": "", "ours": t.startswith(_OUR_FAULT)}
            for t in json.loads(problems)
        ]
    )


def _failed(path: Path, version: int, error: Exception) -> KitError:
    return KitError(
        f"{path}: cannot be brought from format {version} to {FORMAT}: {error}. The file is as it "
        "was. Is the folder writable and the disk not full? Then run the same command again; the "
        "version of autograder that wrote the file can read it meanwhile."
    )
