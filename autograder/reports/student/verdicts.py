"""A grade in the words of a feedback page: what a student may read of it, and nothing else.

What is for staff stays out: what hidden cases found and what they are called, notes and flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from autograder.records import CaseVerdict, Grade, Outcome, QuestionVerdict, Status
from autograder.reports.student.inert import one_line, prose
from autograder.words import STATES, points

_MARKS = {
    Outcome.PASSED: ("✓", "passed"),
    Outcome.FAILED: ("✗", "failed"),
    Outcome.NOT_REACHED: ("–", "not reached"),
    Outcome.UNGRADED: ("?", "not graded"),
    Outcome.BY_HAND: ("·", "graded by hand"),
}


@dataclass(frozen=True, slots=True)
class State:
    """A submission's status: a badge's text and colour, and what it means in a sentence."""

    badge: str
    colour: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ShownCase:
    """One case: whether it passed, what was checked, what was found, a hint."""

    outcome: str
    sign: str
    checked: str
    found: Markup
    hint: Markup
    points: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question. `level` is full, part, none or blank; `found` holds for all that failed."""

    name: str
    anchor: str
    level: str
    earned: str
    possible: str
    share: float
    rule: str
    found: Markup
    cases: tuple[ShownCase, ...]
    by_hand: Markup
    manual: bool
    """Whether a human grades it, and no test."""

    @property
    def lost(self) -> tuple[ShownCase, ...]:
        """The cases that did not pass."""
        return tuple(case for case in self.cases if case.outcome != "passed")

    @property
    def summed(self) -> str:
        """How many tests passed, in words."""
        if self.manual:
            return "to be graded by hand" if self.level == "blank" else ""
        if self.level == "blank":
            return "not graded yet"
        if any(case.outcome == "not graded" for case in self.cases):
            return "not graded"
        if self.unreached:
            return "not reached"
        number, passed = len(self.cases), len(self.cases) - len(self.lost)
        if passed < number:
            return f"{passed} of {number} tests passed"
        return f"all {number} tests passed" if number > 1 else "the test passed"

    @property
    def unreached(self) -> bool:
        """Whether no test was reached; the page says at its top why."""
        return bool(self.cases) and all(case.outcome == "not reached" for case in self.cases)

    @property
    def opened(self) -> bool:
        """Whether there is something to read without being asked for."""
        found = bool(self.lost) and self.level != "blank" and not self.unreached
        return found or bool(self.by_hand)


def state(grade: Grade) -> State:
    """Return what the page says about the submission as a whole."""
    if grade.score is None and grade.final is not None:
        return State(*STATES["points set by hand"])
    return State(*STATES[grade.status])


def questions(grade: Grade) -> dict[str, ShownQuestion]:
    """Return the questions by name, in order; of what could not be run, those set by hand."""
    return {
        verdict.question.name: _question(verdict)
        for verdict in grade.questions
        if grade.status is not Status.UNGRADABLE or verdict.override
    }


def _question(verdict: QuestionVerdict) -> ShownQuestion:
    possible, final = verdict.question.points, verdict.final
    lost = [case for case in verdict.cases if case.outcome is not Outcome.PASSED]
    messages = {_message(case, verdict) for case in lost}
    common = messages.pop() if len(lost) > 1 and len(messages) == 1 else ""
    rule = "all or nothing: the points are given when every test passes"
    return ShownQuestion(
        name=one_line(verdict.question.name, 40),
        anchor=f"question-{re.sub(r'[^A-Za-z0-9_-]+', '-', verdict.question.name)}",
        level=_level(final, possible),
        earned=points(final) or "–",
        possible=points(possible),
        share=min(max((final or 0.0) / possible, 0.0), 1.0) if possible else 1.0,
        rule=rule if verdict.question.all_or_nothing else "",
        found=prose(common),
        cases=() if verdict.question.manual else tuple(_cases(verdict, common)),
        by_hand=_by_hand(verdict),
        manual=verdict.question.manual,
    )


def _level(final: float | None, possible: float) -> str:
    if final is None:
        return "blank"
    if final >= possible:
        return "full"
    return "part" if final > 0 else "none"


def _cases(verdict: QuestionVerdict, common: str) -> Iterator[ShownCase]:
    single = not verdict.question.all_or_nothing
    before = common
    for case in verdict.cases:
        sign, outcome = _MARKS[case.outcome]
        message = _message(case, verdict)
        earned = case.case.points if case.outcome is Outcome.PASSED else 0.0
        blank = case.outcome is Outcome.UNGRADED
        worth = f"{'–' if blank else points(earned)} / {points(case.case.points)}"
        yield ShownCase(
            outcome=outcome,
            sign=sign,
            checked="hidden test" if case.case.hidden else one_line(case.case.label),
            found=prose(_said(message, before, common)),
            hint=prose(_hint(case, message)),
            points=worth if single else "",
        )
        before = message


def _said(message: str, before: str, common: str) -> str:
    """Return a case's message; what was said of all, or of the case before it, is not repeated."""
    if not message or message == common:
        return ""
    return "The same as above." if message == before else message


def _message(case: CaseVerdict, verdict: QuestionVerdict) -> str:
    """Return what is said about a case; of one that passed, what its test says on success."""
    if case.outcome is Outcome.UNGRADED and verdict.override:
        return ""
    if case.outcome is Outcome.UNGRADED:
        return "The grader could not judge this. It is not your fault, and it will be done again."
    return case.message


def _hint(case: CaseVerdict, message: str) -> str:
    """Return the hint of a public case that failed; a hidden one's message is its hint."""
    failed = case.outcome is Outcome.FAILED and not case.case.hidden
    return case.case.hint if failed and case.case.hint not in message else ""


def _by_hand(verdict: QuestionVerdict) -> Markup:
    if verdict.override is None:
        return Markup()
    if verdict.question.manual:
        return prose(verdict.override.reason)
    automatic = "no points yet" if verdict.earned is None else points(verdict.earned)
    text = Markup("Set by hand to <strong>{}</strong> of {} (automatic: {}). Reason: ").format(
        points(verdict.override.points), points(verdict.question.points), automatic
    )
    return text + prose(verdict.override.reason)
