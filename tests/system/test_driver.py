"""A driver that dies or hangs costs nobody a mark: its submission runs again, the others go on."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

import psutil
import pytest

from autograder.course.config import Assignment
from autograder.grading.grader import Grader
from autograder.records import Grade, Status
from autograder.sandbox import client
from tests.conftest import solved_but, submission

SLEEPS = "import time\ntime.sleep(2)\nanswer = 42"


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
    driver.wait(60)  # nothing of it stays
    thread.join(60)
    (grade,) = done
    return grade


def _is_as_alone(grade: Grade) -> bool:
    return (grade.score, grade.status, grade.problems) == (10, Status.GRADED, ())


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
def test_a_driver_that_dies(tiny_grader: Grader, tiny: Assignment, number: int) -> None:
    assert _is_as_alone(_while_it_runs(tiny_grader, tiny, lambda pid: os.kill(pid, number)))
    assert tiny_grader.grade(submission("next", solved_but(tiny))).score == 10


@pytest.mark.slow
def test_a_driver_that_hangs(
    tiny_grader: Grader, tiny: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = 20.0 - tiny_grader.settings.limits.submission_seconds
    monkeypatch.setattr(client, "LATE_SECONDS", late)
    grade = _while_it_runs(tiny_grader, tiny, lambda pid: os.kill(pid, signal.SIGSTOP))
    assert _is_as_alone(grade)
    assert tiny_grader.grade(submission("next", solved_but(tiny))).score == 10
