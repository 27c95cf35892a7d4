"""Each kind of process of ours is killed or stopped in the middle; nobody's mark depends on it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.config import Assignment, Course
from autograder.wall.confine import Level
from tests.faults.running import Grading, nothing_stays, patient_course, wait_for, write_class

COUNT = 4


@pytest.fixture(scope="module")
def whole(
    tiny_course: Course,
    tiny: Assignment,
    best_level: Level,
    tmp_path_factory: pytest.TempPathFactory,
) -> Grading:
    """A class, graded without a fault; a test grades it again, into another folder."""
    folder = tmp_path_factory.mktemp("processes")
    course = patient_course(tiny_course, folder / "course")
    submissions = write_class(tiny, folder / "class", COUNT)
    one = Grading(course, submissions, folder / "out", folder / "tmp", isolation=best_level)
    code, said = one.run()
    assert code == 0, said
    assert [row[4] for row in one.rows().values()] == ["9", "10"] * (COUNT // 2)
    assert (one.marked(), one.left()) == (COUNT, [])
    return one


def follow(process: subprocess.Popen[str], what: str) -> None:
    """Read what the command says, until it says this."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if what in line:
            return
    raise AssertionError("".join(said))


STRIKES: list[tuple[signal.Signals, list[str]]] = [
    (signal.SIGKILL, ["guard", "init", "kernel"]),
    (signal.SIGKILL, ["driver", "judge's session", "judge's fork"]),
    (signal.SIGKILL, ["kernels", "drivers", "judge"]),
    (signal.SIGSTOP, ["driver", "judge's fork", "init"]),
    (signal.SIGSTOP, ["kernels", "drivers", "judge"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("number", "kinds"), STRIKES, ids=lambda value: str(value))
def test_one_after_the_other(
    number: signal.Signals, kinds: Sequence[str], whole: Grading, tmp_path: Path
) -> None:
    """The n-th submission is hit at one kind of process; it runs again, and all have their marks."""
    if whole.isolation == Level.NONE:
        kinds = [kind for kind in kinds if kind != "judge's fork"]
    mine = replace(whole, out=tmp_path / "out", temporary=tmp_path / "tmp")
    with mine.start() as process:
        for done, kind in enumerate(kinds):
            if done:
                follow(process, f"[{done}/{COUNT}]")
            wait_for("judge's session", process)  # its first question is being judged, or was
            time.sleep(0.3)
            wait_for(kind, process).send_signal(number)
        with nothing_stays(process):
            said = process.communicate(timeout=600)[0]
    assert process.returncode == 0, said
    assert mine.rows() == whole.rows()
    assert (mine.run()[0], mine.marked(), mine.left()) == (0, COUNT, [])
    assert (mine.out / "grades.csv").exists()


@pytest.mark.parametrize("after", [pytest.param(0, marks=pytest.mark.slow), 2])
def test_the_command_itself_is_killed(after: int, whole: Grading, tmp_path: Path) -> None:
    mine = replace(whole, out=tmp_path / "out", temporary=tmp_path / "tmp", jobs=2)
    with mine.start() as process:
        if after:
            follow(process, f"[{after}/{COUNT}]")
        wait_for("kernel", process)
        with nothing_stays(process):
            process.kill()
    assert mine.left(), "what it left is swept away by the next one"
    code, said = mine.run()
    assert code == 0, said
    assert mine.rows() == whole.rows()
    assert (mine.marked(), mine.left()) == (COUNT, [])


MOMENTS: dict[str, tuple[list[signal.Signals], str]] = {
    "Ctrl-C while it starts": ([signal.SIGINT], "Starting the sandbox"),
    "Ctrl-C in the middle": ([signal.SIGINT], "[1/4]"),
    "Ctrl-C twice": ([signal.SIGINT, signal.SIGINT], "[1/4]"),
    "a request to terminate": ([signal.SIGTERM], "[1/4]"),
}


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_interrupted(moment: str, whole: Grading, tmp_path: Path) -> None:
    """Interrupted cleanly: a gradebook of what is done, no process and no temporary file."""
    signals, what = MOMENTS[moment]
    mine = replace(whole, out=tmp_path / "out", temporary=tmp_path / "tmp", jobs=2)
    with mine.start() as process:
        follow(process, what)
        time.sleep(0.2)
        with nothing_stays(process):
            for number in signals:
                process.send_signal(number)
                time.sleep(0.05)
            began = time.monotonic()
            said = process.communicate(timeout=60)[0]
    took = time.monotonic() - began
    sys.stderr.write(f"{moment}: ended after {took:.2f} s\n")  # aim: two seconds, undisturbed
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "Interrupted" in said
    assert len(mine.rows()) < COUNT
    assert mine.rows() or what != "[1/4]"
    assert mine.left() == []
    assert mine.run()[0] == 0
    assert (mine.rows(), mine.marked()) == (whole.rows(), COUNT)
