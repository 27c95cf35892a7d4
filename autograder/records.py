"""The records that cross the boundaries between rooms, all frozen; points, by Otter's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from typing import IO


class Outcome(StrEnum):
    """What became of one test case."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_REACHED = "not reached"
    """The kernel had ended before the case could run: 0 points."""
    UNGRADED = "ungraded"
    """Our fault: the points stay blank."""
    BY_HAND = "to be graded by hand"
    """Nothing that tests could do: the points stay blank until a human gives them."""


class Status(StrEnum):
    """What became of one submission."""

    GRADED = "graded"
    PROBLEMS = "graded with problems"
    UNGRADABLE = "ungradable"
    """Nothing could be run (and why); blank points, never a zero."""
    UNGRADED = "ungraded"
    """Our fault; blank points, to be graded again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong with a submission, or had to be repaired; `words` makes the text of it."""

    kind: str
    """A key of `words.PROBLEMS`."""
    found: Mapping[str, str | int | float] = field(default_factory=dict)
    """What was found, by the names that the kind's wording has."""
    ask: str = ""
    """What to ask the student for: a key of `words.ASKS`; empty where there is nothing to ask."""
    ours: bool = False
    """Whether the fault is ours or the machine's; students are not told of it."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One notebook to grade. `id` is how people find it, and unlike all others of the class.

    In an LMS' download it is the student, below the folder; elsewhere the path below the given
    folder without its ending, which stays where two files would share the rest.

    The content is read when it is needed, so that a class does not have to fit into memory.
    """

    id: str
    origin: str
    sha256: str
    """Of the content as it was handed in."""
    open: Callable[[], IO[bytes]] = field(default=BytesIO, repr=False, compare=False)
    """Opens the file that was handed in: the notebook, or the zip that it lies in."""
    damage: Problem | None = None
    """Why the content could not be read at all; None when it could."""
    student: str = ""
    """How the LMS calls the student, where the file's name or place tells: `canvas:1234`."""
    earlier: tuple[str, ...] = ()
    """Origins of the same student's earlier submissions, which do not count."""
    remarks: tuple[str, ...] = ()
    """What is worth saying and costs nothing, such as "handed in late"."""
    choices: tuple[Submission, ...] = ()
    """Where several notebooks were handed in: each, called after its file; triage chooses."""
    inner: tuple[int, ...] = ()
    """Which entry of the zip it is, and so on inwards; empty where the file is the notebook."""
    size: int = 0
    """Bytes of the content as it was handed in."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test case. `label` is its function's name; students read `hint` or `success` of it."""

    name: str
    label: str
    hidden: bool
    points: float
    hint: str
    success: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its cases, and the student's variables that they ask for."""

    name: str
    all_or_nothing: bool
    cases: tuple[Case, ...]
    variables: tuple[str, ...]
    manual: bool = False
    """Graded by hand: it has one case, and stays blank until a human fills it."""

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
class Override:
    """A human's word on one question, in place of the automatic points."""

    points: float
    reason: str
    made: str
    """When, in UTC, as ISO 8601."""
    sha256: str = ""
    """Of the notebook that was looked at, as `Grade.sha256`."""


@dataclass(frozen=True, slots=True)
class QuestionVerdict:
    """How one question ended; `earned` is None where it is ungraded, or for a human to grade."""

    question: Question
    cases: tuple[CaseVerdict, ...]
    earned: float | None
    notes: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the judge measured, by name; as JSON has it."""
    override: Override | None = None

    @property
    def final(self) -> float | None:
        """The points that count: a human's word, else what was earned."""
        return self.override.points if self.override else self.earned

    @property
    def open(self) -> bool:
        """Whether a human still has to grade it."""
        return self.question.manual and self.override is None


@dataclass(frozen=True, slots=True)
class Grade:
    """One submission's row, complete. `score` is None where the marks stay blank."""

    submission: str
    sha256: str
    status: Status
    questions: tuple[QuestionVerdict, ...]
    score: float | None
    """What tests gave; overrides are not in it, nor what humans grade: see `final`."""
    max_score: float
    problems: tuple[Problem, ...]
    """What went wrong or had to be repaired, and may have cost points."""
    seconds: float
    made_from: Mapping[str, str]
    """What the marks rest on: tests, configuration, data, versions, isolation."""
    flags: tuple[Flag, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the judge measured, over all questions; docs/assignments.md lists the names."""
    remarks: tuple[str, ...] = ()
    """What is worth saying and cost nothing."""
    student: str = ""
    earlier: tuple[str, ...] = ()
    """As in `Submission`."""
    core_seconds: float = 0.0
    """What the student's own processes used."""
    memory_mb: float = 0.0
    """The most that they used at one moment, shared pages counted once."""
    executed: str = field(default="", repr=False, compare=False)
    """The notebook as it was executed, as JSON; empty where it did not run or is not at hand.

    Each cell has `cell_type`, `source`, `metadata` and, where it is code, `outputs`. Its
    metadata has `questions`, those judged right after it, and `skipped`, why it was not run.
    """

    @property
    def tested(self) -> tuple[QuestionVerdict, ...]:
        """The questions that tests grade."""
        return tuple(v for v in self.questions if not v.question.manual)

    @property
    def open(self) -> tuple[QuestionVerdict, ...]:
        """The questions that a human still has to grade."""
        return tuple(verdict for verdict in self.questions if verdict.open)

    @property
    def so_far(self) -> float | None:
        """The score without what is `open`; None where another question has no points at all."""
        points = [verdict.final for verdict in self.questions if not verdict.open]
        return None if None in points else tidy(sum(value or 0.0 for value in points))

    @property
    def final(self) -> float | None:
        """The score that counts, with overrides; None where a question has no points at all."""
        return None if self.open else self.so_far


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may use."""

    cell_seconds: float
    submission_seconds: float
    memory_mb: int
    disk_mb: int
    cell_output_kb: int
    judge_seconds: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a code cell that is run as one; afterwards `checkpoints` are judged."""

    source: str
    cell: int
    """Index of the cell in the notebook, from 0."""
    checkpoints: tuple[str, ...] = ()
    is_check: bool = False
    """Nothing but a `grader.check` statement: judged even if the cell failed before it."""


@dataclass(frozen=True, slots=True)
class CellError:
    """An exception that a piece raised, as the notebook claims it."""

    kind: str
    """The name of its class."""
    text: str
    """What it says, the beginning."""
    line: int
    """Where the statement that raised it stands in the piece, from 1; 0 where that is unknown."""
    column: int
    """Bytes before the place in that line; -1 where that is unknown."""


@dataclass(frozen=True, slots=True)
class Script:
    """A notebook as pieces to run, the questions to judge at its end, and what was unusual."""

    pieces: tuple[Piece, ...]
    at_end: tuple[str, ...]
    problems: tuple[Problem, ...]
    """What had to be repaired, or is missing, and may have cost points."""
    remarks: tuple[str, ...] = ()
    """What was done and cost nothing."""
    left_out: tuple[str, ...] = ()
    """Names that statements would bind which are not run."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as the student wrote it."""

    kind: str
    source: str
    skipped: str = ""
    """Why it is not run; empty where it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a student's file comes to: plain data, made from its text without executing anything."""

    script: Script
    flags: tuple[Flag, ...]
    cells: tuple[CellText, ...]
    notebook: str
    """As JSON, in version 4 and without outputs: what the sandbox holds of it."""
    begun: bool
    """Whether any question is answered, be it wrongly."""
    definitions: tuple[Mapping[str, str], ...] = ()
    """By piece of the script: the text of what it defines, by name, as it was handed in."""


def question_verdict(
    question: Question, cases: tuple[CaseVerdict, ...], notes: tuple[str, ...] = ()
) -> QuestionVerdict:
    """Points of a question: the sum over passed cases, or all or nothing.

    One ungraded case leaves the whole question without points: our fault is never a zero.
    """
    outcomes = {case.outcome for case in cases}
    if outcomes & {Outcome.UNGRADED, Outcome.BY_HAND}:
        return QuestionVerdict(question, cases, None, notes)
    if question.all_or_nothing:
        earned = question.points if outcomes <= {Outcome.PASSED} else 0.0
    else:
        earned = sum(case.case.points for case in cases if case.outcome is Outcome.PASSED)
    return QuestionVerdict(question, cases, tidy(earned), notes)


def same_outcome(
    question: Question, outcome: Outcome, message: str, detail: str = ""
) -> QuestionVerdict:
    """The verdict of a question all of whose cases ended alike; a manual one stays blank."""
    if question.manual:
        outcome, message, detail = Outcome.BY_HAND, "", ""
    cases = tuple(CaseVerdict(case, outcome, message, detail) for case in question.cases)
    return question_verdict(question, cases)


def total(verdicts: Iterable[QuestionVerdict]) -> float | None:
    """What tests gave, or None where a question of theirs is ungraded."""
    earned = [verdict.earned for verdict in verdicts if not verdict.question.manual]
    return None if None in earned else tidy(sum(value or 0.0 for value in earned))


def tidy(points: float) -> float:
    """Round away what adding thirds leaves behind."""
    return round(points, 6)
