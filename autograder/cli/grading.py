"""Commands that grade: a class, one notebook, the sample class."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import (
    assignment_option,
    data_option,
    isolation_option,
    log_level_option,
    main,
)
from autograder.cli.log import log_to
from autograder.cli.shared import (
    console_here,
    course_and_assignment,
    find_course,
    find_data,
    grade_class,
    keep_hidden,
    modules_missing,
    plain,
    status,
    warm_grader,
)
from autograder.errors import EXIT_NOT_GRADED, EXIT_OK, EXIT_TEST_FAILED, UsageError

if TYPE_CHECKING:
    from autograder.course.config import Course

_MOST_NAMES = 10


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@assignment_option
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the results."
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Submissions at once. Default: one per core."
)
@click.option("--again", is_flag=True, help="Grade anew what was graded already.")
@click.option(
    "--accept", is_flag=True, help="Enter the new marks even where the same notebook gets others."
)
@click.option(
    "--strict", is_flag=True, help="Begin only where all modules that notebooks import are here."
)
@data_option
@isolation_option
@log_level_option
@click.pass_obj
def grade(
    course_folder: Path | None,
    paths: tuple[Path, ...],
    name: str | None,
    out: Path,
    jobs: int | None,
    data: str | None,
    isolation: str,
    log_level: str,
    *,
    again: bool,
    accept: bool,
    strict: bool,
) -> None:
    """Grade notebooks: single ones, folders (searched recursively), zips, LMS downloads.

    Files may be .ipynb, .py with `# %%` cells, or zips; a bulk download of Canvas, Moodle or
    Gradescope is taken as it is: one row per student, the latest submission counts.

    Writes OUT/grades.csv and OUT/grades.sqlite, and OUT/autograder.log on what it did. What was
    graded already, from the same notebook, tests, settings and data, is not graded again: after an
    interruption the same command goes on. Where other tests or settings change marks, it shows
    whose before it changes the gradebook. The solution is graded first, once on each machine and
    for all tests and versions: without full marks for it nothing is published.
    Exit code 0: all graded; 2: wrong usage, a solution without full marks, changed marks that want
    --accept, or modules that --strict wants; 3: some could not be graded.

    \b
    Example:
      autograder grade submissions/ -a mnist -o graded/
    """
    from autograder.intake.collect import collect

    course, assignment = course_and_assignment(course_folder, name)
    passed_over: list[str] = []
    submissions, dataset = collect(paths, passed_over.append), find_data(assignment, data)
    _say_passed_over(passed_over)
    keep_hidden(isolation, [*paths, out])
    if strict and (missing := modules_missing(assignment, submissions, isolation)):
        raise UsageError(f"nothing was graded.\n{missing}")
    with log_to(out, log_level):
        code = grade_class(
            course.settings,
            assignment,
            submissions,
            out,
            jobs,
            dataset,
            isolation,
            again=again,
            accept=accept,
        )
    sys.exit(code)


def _say_passed_over(names: Sequence[str]) -> None:
    """Name the files that nobody will get a row for, though they may be somebody's answer."""
    if names:
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        click.echo(
            f"Not graded, since it is no notebook: {', '.join(names[:_MOST_NAMES])}{more}. Where "
            "it is somebody's answer, ask for the .ipynb.",
            err=True,
        )


@main.command()
@click.argument("path", metavar="NOTEBOOK", type=click.Path(path_type=Path))
@assignment_option
@click.option("-q", "--question", metavar="NAME", help="Show this question only.")
@data_option
@isolation_option
@click.pass_obj
def check(
    course_folder: Path | None,
    path: Path,
    name: str | None,
    question: str | None,
    data: str | None,
    isolation: str,
) -> None:
    """Check one notebook: every case, what was found, and a hint. For staff.

    Exit code 0: all passed; 1: some test failed; 3: it could not be graded.

    \b
    Example:
      autograder check submissions/student-01.ipynb -q q3
    """
    from autograder.cli import tables
    from autograder.grading.grader import as_handed_in
    from autograder.grading.rehearsal import Rehearsal
    from autograder.intake.collect import collect
    from autograder.notebook.executed import exceptions
    from autograder.records import Outcome
    from autograder.words import points, problems_for_staff, to_grade

    course, assignment = course_and_assignment(course_folder, name)
    known = [q.name for q in assignment.questions]
    if question is not None and question not in known:
        raise UsageError(f"no question `{question}` in {assignment.name}: {', '.join(known)}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; `check` takes one notebook, `grade` takes folders")
    submissions = collect([path])
    if len(submissions) != 1:
        raise UsageError(f"{path} holds {len(submissions)} notebooks; `check` takes one")
    keep_hidden(isolation, [path])
    console = console_here()
    with (
        warm_grader(
            console, assignment, course.settings, find_data(assignment, data), isolation
        ) as grader,
        status(console, f"Running {path.name}"),
    ):
        rehearsal = Rehearsal(assignment, grader.made_from(), os.environ)
        result = as_handed_in(grader.grade(submissions[0]), submissions[0])
    verdicts = [v for v in result.questions if question in (None, v.question.name)]
    console.print(tables.submission(verdicts, exceptions(result.executed)))
    for problem in problems_for_staff(result):
        console.print(f"[yellow]problem:[/] {plain(problem)}")
    for remark in result.remarks:
        console.print(f"[cyan]note:[/] {plain(remark)}")
    for flag in result.flags:
        console.print(f"[magenta]flag:[/] {plain(f'{flag.name}: {flag.evidence}')}")
    score = "blank" if result.score is None else points(result.score)
    if result.open:
        console.print(f"[cyan]to be graded by hand:[/] {plain(to_grade(result))}")
    console.print(f"[bold]{score}/{points(result.max_score)}[/]  {result.status}")
    if not rehearsal.is_right:
        click.echo(str(rehearsal), err=True)
    if result.score is None:
        sys.exit(EXIT_NOT_GRADED)
    unmet = {Outcome.FAILED, Outcome.NOT_REACHED, Outcome.UNGRADED}
    passed = not any(case.outcome in unmet for verdict in verdicts for case in verdict.cases)
    sys.exit(EXIT_OK if passed else EXIT_TEST_FAILED)


@main.command()
@click.option(
    "-a",
    "--assignment",
    "name",
    metavar="NAME",
    help="Default: the one whose bank has a demo.txt.",
)
@click.option(
    "-o",
    "--out",
    default="demo",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Folder for the sample class and its results.",
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Submissions at once. Default: one per core."
)
@click.option(
    "--data",
    metavar="FILE|digits",
    help="Where the assignment needs MNIST: an .npz file, or (the default) the embedded stand-in.",
)
@click.pass_obj
def demo(
    course_folder: Path | None, name: str | None, out: Path, jobs: int | None, data: str | None
) -> None:
    """Make a sample class of a dozen submissions, grade it, and show the gradebook.

    The class is made of the bank: solutions/NAME/bank/demo.txt lists it.

    \b
    Example:
      autograder demo -a tensors -o /tmp/demo
    """
    from autograder.intake.collect import collect
    from autograder.proving import bank
    from autograder.wall.levels import available

    name = name or _with_sample(find_course(course_folder))
    course, assignment = course_and_assignment(course_folder, name)
    if assignment.needs.data:
        data = data or "digits"
    variants = course.root / "solutions" / assignment.name / "bank"
    names = bank.write_demo(assignment, variants, out / "submissions")
    click.echo(f"Made a sample class of {len(names)} in {out / 'submissions'}")
    limits = replace(course.settings.limits, cell_seconds=60)
    own_samples = "auto" if any(level.works for level in available()) else "none"
    submissions, dataset = collect([out / "submissions"]), find_data(assignment, data)
    with log_to(out):
        code = grade_class(
            replace(course.settings, limits=limits),
            assignment,
            submissions,
            out,
            jobs,
            dataset,
            own_samples,
            accept=True,
        )
    sys.exit(EXIT_OK if code == EXIT_NOT_GRADED else code)  # one of the samples is no notebook


def _with_sample(course: Course) -> str:
    """The one assignment with a sample class. Raises UsageError for none, or several."""
    from autograder.proving.bank import DEMO

    lists = (course.root / "solutions").glob(f"*/bank/{DEMO}")
    names = sorted(path.parent.parent.name for path in lists)
    if len(names) != 1:
        raise UsageError(
            f"{course.root}: name an assignment with -a: {', '.join(names) or 'none'} has a sample "
            f"class (a list of variants, bank/{DEMO})"
        )
    return names[0]
