"""Every point at which this process meets the system or another process is made to fail in turn.

Whatever fails: a documented exit code and a message, one row per submission or a word that there is
none, marks as undisturbed or blank; and the same command then completes the gradebook.
"""

from __future__ import annotations

import errno
import os
import socket
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import KitError
from autograder.grading.grader import Grader
from autograder.judge import client as judge
from autograder.reader import client as reader
from autograder.sandbox import client as sandbox
from autograder.store import opening
from autograder.wall.zygote import Zygote
from tests.faults.conftest import Command, rows_of
from tests.faults.inject import Point

Error = Callable[[], BaseException]


def os_error(number: int) -> Error:
    return lambda: OSError(number, os.strerror(number))


FULL, IO, FILES = os_error(errno.ENOSPC), os_error(errno.EIO), os_error(errno.EMFILE)
READ_ONLY = os_error(errno.EROFS)
MARKS = {"right": "10", "wrong": "9", "damaged": ""}
GONE, LATE, MEMORY = os_error(errno.EPIPE), TimeoutError, MemoryError


def garbled() -> BaseException:
    return ValueError("not JSON")


def ours() -> BaseException:
    return KitError("it did not fork")


GRADING: dict[str, tuple[Callable[[], Point], Error]] = {
    "to the driver": (lambda: Point(sandbox, "send"), GONE),
    "from the driver: late": (lambda: Point(sandbox, "receive"), LATE),
    "from the driver: garbled": (lambda: Point(sandbox, "receive"), garbled),
    "from the driver: no memory": (lambda: Point(sandbox, "receive"), MEMORY),
    "to the judge": (lambda: Point(judge, "send"), GONE),
    "from the judge: late": (lambda: Point(judge, "receive"), LATE),
    "from the judge: garbled": (lambda: Point(judge, "receive"), garbled),
    "a fork": (lambda: Point(Zygote, "connect"), ours),
    "a pair of sockets": (lambda: Point(socket, "socketpair"), FILES),
    "a descriptor on its way": (lambda: Point(socket, "send_fds"), FILES),
    "to the reader": (lambda: Point(reader, "send"), GONE),
    "from the reader: late": (lambda: Point(reader, "receive"), LATE),
    "from the reader: garbled": (lambda: Point(reader, "receive"), garbled),
    "from the reader: no memory": (lambda: Point(reader, "receive"), MEMORY),
    "the work files": (lambda: Point(Grader, "_work_files"), IO),
}  # fmt: skip
"""What one submission needs. Each is made to fail at its first, a middle and its last call."""


Calls = dict[tuple[int, str], int]


@contextmanager
def counted(points: Iterable[Point]) -> Iterator[Calls]:
    """Count how often each point is called."""
    calls: Calls = {}
    different = {(id(point.owner), point.name): point for point in points}
    with pytest.MonkeyPatch.context() as patch:
        for point in different.values():
            point.watch(patch)
        yield calls
    calls.update({key: point.calls for key, point in different.items()})


@pytest.fixture(scope="module")
def undisturbed(command: Command, tiny_grader: Grader) -> tuple[Command, Calls]:
    """The command with what it writes without a fault, and how often each point is called."""
    limits = replace(tiny_grader.settings.limits, cell_seconds=60.0)  # however busy the machine is
    patient = replace(tiny_grader, settings=replace(tiny_grader.settings, limits=limits))
    whole = replace(command, grader=patient, out=command.out.with_name("undisturbed"))
    with counted(make() for make, _ in GRADING.values()) as calls:
        assert whole.run().exit_code == 3
    return replace(whole, undisturbed=rows_of(whole.out)), calls


@pytest.mark.parametrize(
    "part",
    [0.0, *(pytest.param(part, marks=pytest.mark.slow) for part in (0.5, 1.0))],
    ids=["first", "middle", "last"],
)
@pytest.mark.parametrize("name", GRADING)
def test_grading(
    name: str, part: float, undisturbed: tuple[Command, Calls], tmp_path: Path
) -> None:
    command, calls = replace(undisturbed[0], out=tmp_path), undisturbed[1]
    assert {name: row[4] for name, row in command.undisturbed.items()} == MARKS
    make, error = GRADING[name]
    point = make()
    count = calls[id(point.owner), point.name]
    assert count, "nobody calls this"
    with pytest.MonkeyPatch.context() as patch:
        point.watch(patch, 1 + round(part * (count - 1)), error)
        command.check_fault(command.run())
    command.check_completed()


class Faulty(sqlite3.Connection):
    """A database whose disk fails at one statement, or at the end of one transaction."""

    calls = 0
    failing = 0
    error: Error = IO

    @classmethod
    def hit(cls) -> None:
        cls.calls += 1
        if cls.calls == cls.failing:
            raise cls.error()

    def execute(self, *arguments: Any) -> Any:
        self.hit()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        self.hit()
        return super().executemany(*arguments)

    def __exit__(self, *arguments: Any) -> Any:
        try:
            self.hit()
        except BaseException:
            self.rollback()
            raise
        return super().__exit__(*arguments)


def sqlite_error(text: str) -> Error:
    return lambda: sqlite3.OperationalError(text)


DATABASE: dict[str, Error] = {
    "disk full": sqlite_error("database or disk is full"),
    "disk fails": sqlite_error("disk I/O error"),
    "damaged": lambda: sqlite3.DatabaseError("database disk image is malformed"),
    "no memory": MEMORY,
    "interrupted": KeyboardInterrupt,
}


@pytest.mark.parametrize(
    "name",
    [n if n == "disk full" else pytest.param(n, marks=pytest.mark.slow) for n in DATABASE],
)
def test_every_access_to_the_database(
    name: str, quick: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = partial(sqlite3.connect, factory=Faulty)
    monkeypatch.setattr(opening.sqlite3, "connect", connect)
    monkeypatch.setattr(Faulty, "error", staticmethod(DATABASE[name]))
    each_in_turn(quick, tmp_path, Faulty)


FILES_WRITTEN: dict[str, tuple[Callable[[], Point], Error]] = {
    "made sure": (lambda: Point(os, "fsync"), IO),
    "put in place": (lambda: Point(Path, "replace"), READ_ONLY),
    "folder made": (lambda: Point(Path, "mkdir"), READ_ONLY),
    "interrupted": (lambda: Point(Path, "replace"), KeyboardInterrupt),
}


@pytest.mark.parametrize("name", FILES_WRITTEN)
def test_every_file_that_is_written(name: str, quick: Command, tmp_path: Path) -> None:
    make, error = FILES_WRITTEN[name]
    point = make()
    with pytest.MonkeyPatch.context() as patch:
        point.watch(patch, error=error)
        each_in_turn(quick, tmp_path, point)


def each_in_turn(quick: Command, folder: Path, point: Any) -> None:
    """Make the first, the second, ... the last call fail, each in a command of its own."""
    point.calls, point.failing = 0, 0
    replace(quick, out=folder / "counted").run()
    count = point.calls
    assert count, "nobody calls this"
    for number in range(1, count + 1):
        command = replace(quick, out=folder / str(number))
        point.calls, point.failing = 0, number
        command.check_fault(command.run())
        point.failing = 0
        command.check_completed()
