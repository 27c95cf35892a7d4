"""Commands that make a course and its assignments."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import data_option, main, path_option
from autograder.cli.shared import (
    console_here,
    find_course,
    find_data,
    own_grades,
    plain,
    say,
    status,
)
from autograder.errors import EXIT_TEST_FAILED, UsageError

if TYPE_CHECKING:
    from autograder.course.config import Course
    from autograder.course.importing import Found


@main.command()
@click.argument("what", metavar="COURSE[/NAME]|NAME")
@click.pass_obj
def new(course_folder: Path | None, what: str) -> None:
    """Make a course, or an assignment in one; nothing that exists is changed.

    COURSE is a folder that does not exist yet, COURSE/NAME an assignment in it. Within a course, or
    with --course, NAME alone is enough. The assignment is small and works as it is: a question
    about a value, one about a function, their tests, and a bank of answers. Change it into yours.

    \b
    Example:
      autograder new statistics/week-1
    """
    from autograder.course import config, scaffold

    root, name = _meant(course_folder, Path(what))
    if not root.joinpath(config.CONFIG_FILE).is_file():
        scaffold.new_course(root)
        click.echo(f"{root}: a new course; its README.md says what is where")
    if not name:
        say(f"Next: autograder new {root}/NAME, or autograder --course {root} import PATH")
        return
    folder = scaffold.new_assignment(root, name)
    click.echo(f"{folder}: a new assignment; edit its master.py")
    say(f"Next: autograder --course {root} build {name}")


def _meant(course_folder: Path | None, what: Path) -> tuple[Path, str]:
    """The course's folder and the assignment's name, which is empty for a course alone."""
    from autograder.course import config

    if len(what.parts) > 1:
        exists = what.parent.joinpath(config.CONFIG_FILE).is_file()
        is_course = exists or not what.parent.exists()
        return (what.parent, what.name) if is_course else (what, "")
    if course_folder is not None:
        return config.find_course(course_folder.resolve()).root, what.name
    above = (Path.cwd(), *Path.cwd().parents)
    if not any(folder.joinpath(config.CONFIG_FILE).is_file() for folder in above):
        return what, ""
    return config.find_course(Path.cwd()).root, what.name


@main.command("import")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path)
)
@click.option("-a", "--assignment", "name", metavar="NAME", help="Its name. Default: the file's.")
@path_option("--notebook", help="The notebook that students get, where PATH is an Otter zip.")
@path_option("--solution", help="The solved notebook, where there is one.")
@data_option
@click.pass_obj
def import_(
    course_folder: Path | None,
    paths: tuple[Path, ...],
    name: str | None,
    notebook: Path | None,
    solution: Path | None,
    data: str | None,
) -> None:
    """Take over assignments from Otter into solutions/NAME/, and say what they are worth here.

    PATH is a master notebook, a folder that Otter Assign wrote, a notebook with its tests, or an
    autograder.zip. It is built; its solution and the untouched notebook are graded here and by
    plain Otter, unconfined, since they are yours. An assignment that cannot be built is not taken.
    Exit code 1: taken over, and the solution does not get full marks, or there is none.

    \b
    Example:
      autograder import autograder.zip --notebook hw01.ipynb --solution hw01-solved.ipynb
    """
    from autograder.course import importing

    if len(paths) > 1 and (name or notebook or solution):
        raise UsageError("-a, --notebook and --solution are about one PATH: give one at a time")
    course = find_course(course_folder)
    found = [importing.find(path, notebook, solution) for path in paths]
    proved = [_take_over(course, each, name, data) for each in found]
    if not all(proved):
        sys.exit(EXIT_TEST_FAILED)


def _take_over(course: Course, found: Found, name: str | None, data: str | None) -> bool:
    """Build, prove and move one assignment; say whether its solution gets full marks."""
    from autograder.cli import tables
    from autograder.course import importing, sources
    from autograder.course.config import built_folder, read_assignment
    from autograder.gradescope import bundle
    from autograder.proving import imported

    console = console_here()
    with importing.staged(course, found, name) as (copy, called, remarks):
        assignment = read_assignment(copy, called)
        grades = own_grades(copy, assignment, find_data(assignment, data))
        archive = built_folder(copy, called) / f"{called}-autograder.zip"
        began = time.monotonic()
        with status(console, "Running plain Otter on the same notebooks, to compare"):
            comparison = imported.compare(assignment, archive, grades)
        say(f"Plain Otter took {time.monotonic() - began:.0f} s")
        importing.take(course, copy, called)
    bundle.write(course, called)
    console.print(tables.imported(assignment, comparison))
    for text in (*remarks, *comparison.differ, *comparison.idle):
        console.print(f"- {plain(text)}")
    say(f"{called}: written to solutions/{called}/ and assignments/{called}/")
    if not assignment.solved:
        say(
            f"{called} is unproved: it has no solution. Put the solved notebook into "
            f"solutions/{called}/ as {sources.SOLUTION}, then: autograder build {called}"
        )
    elif not comparison.is_right:
        say(
            f"{called} is unproved: its solution gets less than full marks. Mend "
            f"solutions/{called}/, then: autograder build {called}"
        )
    else:
        say(
            f"Next: a bank of answers in solutions/{called}/bank/ (docs/assignments.md), or a class"
        )
    return comparison.is_right
