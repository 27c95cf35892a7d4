"""The command's side of looking into zips: a fork of a confined process for each file."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psutil

from autograder.errors import KitError
from autograder.files import regular
from autograder.reader.budget import Left, OverBudget, Start
from autograder.reader.zips import Entry
from autograder.records import Problem
from autograder.wall import watched
from autograder.wall.channel import Message, receive, send
from autograder.wall.confine import Level
from autograder.wall.zygote import Zygote

_LATE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class OpenZip(Message):
    """To a fork, with a file that was handed in: look into it."""


class Want(StrEnum):
    """What is asked about a file in a zip."""

    ENTRIES = "entries"
    """Which files it has, being a zip itself."""
    START = "start"
    """What its first bytes tell."""
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class AskZip(Message):
    """To a fork: look at the file itself, or at what lies in it."""

    want: Want
    inner: tuple[int, ...]
    """Which entry, and so on inwards."""
    left: Left | None
    """Of the submission's budget; None where a class' zip is looked through."""
    most: int = 0
    """How many bytes are read of it."""


@dataclass(frozen=True, slots=True)
class ZipAnswer(Message):
    """What was asked for, or why there is none; the rest is empty."""

    left: Left | None = None
    """What of the budget is left."""
    entries: tuple[Entry, ...] = ()
    start: Start | None = None
    sha256: str = ""
    size: int = 0
    problem: Problem | None = None
    over: bool = False
    """Whether the problem ends the whole submission."""


@dataclass(frozen=True, slots=True)
class ZipEnded(Message):
    """From the fork's parent: the signal that ended it, or 0."""

    number: int


class Zips(Zygote):
    """A warm process whose forks look into zips, each into one file. One question at a time."""

    def __init__(self, level: Level) -> None:
        super().__init__("autograder.reader.zip_worker", [str(level)], level, [])
        self._file: Path | None = None
        self._channel: socket.socket | None = None

    def __exit__(self, *of: object) -> None:
        self._hang_up()
        super().__exit__(*of)

    def ask(self, file: Path, asked: AskZip) -> ZipAnswer:
        """Have a fork look into a zip. Raises OSError where the file cannot be opened.

        A question that ends its fork is asked again in a new one: others may have used up the
        first. Raises OverBudget where it ends that one, too: then the file is to blame. Raises
        KitError where the machine is.
        """
        why = Problem("zip damaged", {"error": "reading it failed"}, "notebook alone")
        for _ in range(2):
            channel = self._fork(file)
            with suppress(OSError, ValueError):  # what no answer is, is what a zip made of it
                send(channel, asked)
                match receive(channel, ZipAnswer, ZipEnded):
                    case ZipAnswer() as answer, _:
                        return answer
                    case ZipEnded(number), _:
                        why = _end(number)
            self._hang_up()
            if psutil.virtual_memory().available < watched.MEMORY_MB << 20:
                raise KitError(f"{file} could not be read: the machine's memory is full")
        raise OverBudget(why)

    def _fork(self, file: Path) -> socket.socket:
        """Return the socket to the fork that has this file; the last one is kept."""
        if self._channel is not None and self._file == file:
            return self._channel
        self._hang_up()
        with regular(file) as stream:
            self._channel, self._file = self.connect(), file
            self._channel.settimeout(watched.SECONDS + _LATE_SECONDS)
            send(self._channel, OpenZip(), stream.fileno())
        return self._channel

    def _hang_up(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None


def _end(number: int) -> Problem:
    if -number in watched.TIME_IS_UP:
        return Problem("zip takes too long", {"seconds": watched.SECONDS}, "notebook alone")
    name = signal.Signals(number).name if number in set(signal.Signals) else "an error"
    return Problem("zip damaged", {"error": f"reading it ended with {name}"}, "notebook alone")
