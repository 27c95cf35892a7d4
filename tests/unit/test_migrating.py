"""An older gradebook opens with everything in it, or stays as it is."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import AutograderError, KitError, UsageError
from autograder.records import Flag, Outcome, Override, Problem, Status
from autograder.store import FILE, Entry, Store, existing_store, migrating, open_store, rows
from autograder.store.migrating import FORMAT

ROOT = Path(__file__).parents[2]
DATABASES = ROOT / "tests" / "databases"
OLD = range(1, FORMAT)
MAKE = str(DATABASES / "make.py")


def old(version: int, folder: Path) -> Path:
    """A folder with a gradebook of an older format; returns the database."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(DATABASES / f"format-{version}.sqlite", folder / FILE))


def same(path: Path, before: bytes) -> bool:
    """Whether a file is as it was, but for how SQLite writes to it, which its header says."""
    now = path.read_bytes()
    return (now[:18], now[100:]) == (before[:18], before[100:])


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a database of the present format, by table; columns in one order."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        found = {"format": connection.execute("PRAGMA user_version").fetchall()}
        for name, _ in tables.fetchall():
            info = connection.execute(f"PRAGMA table_info({name})").fetchall()
            columns = sorted(column[1] for column in info)
            found[name] = connection.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()
    return found


def schema(path: Path) -> set[tuple[Any, ...]]:
    """Each table's columns and keys; a column that was added has a default, which nobody uses."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            (name, column, kind, required, key)
            for (name,) in names
            for _, column, kind, required, _, key in connection.execute(
                f"PRAGMA table_info({name})"
            )
        }


def text(text: str, *, ours: bool = False) -> Problem:
    return Problem("text", {"text": text}, ours=ours)


def check(store: Store, version: int) -> None:
    """All that make.py wrote is there, as far as the format had a place for it."""
    first, second = store.book()
    assert store.assignment == "mnist"
    assert (first.submission, first.sha256, first.score) == ("student-01", "second", 2.0)
    assert first.status is Status.PROBLEMS
    assert (second.status, second.score) == (Status.UNGRADABLE, None)
    assert first.max_score == 6.0
    assert first.made_from == {"data": "mnist", "tests": "t1"}
    assert first.problems == (
        text("é \ud800"),
        text("our fault: q2 could not be judged", ours=True),
    )
    assert second.problems == (text("it is no notebook"),)
    assert first.flags == ((Flag("gap", "z = 6"),) if version > 1 else ())
    assert first.facts == ({"test_accuracy": 0.98, "curve": [1, None]} if version > 1 else {})
    verdict = first.questions[0]
    assert (verdict.question.name, verdict.earned, verdict.notes) == ("q1", 2.0, ("a note",))
    assert [case.outcome for case in verdict.cases] == [Outcome.PASSED, Outcome.FAILED]
    assert (verdict.cases[1].message, verdict.cases[1].detail) == ("look again", "x is 5")
    assert first.questions[1].earned is None
    assert store.last_graded() == "2026-11-20"
    whole = store.one("student-01")
    assert whole is not None
    assert whole.executed == ('{"cells": ["é"]}' if version > 2 else "")
    assert store.grade(1).score == 1.0, "what does not count any more is kept"
    if version > 2:
        check_gradebook(store)


def check_gradebook(store: Store) -> None:
    """What only formats with a gradebook have."""
    first, second = store.book()
    word = Override(3.0, "right after all, é", "2026-11-20T12:06:00+00:00", "first")
    other = Override(0.5, "read by a TA", "2026-11-20T12:11:00+00:00", "")
    assert store.overrides() == {"student-01": {"q1": word}, "student-02": {"q2": other}}
    assert first.questions[0].override == word
    assert first.questions[0].final == 3.0
    assert first.questions[1].override is None, "undone"
    assert first.questions[0].question.all_or_nothing
    assert first.questions[0].cases[1].case.hint == "look again"
    assert (first.core_seconds, first.memory_mb) == (9.5, 300.5)
    how = ("canvas:2", ("draft.ipynb",), ("handed in late", "a remark"))
    assert (second.student, second.earlier, second.remarks) == how
    assert store.known("student-01", "basis 3") == 3
    assert store.entries()["student-01"] == Entry(3)


OPENERS: dict[str, Callable[[Path], Any]] = {
    "to grade": lambda folder: open_store(folder, "mnist"),
    "to write": lambda folder: existing_store(folder, alone=True),
    "to read": existing_store,
}


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("version", OLD)
def test_an_older_gradebook_opens_with_everything_in_it(
    version: int, opener: str, tmp_path: Path
) -> None:
    path = old(version, tmp_path)
    before = path.read_bytes()
    with OPENERS[opener](tmp_path) as store:
        check(store, version)
    if opener == "to read":
        assert path.read_bytes() == before, "who only reads changes nothing"
        assert [each.name for each in tmp_path.iterdir()] == [FILE]
        return
    with closing(sqlite3.connect(tmp_path / f"{FILE}.v{version}")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == (
            version if version > 1 else 0
        )
        assert connection.execute("SELECT count(*) FROM grades").fetchone() == (3,)
    names = {FILE, f"{FILE}.v{version}", ".grading.lock"}
    assert {each.name for each in tmp_path.iterdir()} == names
    with open_store(tmp_path, "mnist") as store:
        check(store, version)
        store.override("student-02", "q1", 1.0, "it can be written")


@pytest.mark.parametrize("version", OLD)
def test_a_migrated_database_is_like_a_new_one(version: int, tmp_path: Path) -> None:
    path = old(version, tmp_path / "old")
    for folder in ("old", "new"):
        with open_store(tmp_path / folder, "mnist"):
            pass
    assert schema(path) == schema(tmp_path / "new" / FILE)
    assert content(path)["format"] == [(FORMAT,)]


def test_problems_become_records_and_say_whose_fault_it_was(tmp_path: Path) -> None:
    path = old(4, tmp_path)
    with open_store(tmp_path, "mnist"):
        pass
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT problems FROM grades WHERE sha256 = 'second'"
        (problems,) = connection.execute(query).fetchone()
    fault = "our fault: q2 could not be judged"
    assert rows.problems(problems) == (text("é \ud800"), text(fault, ours=True))


def test_the_present_format_is_what_make_writes(tmp_path: Path) -> None:
    """Who changes the format makes a database of the one before it, with this."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, MAKE, str(tmp_path)], check=True, env=environment)
    with existing_store(tmp_path) as store:
        check(store, FORMAT)


# ---------------------------------------------------------------- what goes wrong


@pytest.mark.parametrize("version", [1, 4])
@pytest.mark.parametrize("reading", [True, False])
def test_several_assignments_in_one_folder(version: int, reading: bool, tmp_path: Path) -> None:
    path = old(version, tmp_path)
    if version == 1:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("UPDATE runs SET assignment = 'tiny' WHERE run = 2")
        with pytest.raises(UsageError, match="grades of `mnist`, `tiny`; now each"):
            existing_store(tmp_path, alone=not reading).__enter__()
        assert not (tmp_path / f"{FILE}.v1").exists()
    else:
        with pytest.raises(UsageError, match="grades of `mnist`, not of `tiny`"):
            open_store(tmp_path, "tiny").__enter__()


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist"):
        pass
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = path.read_bytes()
    for opener in OPENERS.values():
        with pytest.raises(UsageError, match=r"grades\.sqlite: written by a newer version"):
            opener(tmp_path).__enter__()
    assert path.read_bytes() == before


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE runs (run INTEGER PRIMARY KEY)")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="it holds something else than grades"):
        open_store(tmp_path, "mnist").__enter__()
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.v*"))


class Stops(sqlite3.Connection):
    """A connection whose scripts are broken off after so many steps."""

    steps, step_size = 0, 0

    def executescript(self, script: str) -> sqlite3.Cursor:
        self.set_progress_handler(self.step, Stops.step_size)
        return super().executescript(script)

    def step(self) -> bool:
        Stops.steps -= 1
        return Stops.steps < 0


@pytest.mark.parametrize("version", OLD)
def test_one_that_is_broken_off_anywhere_leaves_the_old_file(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect, path = sqlite3.connect, old(version, tmp_path)
    before = path.read_bytes()
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Stops))
    failures, Stops.step_size = 0, 100 if version < 3 else 15
    for steps in range(1_000):
        Stops.steps = steps
        try:
            with open_store(tmp_path, "mnist"):
                break
        except KitError as error:
            failures += 1
            assert f"from format {version} to {FORMAT}: interrupted" in str(error)
            assert same(path, before)
    assert failures > 3
    with open_store(tmp_path, "mnist") as store:
        check(store, version)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As a full disk, but for this process alone."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("version", OLD)
def test_a_full_disk_leaves_the_old_file(version: int, tmp_path: Path) -> None:
    path = old(version, tmp_path)
    before, copies = path.read_bytes(), set()
    for size in range(0, 2 * len(before), 4096):
        try:
            with files_of_at_most(size), open_store(tmp_path, "mnist"):
                break
        except AutograderError as error:
            assert str(path) in str(error) or ".grading.lock" in str(error)
        with existing_store(tmp_path) as store:  # what was begun is rolled back
            check(store, version)
        copies.add((tmp_path / f"{FILE}.v{version}").exists())
        assert not list(tmp_path.glob("*.partial"))
    assert False in copies, "no room for the copy"
    with open_store(tmp_path, "mnist") as store:
        check(store, version)


@pytest.mark.parametrize("version", OLD)
def test_one_that_is_killed_leaves_the_old_file(version: int, tmp_path: Path) -> None:
    path = old(version, tmp_path)
    before = path.read_bytes()
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom autograder.store import migrating, open_store\n"
        "migrating._problem_records = lambda _: os._exit(9)\n"
        "open_store(Path(sys.argv[1]), 'mnist').__enter__()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, cwd=ROOT)
    assert done.returncode == 9
    assert (tmp_path / f"{FILE}.v{version}").exists()
    with existing_store(tmp_path) as store:
        check(store, version)
    assert same(path, before)
    with open_store(tmp_path, "mnist") as store:
        check(store, version)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write anywhere; others may not."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.parametrize("version", OLD)
def test_reading_in_a_folder_that_cannot_be_written(
    version: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = {
        path.name: path.read_text() for path in Path(migrating.__file__).parent.glob("*.sql")
    }
    monkeypatch.setattr(migrating, "script", scripts.__getitem__)  # nobody cannot look in here
    folder = tmp_path / "out"
    old(version, folder).chmod(0o444)
    for each in (tmp_path, *tmp_path.parents[:3]):
        each.chmod(0o755)
    folder.chmod(0o555)
    with as_nobody():
        with pytest.raises(PermissionError):
            (folder / "new").touch()
        with existing_store(folder) as store:
            check(store, version)
    folder.chmod(0o755)
    assert [each.name for each in folder.iterdir()] == [FILE]


class Counted(sqlite3.Connection):
    """A connection that says when it is closed."""

    opened: set[int] = set()  # noqa: RUF012 - of all connections

    def __init__(self, *words: Any, **named: Any) -> None:
        Counted.opened.add(id(self))
        super().__init__(*words, **named)

    def close(self) -> None:
        Counted.opened.discard(id(self))
        super().close()


NOT_USABLE = {
    "it is fine": "SELECT 1",
    "it is newer": f"PRAGMA user_version = {FORMAT + 1}",
    "it cannot be migrated": "UPDATE grades SET problems = '['",
    "it is something else": "DROP TABLE verdicts",
}


@pytest.mark.parametrize("name", NOT_USABLE)
@pytest.mark.parametrize("held", [False, True])
def test_every_connection_is_closed(
    name: str, held: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old(4, tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(NOT_USABLE[name])
    connect, other = sqlite3.connect, sqlite3.connect(tmp_path / ".grading.lock")
    if held:
        other.execute("BEGIN EXCLUSIVE")
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Counted))
    for opener in reversed(OPENERS.values()):
        try:
            with opener(tmp_path):
                assert Counted.opened
        except AutograderError:
            assert held or name != "it is fine"
        assert not Counted.opened
    other.close()


def test_who_only_reads_cannot_write(tmp_path: Path) -> None:
    old(4, tmp_path)
    with existing_store(tmp_path) as store, pytest.raises(KitError, match="readonly"):
        store.override("student-01", "q1", 1.0, "lost")
