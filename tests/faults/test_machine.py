"""A machine that fails: full disks, read-only folders, damaged files, wrong clocks, no descriptors."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from autograder.course.config import Assignment
from autograder.errors import UsageError, machines_fault
from autograder.grading.grader import Grader
from autograder.judge import Judge
from autograder.records import Problem, Status
from autograder.store import FILE, grades, open_store
from autograder.wall.confine import Level
from autograder.wall.messages import Report
from autograder.wall.supplies import Supplies
from tests.conftest import solved_but, submission
from tests.faults.conftest import Command, rows_of
from tests.faults.running import Grading

NOISE = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=120_000))


def mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"this machine lets us mount nothing: {done.stderr.strip()}")


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a disk that is full or read-only")
    folder.mkdir()
    mount("-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_the_results_disk_is_full_and_then_is_not(quick: Command, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=200k") as disk:
        command = replace(quick, out=disk, grader=replace(quick.grader, executed=NOISE))
        result = command.run()
        assert (result.exit_code, "full" in result.output) == (3, True), result.output
        command.check_fault(result)
        mount("-o", "remount,size=8m", str(disk))
        command.check_completed()


def test_the_results_folder_is_read_only(quick: Command, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=1m,ro") as disk:
        command = replace(quick, out=disk)
        result = command.run()
        assert (result.exit_code, str(disk) in result.output) == (2, True), result.output
        assert "Traceback" not in result.output
        mount("-o", "remount,rw", str(disk))
        command.check_completed()


def test_the_temporary_disk_is_full(command: Command, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "size=4k,nr_inodes=3") as disk:
        mine = Grading(command.course.root, command.submissions, tmp_path / "out", disk)
        code, said = mine.run()
        assert code in (2, 3), said
        assert "No space left" in said
        assert "Traceback" not in said
        assert mine.left() == []


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2 // 4096 * 4096)


def zeroed(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(path.stat().st_size - 4096))


def another_file(path: Path) -> None:
    path.write_bytes(b"submission,status\n" * 1_000)


def a_value(column: str, value: object) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(f"UPDATE grades SET {column} = ?", (value,))

    return damage


DAMAGES: dict[str, Callable[[Path], None]] = {
    "cut off": cut,
    "zeros": zeroed,
    "another file": another_file,
    "no JSON": a_value("problems", "["),
    "no status": a_value("status", "who knows"),
    "no list": a_value("flags", "7"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_database_is_named_and_left_alone(name: str, quick: Command) -> None:
    path = quick.out / FILE
    DAMAGES[name](path)
    before = path.read_bytes()
    result = quick.run()
    assert result.exit_code in (2, 3), result.output
    assert str(path) in result.output
    assert "Traceback" not in result.output
    assert rows_of(quick.out) == quick.undisturbed, "the gradebook that there was stays"
    if result.exit_code == 2:
        assert path.read_bytes() == before
    path.rename(path.with_suffix(".damaged"))
    quick.check_completed()


def test_a_clock_that_runs_backwards_changes_nothing(
    quick: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [datetime(2030, 1, 1, tzinfo=UTC)]

    class Backwards(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            now[0] -= timedelta(days=1)
            return now[0]

    monkeypatch.setattr(grades, "datetime", Backwards)
    command = replace(quick, out=tmp_path / "out")
    for more, graded in (((), 3), ((), 3), (("--again",), 6), ((), 6)):
        assert command.run(*more).exit_code == 3
        assert rows_of(command.out) == quick.undisturbed
        assert command.graded() == graded


def test_two_commands_on_one_folder(quick: Command, tmp_path: Path) -> None:
    command = replace(quick, out=tmp_path / "out")
    with open_store(command.out, "tiny"):
        result = command.run()
        assert result.exit_code == 2
        assert "another command is working in this folder" in result.output
        with pytest.raises(UsageError), open_store(command.out, "tiny"):
            pass
    command.check_completed()


# ------------------------------------------------------------ memory and descriptors

MACHINES = [
    MemoryError(),
    OSError(12, "Cannot allocate memory"),
    OSError(24, "Too many open files"),
    OSError(5, "Input/output error"),
]
THEIRS = [ValueError(), OSError(40, "Too many levels of symbolic links"), FileNotFoundError(2, "")]


@pytest.mark.parametrize("error", [*MACHINES, *THEIRS], ids=repr)
def test_whose_fault_it_is(error: Exception) -> None:
    try:
        try:
            raise error
        except Exception:  # noqa: BLE001 - as where hostile bytes are read
            raise ValueError("refused") from None
    except ValueError as later:
        assert machines_fault(error) == machines_fault(later) == (error in MACHINES)


@pytest.mark.slow
def test_a_judge_without_descriptors_costs_no_mark(
    tiny: Assignment, tiny_grader: Grader, best_level: Level
) -> None:
    """From enough to too few: right or blank, never wrong."""
    limits = replace(tiny_grader.settings.limits, cell_seconds=60.0)
    patient = replace(tiny_grader, settings=replace(tiny_grader.settings, limits=limits))
    with Judge(best_level, tiny.staff, Supplies(("keras",)), limits.memory_mb) as judge:
        judge.wait_until_ready()
        assert judge._process is not None
        top = psutil.Process(judge._process.pid)
        warm = next((p for p in top.children(recursive=True) if not p.children()), top)
        used, one, found = warm.num_fds(), replace(patient, judge=judge), []
        for limit in range(used + 6, used - 2, -1):
            warm.rlimit(psutil.RLIMIT_NOFILE, (limit, limit))
            judge._ending = True  # it is not revived meanwhile
            grade = one.grade(submission("student-01", solved_but(tiny)))
            assert grade.score in (None, 10), grade.problems
            assert (grade.status is Status.UNGRADED) == (grade.score is None)
            found.append(grade.score)
    assert None in found
    assert found == sorted(found, key=lambda score: score is None)


class Killed:
    """A sandbox whose kernels are killed, as often as said."""

    level = Level.FULL

    def __init__(self, times: int) -> None:
        self.left = times

    def run(self, *_: object) -> Report:
        self.left -= 1
        ended = Problem("process ended", {"where": "q1 (cell 3)"})
        return Report(ended=ended, killed=True) if self.left >= 0 else Report()

    def revive(self) -> None:
        pass


KILLED = [
    ("once: it runs again", 1, Status.GRADED),
    ("always: it kills itself, or has the system do it", 9, Status.PROBLEMS),
]


@pytest.mark.parametrize(("times", "status"), [k[1:] for k in KILLED], ids=[k[0] for k in KILLED])  # fmt: skip
def test_a_kernel_that_is_killed(
    times: int,
    status: Status,
    tiny_grader: Grader,
    tiny: Assignment,
) -> None:
    one = replace(tiny_grader, sandbox=Killed(times))  # type: ignore[arg-type]
    grade = one.grade(submission("student-01", solved_but(tiny)))
    assert (grade.status, grade.score is None) == (status, status is Status.UNGRADED)
