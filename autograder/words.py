"""Wording: what a problem says, for staff and for students; points as people write them."""

from __future__ import annotations

from autograder.files import printable
from autograder.records import Grade, Problem

PROBLEMS: dict[str, str] = {
    "text": "{text}",
    # gradescope
    "link in upload": "`{file}` is a link",
    "no notebook in upload": "there is no notebook in it",
    "several notebooks in upload": "there are {count} notebooks in it: {names}",
    # grading
    "not judged": "our fault: {questions} could not be judged; grade this one again",
    "our fault": "our fault: {error}",
    # intake
    "link": "a link, not a file",
    "link in zip": "a link, not a file ({file})",
    "no notebook": "no notebook among what was handed in ({names})",
    "other archive": "an archive that is not read here ({file})",
    "several in zip": "a zip with {count} notebooks",
    "too large": "larger than {megabytes} MB",
    "too large unzipped": "larger than {megabytes} MB when unzipped",
    "too large without outputs": "larger than {megabytes} MB even without outputs",
    "unreadable": "the file cannot be read: {error}",
    "unreadable in zip": "the notebook cannot be read from its zip: {error}",
    "zip damaged": "a zip that cannot be opened ({error})",
    "zip encrypted": "the zip is encrypted",
    "zip in zip too large": "a zip in a zip, of more than {megabytes} MB",
    "zip too large": "more than {megabytes} MB when unzipped",
    "zip without notebook": "a zip without a notebook in it (but {names})",
    "zips too deep": "zips in zips, more than {depth} deep",
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
    # sandbox
    "cell too slow": "{where} stopped after {seconds:g} s: is there an endless loop?",
    "connection closed": "{where}: the notebook closed the kernel's connection",
    "interrupt ignored": "{where}: did not react to an interrupt",
    "kernel forged": "{where}: the kernel sent what no kernel sends ({error})",
    "output cut": "cell {cell}: output after the first {kilobytes} kB was dropped",
    "output cut in all": "more than {megabytes} MB of output in all: the rest is not shown",
    "output lost": "cell {cell}: its output was dropped, and that of all later cells",
    "process ended": "{where}: the Python process ended (a crash, or a call to exit)",
    "too long": "{where}: the notebook took more than {seconds:g} s",
    "too many files": "{where}: opened too many files or sockets",
    "too many processes": "{where}: started too many processes",
    "too much memory": "{where}: used more than {megabytes} MB of memory",
    "too much processor time": "{where}: used more processor time than {seconds:g} s allow",
    "variables unread": "{question}: its variables could not be read ({error})",
}
"""What is said about each kind of problem: a format string over `Problem.found`.

Both staff and the student read it.
"""

ASKS: dict[str, tuple[str, str]] = {
    # gradescope
    "file itself": ("Ask for the file itself.", "Hand in the file itself."),
    "single notebook": ("Ask for one, called {file}.", "Hand in one, called {file}."),
    "upload": (
        "Ask for {file}, or the zip that the notebook's last cell makes.",
        "Hand in {file}, or the zip that the notebook's last cell makes.",
    ),
    # intake
    "again": ("Ask for it again.", "Hand it in again."),
    "ipynb": ("Ask for the .ipynb.", "Hand in the .ipynb."),
    "named file": ("Ask for {file} itself.", "Hand in {file} itself."),
    "no password": ("Ask for it without a password.", "Hand it in without a password."),
    "notebook": ("Ask for the notebook.", "Hand in the notebook."),
    "notebook alone": ("Ask for the notebook alone.", "Hand in the notebook alone."),
    "notebook itself": ("Ask for the notebook itself.", "Hand in the notebook itself."),
    "notebook or zip": (
        "Ask for the notebook itself, or a zip.",
        "Hand in the notebook itself, or a zip.",
    ),
    "ordinary zip": (
        "Ask for an ordinary zip, or for the notebook itself.",
        "Hand in an ordinary zip, or the notebook itself.",
    ),
    "outputs cleared": (
        "Ask for the notebook with outputs cleared.",
        "Hand in the notebook with outputs cleared.",
    ),
    "upload cut short": (
        "Ask for the notebook itself; perhaps the upload was cut short.",
        "Hand in the notebook itself; perhaps the upload was cut short.",
    ),
    "which counts": ("Ask which one counts.", "Hand in the one that counts."),
    "without data": (
        "Ask for the notebook without the data that is written into its cells.",
        "Hand in the notebook without the data that is written into its cells.",
    ),
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


def points(value: float | None) -> str:
    """Points as people write them: 3, 2.25, and nothing where there are none."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")
