"""The command that takes a class's grades into Canvas, Moodle or Gradescope."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from autograder.cli.group import main, path_option
from autograder.cli.shared import console_here, plain
from autograder.errors import EXIT_NOT_GRADED, EXIT_OK
from autograder.lms import export as exports
from autograder.lms.export import TARGETS, Export
from autograder.records import Grade
from autograder.store import existing_store


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--to", "target", required=True, type=click.Choice(list(TARGETS)), help="Where the grades go."
)
@path_option(
    "--template", help="Canvas: the gradebook that it exported; one column of it is filled."
)
@click.option(
    "--column",
    metavar="TITLE",
    help='Canvas: the column, such as "Homework 1 (1234)". Default: the assignment\'s name.',
)
@path_option(
    "--worksheet",
    help="Moodle: the assignment's grading worksheet. Without one, a file for the import into the "
    "gradebook is made, which needs a roster.",
)
@path_option(
    "--roster",
    help="CSV that says whose each submission is. Not needed where the submissions came from the "
    "same LMS.",
)
@path_option(
    "-o", "--output", help="Default: OUT/canvas.csv, OUT/moodle.csv or the folder OUT/gradescope."
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
    request = exports.ExportRequest(target, template, column, worksheet, roster, output)
    with existing_store(out) as store:
        assignment, grades = store.assignment, tuple(store.book())
    made = exports.export(request, assignment, grades, out)
    exports.write(made)
    _show(grades, made)
    sys.exit(EXIT_NOT_GRADED if made.lost else EXIT_OK)


def _show(grades: Iterable[Grade], made: Export) -> None:
    """Say what was written, and list whatever was not, so that nothing is lost unseen."""
    from rich.table import Table
    from rich.text import Text

    from autograder.cli.tables import cell
    from autograder.files import escaped
    from autograder.reports.gradebook import overridden
    from autograder.words import points

    console = console_here()
    console.print(plain(made.summary))
    if made.note:
        console.print(f"[yellow]note:[/] {plain(made.note)}")
    lost = Table("submission", "score", "why it is not there", box=None, pad_edge=False)
    for item in sorted(made.lost, key=lambda item: item.grade.submission):
        lost.add_row(cell(item.grade.submission), points(item.grade.final) or "·", cell(item.why))
    by_hand = Table("submission", "set by hand", box=None, pad_edge=False)
    for grade in grades:
        for words in overridden(grade):
            by_hand.add_row(cell(grade.submission), Text(escaped(words, lines=True)))
    missing = Table("students without a submission", "row", box=None, pad_edge=False)
    for student in made.without:
        missing.add_row(cell(student.name), str(student.row + 1))
    for table in (lost, by_hand, missing):
        if table.row_count:
            console.print()
            console.print(table)
