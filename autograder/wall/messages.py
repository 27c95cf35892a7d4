"""What processes say to each other: every message of sandbox, judge and reader, one record each.

    orchestrator ── driver ── guard ── kernel        the kernel speaks Jupyter's protocol
    orchestrator ── judge
    orchestrator ── reader

`channel` sends them, and refuses whatever is not exactly one of those that the receiver expects.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from autograder.records import CellError, Flag, Limits, Outcome, Piece, Problem, Reading
from autograder.wall.channel import Message


class Ended(StrEnum):
    """How a kernel ended."""

    EXIT = "exit"
    """By itself."""
    KILLED = "killed"
    """By a signal: the student's own, or that of a machine out of memory."""
    OUTSIDE = "outside"
    """By a signal that nothing in the sandbox can send."""
    GUARD = "guard"
    """Its guard ended without a word, which is our fault; nobody sends this."""
    ASKED = "asked"
    TIME = "time"
    CPU = "cpu"
    MEMORY = "memory"
    PROCESSES = "processes"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Failed(Message):
    """The sender cannot do what it was asked for: our fault or the machine's."""

    why: str


@dataclass(frozen=True, slots=True)
class KernelRequest(Message):
    """To a guard: start a kernel."""

    files: Mapping[str, str]
    """What the work folder holds: text by path."""
    seed: int
    slot: int
    """A number that no running submission has."""
    limits: Limits
    key: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    """Signs what kernel and driver send each other."""


@dataclass(frozen=True, slots=True)
class KernelReady(Message):
    """From a guard, with a descriptor of the sandbox's root: the kernel's sockets are bound."""

    root: str
    """What stands before the sandbox's paths in the kernel's own eyes."""


@dataclass(frozen=True, slots=True)
class AskUse(Message):
    """To a guard: say what the sandbox has used; answered by `Use`."""


@dataclass(frozen=True, slots=True)
class Use(Message):
    """From a guard: what all processes of the sandbox have used so far."""

    core_seconds: float
    memory_mb: float
    """The most at one moment."""


@dataclass(frozen=True, slots=True)
class EndKernel(Message):
    """To a guard: end the sandbox."""


@dataclass(frozen=True, slots=True)
class KernelEnded(Message):
    """From a guard, its last word."""

    how: Ended


@dataclass(frozen=True, slots=True)
class DriverRequest(Message):
    """To a driver, with the socket of a guard: run a notebook."""

    kernel: KernelRequest
    pieces: tuple[Piece, ...]
    at_end: tuple[str, ...]
    """Questions to judge on the final state."""
    variables: Mapping[str, tuple[str, ...]]
    """What each question's tests ask for."""


@dataclass(frozen=True, slots=True)
class DriverStarted(Message):
    """From a driver, first of all."""

    pid: int


@dataclass(frozen=True, slots=True)
class Checkpoint(Message):
    """From a driver, with a folder of captured values: judge this; the kernel waits.

    A second descriptor, where there is one, is a socket to the student's process.
    """

    question: str
    used: float
    """Core-seconds of the student's processes so far."""


@dataclass(frozen=True, slots=True)
class Judged(Message):
    """To a driver: the checkpoint is judged, go on."""


@dataclass(frozen=True, slots=True)
class Raised(Message):
    """From a driver: a piece raised an exception; the kernel waits. Answered by `GoOn`."""

    piece: int
    error: CellError


@dataclass(frozen=True, slots=True)
class GoOn(Message):
    """To a driver: how a cell goes on that raised an exception."""

    rest: str | None
    """What is still to be run of the piece; None where the cell ends here."""


@dataclass(frozen=True, slots=True)
class Report(Message):
    """From a driver, its last word: what came of running one notebook."""

    problems: tuple[Problem, ...] = ()
    ended: Problem | None = None
    """Why the kernel ended early; None when it did not."""
    outputs: tuple[str, ...] = ()
    """What each piece printed and showed, as JSON of nbformat; shorter where not all were run."""
    core_seconds: float = 0.0
    memory_mb: float = 0.0
    """What the student's processes used, and the most memory at one moment."""
    killed: bool = False
    """Whether the kernel was killed, and not by us: by itself, or by a machine out of memory."""


@dataclass(frozen=True, slots=True)
class JudgeRequest(Message):
    """To a judge, with the descriptors of a checkpoint: judge one question."""

    question: str
    seed: int
    seconds: float
    used: float
    """As in `Checkpoint`."""
    secret: str = field(default="", repr=False)
    """What only this installation knows; a process' arguments are for everyone to read."""
    state: Mapping[str, object] = field(default_factory=dict)
    """What the support modules learned from the verdicts that count, as `Judgement` tells it."""
    numpy: str = "both"
    """How NumPy prints what is compared: a way of `judge.printing`."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The text of what the notebook had defined by then, by name, as it was handed in."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one test case ended in the judge."""

    outcome: Outcome
    text: str = ""
    """What the assertion said."""
    detail: str = ""
    """For staff: where it was raised."""
    open: bool = False
    """The text may be shown even where the case is hidden: a variable is missing."""
    relies_on: tuple[str, ...] = ()
    """What answered about data of the test: `square`, or `square()` for an object that it gave."""


@dataclass(frozen=True, slots=True)
class Judgement(Message):
    """From a judge: what came of one question."""

    cases: tuple[CaseResult, ...]
    """In the order of the test file."""
    notes: tuple[str, ...]
    flags: tuple[Flag, ...]
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the support modules measured so far."""
    core_seconds: float = 0.0
    state: Mapping[str, object] = field(default_factory=dict)
    """What each support module has learned so far, by its name."""
    left_behind: tuple[str, ...] = ()
    """Types of values that tests could not look at, and that are not the student's own."""
    handed_over: bool = False
    """Whether a hidden case gave data of its own to the student's code."""


@dataclass(frozen=True, slots=True)
class Refused(Message):
    """From a judge: the checkpoint breaks the wire format, which fails the question."""

    why: str


@dataclass(frozen=True, slots=True)
class ReadFile(Message):
    """To a reader, with an open file that a student handed in: read it, or what lies in it."""

    inner: tuple[int, ...]
    """Which entry of the zip, and so on inwards; empty where the file is no zip."""
    sha256: str
    """Of the content, when it was handed in."""
    size: int


@dataclass(frozen=True, slots=True)
class WasRead(Message):
    """From a reader: what the file comes to."""

    reading: Reading


@dataclass(frozen=True, slots=True)
class Unreadable(Message):
    """From a reader: why the file cannot be graded."""

    problem: Problem
