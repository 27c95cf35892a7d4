"""Wording: what a grade says, for staff and for students; points as people write them."""

from __future__ import annotations

from autograder.files import printable
from autograder.records import Grade, Problem

PROBLEMS: dict[str, str] = {
    "text": "{text}",
    # notebook
    "answered below the check": (
        "{question}: answered in cell {cell}, after its check; judged there, too"
    ),
    "asks for input": (
        "cell {cell}, line {line}: asks for input; nobody answers when a notebook is graded, so "
        "the cell fails there"
    ),
    "cell retyped": "{question}: its {part} in cell {cell} had become {type}; it was run as code",
    "check no code": "{question}: its check in cell {cell} is no longer code; judged there",
    "check spelt otherwise": '{question}: its check is written "{written}"',
    "checked twice": "{question}: checked {count} times; the best counts",
    "damaged notebook": "a damaged notebook ({error})",
    "empty file": "not a notebook: the file is empty",
    "no JSON": "not a notebook: not JSON ({error})",
    "no check": "{question}: no check cell; judged after its answer in cell {cell}",
    "no check, no answer": "{question}: no check cell and no answer cell; judged at the end",
    "no file of the assignment": (
        "{count} files ({names}), and none is a notebook of this assignment"
    ),
    "no grader": "no cell makes `{name}`; the course's own line was run for it",
    "no nbformat": "not a notebook: JSON, but without `nbformat`",
    "no text": "not a notebook: the file is not UTF-8 text",
    "notebook unreadable": "a notebook that cannot be read ({error})",
    "other assignment": (
        "a notebook, but not of this assignment: it has none of its cells, checks and names"
    ),
    "other file": "not a notebook: {what}",
    "other order": (
        "the cells are in another order ({second} stands before {first}); they were run from top "
        "to bottom"
    ),
    "script too long": "a script that is too long for a notebook",
    "script unreadable": "a script that cannot be read as a notebook ({error})",
    "several files of the assignment": "{count} notebooks of this assignment ({names})",
    "source no text": "a damaged notebook: a cell's source is not text",
    "too many cells": "a notebook of {count} cells",
    "too many objects": "not a notebook: JSON of too many lists and objects",
    "too much code": "a notebook with far more code than an assignment asks for",
}
"""What is said about each kind of problem: a format string over `Problem.found`."""

ASKS: dict[str, tuple[str, str]] = {
    # intake
    "ipynb": ("Ask for the .ipynb.", "Hand in the .ipynb."),
    "which counts": ("Ask which one counts.", "Hand in the one that counts."),
    # notebook
    "assignment's notebook": (
        "Ask for the one of the assignment.",
        "Hand in the one of the assignment.",
    ),
    "file": ("Ask for {file}.", "Hand in {file}."),
    "ipynb cleared": (
        "Ask for the .ipynb file, with all outputs cleared "
        "(in Jupyter: Edit, Clear Outputs of All Cells).",
        "Hand in the .ipynb file, with all outputs cleared "
        "(in Jupyter: Edit, Clear Outputs of All Cells).",
    ),
    "ipynb downloaded": (
        "Ask for the .ipynb file itself (in Jupyter: File, Download).",
        "Hand in the .ipynb file itself (in Jupyter: File, Download).",
    ),
    "ipynb itself": ("Ask for the .ipynb file itself.", "Hand in the .ipynb file itself."),
    "ipynb saved": ("Ask for the .ipynb file, saved.", "Hand in the .ipynb file, saved."),
    "ipynb unedited": (
        "Ask for the .ipynb file, saved in Jupyter and not edited.",
        "Hand in the .ipynb file, saved in Jupyter and not edited.",
    ),
    "ipynb whole": (
        "Ask for the .ipynb file, whole: it is cut short.",
        "Hand in the .ipynb file, whole: it is cut short.",
    ),
    "ipynb without conflicts": (
        "Ask for the .ipynb file, without the conflict marks (<<<<<<<) that Git left in it.",
        "Hand in the .ipynb file, without the conflict marks (<<<<<<<) that Git left in it.",
    ),
    "saved again": (
        "Ask the student to open it in Jupyter and save it again.",
        "Open it in Jupyter, save it again, and hand in that.",
    ),
    "without pasted data": (
        "Ask for one without data that was pasted into its cells.",
        "Hand in one without data that was pasted into its cells.",
    ),
}
"""What staff ask the student for, and the same said to the student; over `Problem.found`, too."""

_OUR_FAULT = "our fault"
_WORDS = {
    "Ask the student to open": "Open",
    "Ask for the": "Hand in the",
    "Ask which one counts": "Hand in the one that counts",
    "Ask for": "Hand in",
}


def problem(p: Problem) -> str:
    """What went wrong and what to ask for, in words for staff. Never raises."""
    return _told(p, 0)


def problem_for_student(p: Problem) -> str | None:
    """What went wrong and what to hand in; None where the fault is ours. Never raises."""
    return None if p.ours else _told(p, 1)


def _told(p: Problem, reader: int) -> str:
    try:
        text = PROBLEMS[p.kind].format_map(p.found)
        if p.ask:
            text = f"{text.rstrip('.')}. {ASKS[p.ask][reader].format_map(p.found)}"
    except (LookupError, ValueError):
        text = f"{p.kind} ({', '.join(f'{name}: {value}' for name, value in p.found.items())})"
    return printable(text)


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
