"""The orchestrator's side of the sandbox: two warm processes per batch, two forks per submission.

One is the confined kernel with its guard. The other one, the driver, speaks with it: what a kernel
says is hostile, and at worst it ends the driver of its own submission.
"""

from __future__ import annotations

import itertools
import os
import secrets
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from autograder.errors import KitError
from autograder.records import Limits, Problem, Question, Script, problem_of
from autograder.wall.channel import receive, send
from autograder.wall.confine import UIDS, Level
from autograder.wall.zygote import Zygote

Checkpoint = Callable[[str, int, float], None]
"""Judges a question on an open directory; the notebook used so many core-seconds so far."""
LATE_SECONDS = 120.0
"""How much longer than a submission may take its driver may be silent."""


@dataclass(slots=True)
class Report:
    """What came of running one notebook."""

    problems: list[Problem] = field(default_factory=list)
    ended: Problem | None = None
    """Why the kernel ended early; None when it did not."""
    outputs: list[str] = field(default_factory=list)
    """What each piece printed and showed, as JSON of nbformat; shorter where not all were run."""
    core_seconds: float = 0.0
    memory_mb: float = 0.0
    """What the student's processes used, and the most memory at one moment."""
    killed: bool = False
    """Whether the kernel was killed, and not by us: by itself, or by a machine out of memory."""


class Sandbox:
    """Runs notebooks, each in a confined kernel of its own."""

    def __init__(self, level: Level, data: Path) -> None:
        self.level = level
        arguments = [str(level), str(data)]
        self.kernels = Zygote("autograder.sandbox.kernels", arguments, level, [data])
        self.drivers = Zygote("autograder.sandbox.driver", [], Level.NONE, [])
        self._numbers = itertools.count(secrets.randbelow(UIDS))  # unlike another command's

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self.kernels)
            stack.enter_context(self.drivers)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def wait_until_ready(self) -> None:
        """Return when notebooks can be run. Raises KitError where something cannot start."""
        self.kernels.wait_until_ready()
        self.drivers.wait_until_ready()

    def revive(self) -> None:
        """Start anew what has ended or does not answer. Raises KitError."""
        self.kernels.revive()
        self.drivers.revive()

    def run(
        self,
        script: Script,
        questions: Sequence[Question],
        work_files: Mapping[str, str],
        seed: int,
        limits: Limits,
        checkpoint: Checkpoint,
    ) -> Report:
        """Run a script's pieces; `checkpoint` is called, while the kernel waits, for each question.

        Raises KitError where the sandbox cannot be started or its driver ends: that is our fault.
        """
        request = {
            "script": asdict(script),
            "variables": {question.name: question.variables for question in questions},
            "files": dict(work_files),
            "seed": seed,
            "limits": asdict(limits),
            "slot": next(self._numbers),
        }
        with self.kernels.connect() as guard, self.drivers.connect() as driver:
            driver.settimeout(limits.submission_seconds + LATE_SECONDS)
            pid = 0
            try:
                send(driver, request, guard.fileno())
                while (received := receive(driver)) is not None:
                    message, folder = received
                    if "report" in message:
                        return _report(message["report"])
                    if "failed" in message:
                        raise KitError(message["failed"])
                    if "pid" in message:
                        pid = message["pid"]
                        continue
                    try:
                        checkpoint(message["question"], folder, message["used"])
                    finally:
                        if folder >= 0:
                            os.close(folder)
                    send(driver, {"judged": message["question"]})
            except (OSError, ValueError) as error:
                if isinstance(error, TimeoutError):  # else it has ended, or sees its socket close
                    _end(pid)
                raise KitError(f"the process that drives the notebook failed ({error})") from None
        raise KitError(f"the process that drives the notebook ended: {self.drivers.last_words()}")


def _report(found: Mapping[str, Any]) -> Report:
    """Read what a driver reports. Raises ValueError where a problem is none."""
    problems = [problem_of(each) for each in found["problems"]]
    ended = problem_of(found["ended"]) if found["ended"] else None
    return Report(**{**found, "problems": problems, "ended": ended})


def _end(pid: int) -> None:
    """End a driver that does not answer."""
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
