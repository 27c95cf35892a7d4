"""What the commands share: finding things, showing progress, grading a class."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import EXIT_INTERRUPTED, EXIT_NOT_GRADED, EXIT_OK, EXIT_USAGE, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.cli.progress import Callbacks
    from autograder.course.config import Assignment, Course, Settings
    from autograder.course.data import Dataset
    from autograder.grading.batch import Batch, Review
    from autograder.grading.grader import Grader
    from autograder.grading.rehearsal import Rehearsal
    from autograder.records import Grade, Submission
    from autograder.store import Store


def find_course(folder: Path | None) -> Course:
    """Find the course at a folder, or from here upwards."""
    from autograder.course.config import find_course

    return find_course((folder or Path.cwd()).resolve())


def course_and_assignment(folder: Path | None, name: str | None) -> tuple[Course, Assignment]:
    """Find the course and the assignment, built if that is still to be done."""
    from autograder.course.build import ensure_built
    from autograder.course.config import read_assignment

    course = find_course(folder)
    if name is None:
        if len(course.assignments) != 1:
            there_is = ", ".join(course.assignments) or "there is none"
            raise UsageError(f"{course.root}: name an assignment: {there_is}")
        name = course.assignments[0]
    if ensure_built(course, name):
        click.echo(f"Built dist/{name}/ from solutions/{name}/", err=True)
    return course, read_assignment(course, name)


def find_data(choice: str | None, *, say: bool = True) -> Dataset:
    """Find the data set, and say which one it is."""
    from autograder.course.data import find

    dataset = find(choice, os.environ)
    if say:
        click.echo(f"Data: {dataset.name} ({dataset.source})", err=True)
    return dataset


def console_here() -> Console:
    """Return a console that is wide enough where nobody watches."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 140, highlight=False)


def plain(text: str) -> str:
    """Return text that the console prints as it stands."""
    from rich.markup import escape

    return escape(text)


@contextmanager
def status(console: Console, text: str) -> Iterator[None]:
    """Show that something is going on, where somebody watches."""
    if console.is_terminal:
        with console.status(text):
            yield
    else:
        click.echo(text, err=True)
        yield


@contextmanager
def warm_grader(
    console: Console, assignment: Assignment, settings: Settings, data: Dataset, isolation: str
) -> Iterator[Grader]:
    """Start everything that grading needs, saying how student code will be confined."""
    from contextlib import ExitStack

    from autograder.grading.grader import open_grader
    from autograder.wall.levels import choose

    level = choose(isolation)
    click.echo(f"Isolation: {level}", err=True)
    with ExitStack() as stack:
        with status(console, "Starting the sandbox and the judge"):
            grader = stack.enter_context(open_grader(assignment, settings, data, level))
        yield grader


def grade_class(
    settings: Settings,
    assignment: Assignment,
    submissions: Sequence[Submission],
    out: Path,
    jobs: int | None,
    data: Dataset,
    isolation: str,
    *,
    again: bool = False,
    accept: bool = False,
) -> int:
    """Grade a class into OUT, write what there is to read, and return the exit code."""
    from autograder.grading.basis import made_from
    from autograder.grading.batch import Batch
    from autograder.grading.rehearsal import Rehearsal
    from autograder.store import open_store
    from autograder.wall.levels import choose

    console = console_here()
    rests_on = made_from(assignment, settings, data, choose(isolation))
    rehearsal = Rehearsal(assignment, rests_on, os.environ)
    with open_store(out, assignment.name) as store:
        batch = Batch(store, submissions, rests_on, rehearsal, again=again)
        warm = partial(warm_grader, console, assignment, settings, data, isolation)
        all_done = _grade_waiting(console, batch, rehearsal, jobs, warm)
        click.echo(str(rehearsal), err=True)
        review = batch.review()
        accept = _show_review(console, review, out, ask=all_done and not accept) or accept
        held_back = batch.publish(review, accept=accept)
        _say_what_stays(held_back, review)
        grades = show_reports(console, store, out)
    if not all_done:
        click.echo(
            f"Interrupted: {len(batch.waiting)} not graded yet. The same command goes on.", err=True
        )
        return EXIT_INTERRUPTED
    if held_back:
        return EXIT_USAGE
    return EXIT_NOT_GRADED if batch.blank(grades) or review.unmoved else EXIT_OK


def _grade_waiting(
    console: Console,
    batch: Batch,
    rehearsal: Rehearsal,
    jobs: int | None,
    warm: Callable[[], AbstractContextManager[Grader]],
) -> bool:
    """Grade what is not known yet, the solution first; False where it was interrupted."""
    if known := batch.total - len(batch.waiting):
        click.echo(
            f"{known} of {batch.total} are graded already, from the same notebook, tests, settings "
            "and data (--again grades them anew)",
            err=True,
        )
    total = len(batch.waiting) + len(rehearsal.waiting)
    if not total:
        return True
    if rehearsal.waiting:
        click.echo("The solution and the untouched notebook are graded first", err=True)
    try:
        with warm() as grader:
            count = min(grader.most_jobs(jobs or os.cpu_count() or 1), total)
            with progress_of(console, total) as (started, finished):
                batch.grade(grader, count, started, finished)
    except KeyboardInterrupt:
        return False
    return True


def _show_review(console: Console, review: Review, out: Path, *, ask: bool) -> bool:
    """Show whose marks become others; return whether somebody said yes to it."""
    from autograder.cli import tables
    from autograder.reports import changes as report

    if not review.changes:
        return False
    path = report.write(out, review.changes)
    console.print(tables.changes(review.changes))
    console.print(f"All changes: {plain(str(path))}")
    if not review.contested or not ask or not sys.stdin.isatty():
        return False
    return click.confirm("Enter the new marks into the gradebook?")


def _say_what_stays(held_back: Collection[str], review: Review) -> None:
    if held_back:
        click.echo(
            f"{len(held_back)} rows of the gradebook stay as they are: the same notebooks would "
            "get other marks. To enter them: the same command with --accept (nothing is graded "
            "twice).",
            err=True,
        )
    for submission in review.unmoved:
        click.echo(f"{submission}: could not be graded now; its earlier row stays", err=True)


def show_reports(console: Console, store: Store, out: Path) -> list[Grade]:
    """Write all files that people read, and show the gradebook."""
    from autograder.cli import tables
    from autograder.grading import book

    grades = book.book(store)
    with status(console, "Writing the gradebook, the report and the feedback pages"):
        paths = book.write_reports(store, out, grades)
    console.print(tables.gradebook(grades))
    console.print(f"\n{tables.counts(grades)}")
    for text in book.misfits(store, grades):
        click.echo(f"An override does not fit any more: {text}", err=True)
    for label, path in paths.items():
        console.print(f"{label + ':':<10} {plain(str(path))}")
    return grades


def progress_of(console: Console, total: int) -> AbstractContextManager[Callbacks]:
    """Show how a class of `total` submissions is getting on, as the console allows."""
    from autograder.cli import progress

    return progress.live(console, total) if console.is_terminal else progress.plain(total)
