"""Wording: what a problem says, for staff and for students; points as people write them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from autograder.files import printable
from autograder.records import Grade, Override, Problem, QuestionVerdict

_WORDING = tomllib.loads(files("autograder").joinpath("words.toml").read_text(encoding="utf-8"))
PROBLEMS: dict[str, str] = _WORDING["problems"]
"""What is said about each kind of problem, to staff and student alike: over `Problem.found`."""
ASKS: dict[str, tuple[str, str]] = {
    key: (staff, student) for key, (staff, student) in _WORDING["asks"].items()
}
"""What staff ask the student for, and the same said to the student; over `Problem.found`, too."""
STATES: dict[str, tuple[str, str, str]] = {
    status: (badge, colour, meaning)
    for status, (badge, colour, meaning) in _WORDING["states"].items()
}
"""How a feedback page shows a status: a badge's text and colour, and what it means, if anything."""

NOT_DEFINED = (
    "`{name}` is not defined: run the cell that makes it, from top to bottom, and look at the "
    "first error above."
)
NOT_FILLED_IN = "`{name}` is not filled in yet: replace the `...` in the cell above the check."


def problem(p: Problem) -> str:
    """What went wrong and what to ask for, in words for staff. Never raises."""
    return _told(p, 0)


def problem_for_student(p: Problem) -> str | None:
    """What went wrong and what to hand in; None where the fault is ours. Never raises."""
    return None if p.ours else _told(p, 1)


def problems_for_staff(grade: Grade) -> tuple[str, ...]:
    """All that went wrong with a submission, in words for staff."""
    return tuple(map(problem, grade.problems))


def problems_for_student(grade: Grade) -> tuple[str, ...]:
    """What went wrong, in words for the student.

    Our own faults are not among them, nor what no longer matters because all points were set by
    hand.
    """
    if grade.score is None and grade.final is not None:
        return ()
    return tuple(text for text in map(problem_for_student, grade.problems) if text is not None)


def _told(p: Problem, reader: int) -> str:
    """A problem in the words of one reader: 0 for staff, 1 for the student.

    What another version's gradebook or a hostile sandbox calls a problem is shown as it is.
    """
    try:
        text = PROBLEMS[p.kind].format_map(p.found)
        if p.ask:
            text = f"{text.rstrip('.')}. {ASKS[p.ask][reader].format_map(p.found)}"
    except (LookupError, ValueError):
        values = ", ".join(f"{name}: {value}" for name, value in p.found.items())
        text = f"{p.kind} ({values})" if values else p.kind
    return printable(text)


def instead(verdict: QuestionVerdict) -> str:
    """What a human's points replace; empty where only a human gives any."""
    return "" if verdict.question.manual else f" instead of {points(verdict.earned) or 'a blank'}"


def set_by_hand(verdict: QuestionVerdict, override: Override) -> str:
    """A human's word on a question: the points, what they replace, and why."""
    why = f" ({override.reason})" if override.reason else ""
    return f"{points(override.points)}{instead(verdict)}{why}"


def why_blank(grade: Grade) -> str:
    """Why a grade has no final score."""
    return f"to be graded by hand: {to_grade(grade)}" if grade.so_far is not None else grade.status


def to_grade(grade: Grade) -> str:
    """Which questions a human still has to grade, and what they are worth; empty without any."""
    return ", ".join(f"{v.question.name} ({points(v.question.points)})" for v in grade.open)


def points(value: float | None) -> str:
    """Points as people write them: 3, 2.25, 0.67 for two thirds; nothing where there are none."""
    return "" if value is None else exact_points(round(value, 2))


def exact_points(value: float | None) -> str:
    """Points as a gradebook's file has them: 0.666667 for two thirds."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
