"""The records that cross the boundaries between modules, all frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of one test case."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not reached"
    """The kernel had ended before the case could run: 0 points."""
    UNGRADED = "ungraded"
    """Our fault: the points stay blank."""


class Status(StrEnum):
    """What became of one submission."""

    GRADED = "graded"
    PROBLEMS = "graded with problems"
    UNGRADABLE = "ungradable"
    """Nothing could be run (and why); blank points, never a zero."""
    UNGRADED = "ungraded"
    """Our fault; blank points, to be graded again."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One notebook to grade. `id` is its path below the given folder, without the ending."""

    id: str
    origin: str
    content: bytes = field(repr=False)
    sha256: str
    damage: str = ""
    """Why the content could not be read at all; empty when it could."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test case as it stands in the test file. `label` is its function's name, in words."""

    name: str
    label: str
    hidden: bool
    points: float
    hint: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its cases, and the student's variables that they ask for."""

    name: str
    all_or_nothing: bool
    cases: tuple[Case, ...]
    variables: tuple[str, ...]

    @property
    def points(self) -> float:
        """What the question is worth."""
        return sum(case.points for case in self.cases)


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """How one case ended.

    `message` is for the student (a hidden case shows its hint only); `detail` is for staff: what
    was expected and what was found.
    """

    case: Case
    outcome: Outcome
    message: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason for a human to look; it changes no mark."""

    name: str
    evidence: str


@dataclass(frozen=True, slots=True)
class QuestionVerdict:
    """How one question ended; `earned` is None where it is ungraded."""

    question: Question
    cases: tuple[CaseVerdict, ...]
    earned: float | None
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the judge measured, by name; as JSON has it."""


@dataclass(frozen=True, slots=True)
class Grade:
    """One submission's row, complete. `score` is None where the marks stay blank."""

    submission: str
    sha256: str
    status: Status
    questions: tuple[QuestionVerdict, ...]
    score: float | None
    max_score: float
    problems: tuple[str, ...]
    seconds: float
    made_from: Mapping[str, str]
    """What the marks rest on: notebook, tests, configuration, data, versions, isolation."""
    flags: tuple[Flag, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the judge measured, over all questions."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use."""

    cell_seconds: float
    submission_seconds: float
    memory_mb: int
    disk_mb: int
    cell_output_kb: int
    judge_seconds: float
