"""Moodle's offline grading worksheet, filled; or a file for the import into its gradebook.

The importers are strict, and differ. The gradebook's gives up as a whole at an unknown student, a
text where a grade belongs, or a grade above the maximum. The worksheet's takes a text for a zero,
and passes over a grade above the maximum. So such files are refused here, with the rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from autograder.files import escaped, inert
from autograder.lms.roster import Lost, Placement, Student
from autograder.lms.sheet import Sheet, SheetError, number
from autograder.records import Grade, Outcome, QuestionVerdict
from autograder.words import exact_points, instead, points, problems_for_student, why_blank

_NEEDED = ("Identifier", "Grade", "Last modified (grade)")
_NAMES = {
    "moodle": "Identifier",
    "email": "Email address",
    "id number": "ID number",
    "username": "Username",
}


def students(sheet: Sheet) -> tuple[Student, ...]:
    """The participants in a worksheet. Raises SheetError for what is not a worksheet of Moodle."""
    missing = [name for name in _NEEDED if sheet.column(name) is None]
    if missing:
        raise SheetError(
            f"not a grading worksheet of Moodle: no column {', '.join(missing)}. Download it in "
            "Moodle, set to English: the assignment, Submissions, Download grading worksheet. "
            f"There is: {', '.join(filter(None, sheet.header))}."
        )
    columns = {kind: sheet.column(name) for kind, name in _NAMES.items()}
    name = sheet.column("Full name")
    participants = []
    for row in range(1, len(sheet.rows)):
        keys = {kind: sheet.cell(row, column) for kind, column in columns.items()}
        keys = {kind: text for kind, text in keys.items() if text}
        if "moodle" in keys:
            participants.append(Student(row, sheet.cell(row, name) or keys["moodle"], keys))
    return tuple(participants)


def filled(sheet: Sheet, placement: Placement) -> tuple[str, tuple[Lost, ...]]:
    """Return the worksheet with grades and feedback in, and what is not in it.

    Rows without a score stay as they are, feedback included. Raises SheetError where Moodle would
    misread the file.
    """
    grade_column, maximum = sheet.column("Grade"), sheet.column("Maximum Grade")
    changeable = sheet.column("Grade can be changed")
    feedback_column = sheet.column("Feedback comments")
    assert grade_column is not None, "`students` asks for it"
    changes, unfilled, faults = {}, [], []
    for row in range(1, len(sheet.rows)):
        grade, text = placement.placed.get(row), sheet.cell(row, grade_column)
        if text and number(text) is None:
            faults.append(f"row {row + 1} has the grade `{text}`, which is not a number")
        if grade is None:
            continue
        if grade.final is None:
            unfilled.append(Lost(grade, f"{why_blank(grade)}: row {row + 1} stays as it is"))
        elif sheet.cell(row, changeable).casefold() == "no":
            unfilled.append(Lost(grade, f"row {row + 1} is locked in Moodle, and stays as it is"))
        else:
            faults += _above(grade, number(sheet.cell(row, maximum)), f"row {row + 1}")
            changes[row, grade_column] = exact_points(grade.final)
            if feedback_column is not None:
                changes[row, feedback_column] = feedback(grade)
    _refuse(faults)
    return sheet.filled(changes), tuple(unfilled)


def gradebook(
    title: str, roster: Sequence[Student], placement: Placement
) -> tuple[str, tuple[Lost, ...]]:
    """Return a file for Moodle's gradebook import, and what is not in it.

    Columns: how Moodle knows the student (the first of email, id number and username that the
    roster has), the grade, the feedback. Who has no score has no row. Raises SheetError.
    """
    kinds = ("email", "id number", "username")
    kind = next((k for k in kinds if any(k in student.keys for student in roster)), None)
    if kind is None:
        raise SheetError(
            "Moodle knows a student by email, id number or username: add such a column to the "
            "roster, or give a grading worksheet with --worksheet."
        )
    rows, left_out, faults, rows_by_name = [], [], [], dict[str, int]()
    for student in roster:
        grade, name = placement.placed.get(student.row), student.keys.get(kind, "")
        if grade is None:
            continue
        if grade.final is None:
            left_out.append(Lost(grade, f"{why_blank(grade)}: left out"))
        elif not name:
            left_out.append(Lost(grade, f"row {student.row + 1} of the roster has no {kind}"))
        else:
            if name.casefold() in rows_by_name:
                both = f"{rows_by_name[name.casefold()]} and {student.row + 1}"
                faults.append(f"rows {both} have the {kind} {name}")
            rows_by_name[name.casefold()] = student.row + 1
            faults += _above(grade, grade.max_score, f"row {student.row + 1} of the roster")
            rows.append([name, exact_points(grade.final), feedback(grade)])
    _refuse(faults)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[_NAMES[kind], title, f"{title} (feedback)"], *rows])
    return text.getvalue(), tuple(left_out)


def _above(grade: Grade, maximum: float | None, where: str) -> list[str]:
    if maximum is None or (grade.final or 0.0) <= maximum:
        return []
    return [
        f"{where}: {grade.submission} has {points(grade.final)}, above the maximum "
        f"{points(maximum)}"
    ]


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise SheetError(
            f"Moodle would not take this file as it is meant: {'; '.join(faults)}. Nothing was "
            "written. Correct these, here or in Moodle, and export again."
        )


def feedback(grade: Grade) -> str:
    """What the student reads in Moodle, as HTML in one line: points, hints, a human's reasons.

    What students can write themselves, such as the name of a type, is text here, never markup.
    """
    lines = [f"Score: {points(grade.final)} of {points(grade.max_score)}"]
    for verdict in grade.questions:
        lines += _question(verdict)
    lines += problems_for_student(grade)
    return inert("<br>".join(escape(escaped(" ".join(line.split()))) for line in lines))


def _question(verdict: QuestionVerdict) -> list[str]:
    question = verdict.question
    lines = [f"{question.name}: {points(verdict.final) or '?'} of {points(question.points)}"]
    if verdict.override:
        return [f"{lines[0]}, set by hand{instead(verdict)}: {verdict.override.reason}"]
    said = [c.message for c in verdict.cases if c.outcome is not Outcome.PASSED and c.message]
    return [*lines, *(f"– {text}" for text in dict.fromkeys(said))]
