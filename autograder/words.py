"""Wording: what a grade says, for staff and for students; points as people write them."""

from __future__ import annotations

from autograder.records import Grade

_OUR_FAULT = "our fault"
_WORDS = {
    "Ask the student to open": "Open",
    "Ask for the": "Hand in the",
    "Ask which one counts": "Hand in the one that counts",
    "Ask for": "Hand in",
}


def problems(grade: Grade) -> tuple[str, ...]:
    """Return what went wrong, in words for the student.

    Our own faults are not among them, nor what no longer matters because all points were set by
    hand.
    """
    if grade.score is None and grade.final is not None:
        return ()
    return tuple(_said(text) for text in grade.problems if not text.startswith(_OUR_FAULT))


def _said(text: str) -> str:
    for staff, student in _WORDS.items():
        text = text.replace(staff, student)
    return text


def points(value: float | None) -> str:
    """Points as people write them: 3, 2.25, and nothing where there are none."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
