"""A roster tells whose a submission is; matching finds each grade's place, and loses none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.files import escaped
from autograder.lms.sheet import Sheet, SheetError
from autograder.records import Grade

SUBMISSION = "submission"
COLUMNS = {
    # what a roster's column is called, whatever its case, with spaces or underscores: what it holds
    "submission": SUBMISSION,
    "canvas id": "canvas",
    "moodle participant": "moodle",
    "gradescope submission": "gradescope",
    "sis user id": "sis user id",
    "sis login id": "sis login id",
    "email": "email",
    "email address": "email",
    "id number": "id number",
    "username": "username",
}
"""The first four tell whose a submission is; the others, too, how an LMS finds the student."""
_OWN = ("submission", "canvas id", "moodle participant", "gradescope submission")


@dataclass(frozen=True, slots=True)
class Student:
    """One student's row in a roster or in a file of an LMS; `row` counts from 0, the header's."""

    row: int
    name: str
    keys: Mapping[str, str]
    """What the student is known by, by the kinds in COLUMNS."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A grade without a place, and why."""

    grade: Grade
    why: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where each grade belongs: all of them are either in `placed` or in `lost`."""

    placed: Mapping[int, Grade]
    """By the row of the student."""
    lost: tuple[Lost, ...]
    without: tuple[Student, ...]
    """Students whom no submission matches."""


def students(sheet: Sheet) -> tuple[Student, ...]:
    """Read a roster: a header, then a student in each row. Raises SheetError."""
    kinds = [COLUMNS.get(re.sub(r"[\s_]+", " ", name).casefold()) for name in sheet.header]
    known_kinds = [kind for kind in kinds if kind]
    repeated_kinds = sorted({kind for kind in known_kinds if known_kinds.count(kind) > 1})
    if repeated_kinds:
        raise SheetError(f"two columns hold the {repeated_kinds[0]}. Rename or remove one.")
    if not set(known_kinds) & {COLUMNS[name] for name in _OWN}:
        raise SheetError(
            "no column tells whose a submission is. Add a column `submission` with the names in "
            f"grades.csv, or for an LMS download one of {', '.join(_OWN[1:])}. There is: "
            f"{', '.join(filter(None, sheet.header))}."
        )
    listed_students = []
    for row in range(1, len(sheet.rows)):
        keys = {kind: sheet.cell(row, at) for at, kind in enumerate(kinds) if kind}
        keys = {kind: text for kind, text in keys.items() if text}
        if SUBMISSION in keys:  # grades.csv has an apostrophe before what looks like a formula
            keys[SUBMISSION] = re.sub(r"^'(?=[=+@-])", "", keys[SUBMISSION])
        if keys:
            listed_students.append(Student(row, next(iter(keys.values())), keys))
    return tuple(listed_students)


def place(
    grades: Iterable[Grade], roster: Sequence[Student], places: Sequence[Student]
) -> Placement:
    """Find each grade's row among `places`, through the roster where it has one.

    A grade that matches nobody, several rows, or a row that another grade matches, too, is lost:
    nothing is guessed.
    """
    claims: dict[int, list[Grade]] = {}
    lost = []
    for grade in sorted(grades, key=lambda grade: grade.submission):
        rows, why = _find(grade, roster, places)
        if why:
            lost.append(Lost(grade, why))
        for row in rows:
            claims.setdefault(row, []).append(grade)
    placed = {row: claimed[0] for row, claimed in claims.items() if len(claimed) == 1}
    for row, claimed in claims.items():
        for grade in claimed if len(claimed) > 1 else ():
            others = ", ".join(g.submission for g in claimed if g is not grade)
            lost.append(Lost(grade, f"row {row + 1} matches {others}, too"))
    without = tuple(student for student in places if student.row not in claims)
    lost.sort(key=lambda each: each.grade.submission)
    return Placement(dict(sorted(placed.items())), tuple(lost), without)


def _find(
    grade: Grade, roster: Sequence[Student], places: Sequence[Student]
) -> tuple[tuple[int, ...], str]:
    """Return the one row that a grade belongs to, or none and why."""
    keys = {SUBMISSION: escaped(grade.submission)}  # as grades.csv has it
    kind, _, name = grade.student.partition(":")
    if name:
        keys[kind] = name
    roster_rows = _matching(keys, roster)
    if len(roster_rows) > 1:
        return (), f"matches {_rows(roster_rows)} of the roster"
    if roster_rows:
        keys = {**roster_rows[0].keys, **keys}
    place_rows = _matching(keys, places)
    if len(place_rows) == 1:
        return (place_rows[0].row,), ""
    if place_rows:
        return (), f"matches {_rows(place_rows)}"
    if roster_rows:
        return (), f"row {roster_rows[0].row + 1} of the roster matches nobody"
    return (), "matches nobody" + ("" if roster or name else ": no roster says whose it is")


def _matching(keys: Mapping[str, str], among: Sequence[Student]) -> list[Student]:
    """Return those of whom one name is the same, and none another."""
    agreed = [(student, list(_agree(keys, student.keys))) for student in among]
    return [student for student, same in agreed if same and all(same)]


def _agree(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[bool]:
    """Say of each kind of name that both have whether it is the same."""
    for kind in ours.keys() & theirs.keys():
        our_name, their_name = ours[kind], theirs[kind]
        if kind == SUBMISSION:  # a roster may name the student's folder
            yield our_name == their_name or our_name.startswith(f"{their_name}/")
        else:
            yield _plain(kind, our_name) == _plain(kind, their_name)


def _plain(kind: str, text: str) -> str:
    plain = text.strip().casefold()
    return plain.removeprefix("participant").strip() if kind == "moodle" else plain


def _rows(students: Sequence[Student]) -> str:
    return "rows " + ", ".join(str(student.row + 1) for student in students)
