"""The command that takes a class's grades into Canvas, Moodle or Gradescope."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import main
from autograder.cli.shared import console_here, plain
from autograder.errors import EXIT_NOT_GRADED, EXIT_OK, UsageError

if TYPE_CHECKING:
    from autograder.lms.roster import Lost, Placement, Student
    from autograder.lms.sheet import Sheet
    from autograder.records import Grade

_FITS = {
    "canvas": {"template", "column", "roster"},
    "moodle": {"worksheet", "roster"},
    "gradescope": set[str](),
}


@dataclass(frozen=True, slots=True)
class _Exported:
    """What came of an export: what it wrote, and what it could not place."""

    what: str
    lost: tuple[Lost, ...]
    without: tuple[Student, ...] = ()
    note: str = ""


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--to", "target", required=True, type=click.Choice(list(_FITS)), help="Where the grades go."
)
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    help="Canvas: the gradebook that it exported; one column of it is filled.",
)
@click.option(
    "--column",
    metavar="TITLE",
    help='Canvas: the column, such as "Homework 1 (1234)". Default: the assignment\'s name.',
)
@click.option(
    "--worksheet",
    type=click.Path(path_type=Path),
    help="Moodle: the assignment's grading worksheet. Without one, a file for the import into the "
    "gradebook is made, which needs a roster.",
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="CSV that says whose each submission is. Not needed where the submissions came from the "
    "same LMS.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Default: OUT/canvas.csv, OUT/moodle.csv or the folder OUT/gradescope.",
)
def export(
    out: Path,
    target: str,
    template: Path | None,
    column: str | None,
    worksheet: Path | None,
    roster: Path | None,
    output: Path | None,
) -> None:
    """Take the grades in OUT, where `grade` left them, into Canvas, Moodle or Gradescope.

    What was set by hand counts. A grade that is blank, or whose place is not certain, is not
    written but listed. Exit code 0: every submission's grade is written; 3: some are not; 2: wrong
    usage, nothing is written.

    A roster has a column `submission`, with names as in grades.csv, or `canvas id`, `moodle
    participant` or `gradescope submission`; and what the LMS knows students by: `sis user id`, `sis
    login id`, `email`, `id number`, `username`.

    \b
    Example:
      autograder export graded/ --to canvas --template gradebook.csv --roster roster.csv
    """
    given = {"template": template, "column": column, "worksheet": worksheet, "roster": roster}
    for name, value in given.items():
        if value is not None and name not in _FITS[target]:
            raise UsageError(f"--{name} is of no use with --to {target}. Leave it out.")
    for path in (template, worksheet, roster):
        if path and output and output.resolve() == path.resolve():
            raise UsageError(f"{output}: -o would replace a file that is read. Name another one.")
    from autograder.store import existing_store

    with existing_store(out) as store:
        assignment, grades = store.assignment, tuple(store.book())
    listed = _students(roster)
    if target == "canvas":
        if template is None:
            raise UsageError(
                "--to canvas fills the gradebook that Canvas exported: give it with --template "
                "FILE (in Canvas: Grades, Export, Export Entire Gradebook)."
            )
        name = column or assignment
        done = _canvas(grades, name, template, listed, output or out / "canvas.csv")
    elif target == "moodle":
        path = output or out / "moodle.csv"
        if worksheet is not None:
            done = _worksheet(grades, worksheet, listed, path)
        elif roster is not None:
            done = _gradebook(grades, assignment, roster, listed, path)
        else:
            raise UsageError("--to moodle needs --worksheet FILE, or --roster FILE, or both.")
    else:
        done = _gradescope(grades, output or out / "gradescope")
    _show(grades, done)
    sys.exit(EXIT_NOT_GRADED if done.lost else EXIT_OK)


def _students(roster: Path | None) -> tuple[Student, ...]:
    from autograder.lms import roster as rosters

    if roster is None:
        return ()
    with _about(roster):
        return rosters.students(_sheet(roster))


def _canvas(
    grades: Sequence[Grade], title: str, template: Path, roster: Sequence[Student], path: Path
) -> _Exported:
    from autograder.lms import canvas
    from autograder.lms.roster import place
    from autograder.words import points

    sheet = _sheet(template)
    with _about(template):
        placement = place(grades, roster, canvas.students(sheet))
        column = canvas.column(sheet, title)
        content, kept = canvas.filled(sheet, column, placement)
    _write(path, content)
    worth, best = canvas.possible(sheet, column), max((g.max_score for g in grades), default=0.0)
    note = (
        f"in Canvas the assignment is worth {points(worth)} points, here {points(best)}. Scores "
        "were not scaled: set the points in Canvas."
    )
    what = f"{_count(placement, kept)} in column `{sheet.header[column]}` of {path}"
    lost = (*placement.lost, *kept)
    return _Exported(what, lost, placement.without, "" if worth in (None, best) else note)


def _worksheet(
    grades: Sequence[Grade], worksheet: Path, roster: Sequence[Student], path: Path
) -> _Exported:
    from autograder.lms import moodle
    from autograder.lms.roster import place

    sheet = _sheet(worksheet)
    with _about(worksheet):
        placement = place(grades, roster, moodle.students(sheet))
        content, kept = moodle.filled(sheet, placement)
    _write(path, content)
    note = (
        "the worksheet has no column `Feedback comments`, so there is no feedback in it. To have "
        "it, switch that feedback type on in the assignment, and download the worksheet again."
    )
    what = f"{_count(placement, kept)} in {path}, for the assignment's Upload grading worksheet"
    lost = (*placement.lost, *kept)
    has_feedback = sheet.column("Feedback comments") is not None
    return _Exported(what, lost, placement.without, "" if has_feedback else note)


def _gradebook(
    grades: Sequence[Grade], title: str, roster: Path, listed: Sequence[Student], path: Path
) -> _Exported:
    from autograder.lms import moodle
    from autograder.lms.roster import place

    with _about(roster):
        placement = place(grades, (), listed)
        content, kept = moodle.gradebook(title, listed, placement)
    _write(path, content)
    what = f"{_count(placement, kept)} in {path}, for the gradebook's Import, CSV file"
    return _Exported(what, (*placement.lost, *kept), placement.without)


def _gradescope(grades: Sequence[Grade], folder: Path) -> _Exported:
    from autograder.lms import gradescope
    from autograder.lms.roster import Lost
    from autograder.reports.templates import file_name

    for grade in grades:
        text = gradescope.text(gradescope.results(grade))
        _write(folder / f"{file_name(grade.submission)}.json", text)
    blank = tuple(
        Lost(g, f"{g.status}: its file says so, and has no score")
        for g in grades
        if g.final is None
    )
    what = f"{len(grades) - len(blank)} of {len(grades)} scores in {folder}, a file per submission"
    return _Exported(what, blank)


def _count(placement: Placement, kept: Sequence[Lost]) -> str:
    count = len(placement.placed) - len(kept)
    return f"{count} of {len(placement.placed) + len(placement.lost)} scores"


def _sheet(path: Path) -> Sheet:
    from autograder.lms.sheet import parse

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    with _about(path):
        return parse(content)


@contextmanager
def _about(path: Path) -> Iterator[None]:
    """What is wrong with a file is the caller's to put right."""
    from autograder.lms.sheet import SheetError

    try:
        yield
    except SheetError as error:
        raise UsageError(f"{path}: {error}") from None


def _write(path: Path, text: str) -> None:
    """Write a file whole, or leave the old one."""
    from autograder.files import whole

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole(path.resolve()) as stream:
            stream.write(text)
    except OSError as error:
        why = error.strerror
        raise UsageError(f"{path}: cannot be written: {why}. Choose another -o.") from None


def _show(grades: Iterable[Grade], done: _Exported) -> None:
    """Say what was written, and list whatever was not, so that nothing is lost unseen."""
    from rich.table import Table
    from rich.text import Text

    from autograder.reports.gradebook import overridden
    from autograder.words import points

    console = console_here()
    console.print(plain(done.what))
    if done.note:
        console.print(f"[yellow]note:[/] {plain(done.note)}")
    lost = Table("submission", "score", "why it is not there", box=None, pad_edge=False)
    for each in sorted(done.lost, key=lambda each: each.grade.submission):
        lost.add_row(Text(each.grade.submission), points(each.grade.final) or "·", Text(each.why))
    by_hand = Table("submission", "set by hand", box=None, pad_edge=False)
    for grade in grades:
        for words in overridden(grade):
            by_hand.add_row(Text(grade.submission), Text(words))
    missing = Table("students without a submission", "row", box=None, pad_edge=False)
    for student in done.without:
        missing.add_row(Text(student.name), str(student.row + 1))
    for table in (lost, by_hand, missing):
        if table.row_count:
            console.print()
            console.print(table)
