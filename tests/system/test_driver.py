"""A driver that dies or hangs costs nobody a mark: its submission stays ungraded, the others go on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import psutil
import pytest

from autograder.course import Assignment
from autograder.pipeline import Grader
from autograder.records import Grade, Status
from autograder.sandbox import client
from tests.conftest import solved_but, submission

SLEEPS = "import time\ntime.sleep(30)\nanswer = 41"


def _while_it_runs(grader: Grader, tiny: Assignment, act: Callable[[int], None]) -> Grade:
    """Grade a notebook that sleeps, and do something to its driver meanwhile."""
    drivers = psutil.Process(grader.sandbox.drivers._process.pid)
    done: list[Grade] = []
    slow = submission("slow", solved_but(tiny, q1=SLEEPS))
    thread = threading.Thread(target=lambda: done.append(grader.grade(slow)))
    thread.start()
    while not drivers.children():
        time.sleep(0.05)
    time.sleep(0.5)
    (driver,) = drivers.children()
    act(driver.pid)
    thread.join(25)
    driver.wait(10)  # nothing of it stays
    (grade,) = done
    return grade


def _is_ours(grade: Grade) -> bool:
    blank = grade.score is None and grade.status is Status.UNGRADED
    return blank and "our fault: the process that drives the notebook" in grade.problems[0]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
def test_a_driver_that_dies(tiny_grader: Grader, tiny: Assignment, number: int) -> None:
    assert _is_ours(_while_it_runs(tiny_grader, tiny, lambda pid: os.kill(pid, number)))
    assert tiny_grader.grade(submission("next", solved_but(tiny))).score == 10


def test_a_driver_that_hangs(
    tiny_grader: Grader, tiny: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = replace(tiny_grader.settings.limits, submission_seconds=2.0)
    quick = replace(tiny_grader, settings=replace(tiny_grader.settings, limits=limits))
    monkeypatch.setattr(client, "LATE_SECONDS", 1.0)
    assert _is_ours(_while_it_runs(quick, tiny, lambda pid: os.kill(pid, signal.SIGSTOP)))
    assert tiny_grader.grade(submission("next", solved_but(tiny))).score == 10
