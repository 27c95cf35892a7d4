"""The orchestrator's side of the sandbox: two warm processes per batch, two forks per submission.

One is the confined kernel with its guard. The other one, the driver, speaks with it: what a kernel
says is hostile, and at worst it ends the driver of its own submission.
"""

from __future__ import annotations

import itertools
import os
import secrets
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import Self

from autograder.errors import KitError
from autograder.records import CellError, Limits, Question, Script
from autograder.wall import cgroup
from autograder.wall.channel import close_all, receive, send
from autograder.wall.confine import UIDS, Level
from autograder.wall.messages import (
    Checkpoint,
    DriverRequest,
    DriverStarted,
    Failed,
    GoOn,
    Judged,
    KernelRequest,
    Raised,
    Report,
)
from autograder.wall.supplies import Supplies, as_argument
from autograder.wall.zygote import Zygote

OnCheckpoint = Callable[[str, Sequence[int], float], None]
"""Judges a question on an open directory and, where there is one, a session's socket; the notebook
used so many core-seconds so far."""
OnError = Callable[[int, CellError], str | None]
"""Says what is still to be run of a piece (by its number) that raised; None: its cell ends."""
LATE_SECONDS = 120.0
"""How much longer than a submission may take its driver may be silent."""

_FROM_DRIVER = (DriverStarted, Checkpoint, Raised, Failed, Report)


class Sandbox:
    """Runs notebooks, each in a confined kernel of its own."""

    def __init__(self, level: Level, supplies: Supplies) -> None:
        self.level = level
        self._supplies = supplies
        self.drivers = Zygote("autograder.sandbox.driver", [], Level.NONE, [])
        self._numbers = itertools.count(secrets.randbelow(UIDS))  # unlike another command's

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            groups = stack.enter_context(cgroup.batch()) if self.level is not Level.NONE else ()
            self.kernels = Zygote(
                "autograder.sandbox.kernels",
                [str(self.level), as_argument(self._supplies), *groups],
                self.level,
                self._supplies.shown,
                writable=groups,
            )
            stack.enter_context(self.kernels)
            stack.enter_context(self.drivers)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
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
        checkpoint: OnCheckpoint,
        go_on: OnError,
    ) -> Report:
        """Run a script's pieces; the kernel waits while one of the two functions is called.

        `checkpoint` judges a question, `go_on` is asked about each exception.

        Raises KitError where the sandbox cannot be started or its driver ends: that is our fault.
        """
        request = DriverRequest(
            KernelRequest(work_files, seed, next(self._numbers), limits),
            script.pieces,
            script.at_end,
            {question.name: question.variables for question in questions},
        )
        with self.kernels.connect() as guard, self.drivers.connect() as driver:
            driver.settimeout(limits.submission_seconds + LATE_SECONDS)
            try:
                report = _follow(driver, guard, request, checkpoint, go_on)
            except (OSError, ValueError) as error:
                raise KitError(f"the process that drives the notebook failed ({error})") from None
        if report is None:
            why = self.drivers.last_words()
            raise KitError(f"the process that drives the notebook ended: {why}")
        return report


def _follow(
    driver: socket.socket,
    guard: socket.socket,
    request: DriverRequest,
    checkpoint: OnCheckpoint,
    go_on: OnError,
) -> Report | None:
    """Answer what a driver asks; return its report, or None where it ended."""
    pid = 0
    try:
        send(driver, request, guard.fileno())
        while received := receive(driver, *_FROM_DRIVER):
            message, descriptors = received
            try:
                match message:
                    case Report():
                        return message
                    case Failed():
                        raise KitError(message.why)
                    case DriverStarted():
                        pid = message.pid
                    case Checkpoint(question) if descriptors and question in request.variables:
                        checkpoint(question, descriptors, message.used)
                        send(driver, Judged())
                    case Raised(piece, error):
                        send(driver, GoOn(go_on(piece, error)))
                    case _:
                        raise ValueError("a checkpoint of no question")
            finally:
                close_all(descriptors)
    except TimeoutError:  # one that fails otherwise has ended, or sees its socket close
        _end(pid)
        raise
    return None


def _end(pid: int) -> None:
    """End a driver that does not answer."""
    if pid > 1:  # os.kill takes others for many processes
        with suppress(ProcessLookupError, OverflowError):
            os.kill(pid, signal.SIGKILL)
