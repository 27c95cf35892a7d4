"""Fills one column of the gradebook that Canvas exported, and touches nothing else in it.

The importer makes a new assignment of a title that it does not know, and takes whatever stands in
the file for the grade; so only columns with Canvas' own id are filled, and cells of nobody stay.
"""

from __future__ import annotations

import re

from autograder.lms.roster import Lost, Placement, Student, plain
from autograder.lms.sheet import Sheet, SheetError, number
from autograder.words import exact_points, why_blank

_ASSIGNMENT = re.compile(r"(.*) \(\d+\)")
_TOTALS = re.compile(r"(Current|Final|Override) (Score|Points|Grade|Status)")
"""Titles that the importer takes for its own sums, wherever they stand."""
_NAMES = {"canvas": "ID", "sis user id": "SIS User ID", "sis login id": "SIS Login ID"}
_STAY = {"EX": "is excused", "N/A": "is not assigned"}
"""What Canvas writes instead of a grade, and keeps: its importer drops a grade there."""


def students(sheet: Sheet) -> tuple[Student, ...]:
    """The rows that are students. Raises SheetError for what is not a gradebook of Canvas."""
    header = sheet.header
    if "ID" not in header or not {"Student", "LastName"} & set(header[:1]):
        raise SheetError(
            "not a gradebook of Canvas: its first columns are Student and ID. Export it in Canvas: "
            "Grades, Export, Export Entire Gradebook."
        )
    columns = {kind: sheet.column(name) for kind, name in _NAMES.items()}
    listed_students = []
    for row in range(1, len(sheet.rows)):
        if not _is_student(sheet, row):
            continue
        keys = {kind: sheet.cell(row, column) for kind, column in columns.items()}
        keys = {kind: text for kind, text in keys.items() if text}
        listed_students.append(Student(row, sheet.cell(row, 0), keys))
    return tuple(listed_students)


def _is_student(sheet: Sheet, row: int) -> bool:
    if "Points Possible" in sheet.cell(row, 0):
        return False
    return not all(
        re.fullmatch(r"(Muted|Manual Posting.*)?", cell.text.strip(), re.IGNORECASE)
        for cell in sheet.rows[row]
    )


def column(sheet: Sheet, title: str) -> int:
    """The column of an assignment, by its title with or without Canvas' id. Raises SheetError."""
    assignments = {
        at: name
        for at, name in enumerate(sheet.header)
        if _ASSIGNMENT.fullmatch(name) and not _TOTALS.search(name)
    }
    matches = [at for at, name in assignments.items() if name == title.strip()] or [
        at for at, name in assignments.items() if _is_called(name, title)
    ]
    sums = [name for name in sheet.header if _TOTALS.search(name) and _is_called(name, title)]
    if sums and not matches:
        raise SheetError(
            f"Canvas passes over column `{sums[0]}`: its importer takes a title with "
            f"`{_TOTALS.search(sums[0])[0]}` for a sum of its own. Rename the assignment in "  # type: ignore[index]
            "Canvas, and export the gradebook again."
        )
    if len(matches) != 1:
        titles = "; ".join(assignments.values()) or "none"
        how = "no assignment is" if not matches else f"{len(matches)} columns are"
        raise SheetError(
            f"{how} called `{title}`. Name its column with --column, as it stands there, with the "
            f"number. Assignments: {titles}."
        )
    (at,) = matches
    if any("read only" in sheet.cell(row, at).casefold() for row in _points_rows(sheet)):
        raise SheetError(f"column `{assignments[at]}` is read only in Canvas. Name another one.")
    return at


def _is_called(name: str, title: str) -> bool:
    """Whether a column is the assignment of a title, given with Canvas' id or without."""
    wanted = plain(title)
    return bool(_ASSIGNMENT.fullmatch(name)) and wanted in (
        plain(name),
        plain(name.rpartition(" (")[0]),
    )


def _points_rows(sheet: Sheet) -> list[int]:
    """The row with each assignment's points, where there is one."""
    return [r for r in range(1, len(sheet.rows)) if "Points Possible" in sheet.cell(r, 0)]


def possible(sheet: Sheet, column: int) -> float | None:
    """What the assignment is worth in Canvas; None where the file does not say."""
    maxima = [number(sheet.cell(row, column)) for row in _points_rows(sheet)]
    return maxima[0] if maxima else None


def filled(sheet: Sheet, column: int, placement: Placement) -> tuple[str, tuple[Lost, ...]]:
    """Return the file with the scores in, and what is not in it.

    Those are blank ones, and students who are excused or not assigned.
    """
    changes, unfilled = {}, []
    for row, grade in placement.placed.items():
        if grade.final is None:
            unfilled.append(Lost(grade, f"{why_blank(grade)}: row {row + 1} stays as it is"))
        elif why := _STAY.get(sheet.cell(row, column).upper()):
            unfilled.append(Lost(grade, f"row {row + 1} {why} in Canvas, and stays so"))
        else:
            changes[row, column] = exact_points(grade.final)
    return sheet.filled(changes), tuple(unfilled)
