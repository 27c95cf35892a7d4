"""What the commands share: finding things, showing progress, grading a class."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import EXIT_INTERRUPTED, EXIT_NOT_GRADED, EXIT_OK, EXIT_USAGE, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.config import Assignment, Course, Settings
    from autograder.course.data import Dataset
    from autograder.grading.batch import Batch
    from autograder.grading.grader import Grader
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

    found = find(choice, os.environ)
    if say:
        click.echo(f"Data: {found.name} ({found.source})", err=True)
    return found


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

    from autograder.grading.grader import grader
    from autograder.wall.levels import choose

    level = choose(isolation)
    click.echo(f"Isolation: {level}", err=True)
    with ExitStack() as stack:
        with status(console, "Starting the sandbox and the judge"):
            one = stack.enter_context(grader(assignment, settings, data, level))
        yield one


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
    from autograder.grading.batch import Batch
    from autograder.grading.grader import made_from
    from autograder.store import open_store
    from autograder.wall.levels import choose

    console = console_here()
    level = choose(isolation)
    rests_on = made_from(assignment, settings, data, level)
    with open_store(out, assignment.name) as store:
        batch = Batch(store, submissions, rests_on, again=again)
        all_done = _grade_waiting(console, batch, assignment, settings, jobs, data, isolation)
        held_back = _held_back(console, batch, out, ask=all_done, accept=accept)
        kept = batch.kept()
        for submission in kept:
            click.echo(f"{submission}: could not be graded now; its earlier row stays", err=True)
        batch.publish(without=held_back)
        grades = show_reports(console, store, out)
    if not all_done:
        click.echo(
            f"Interrupted: {len(batch.waiting)} not graded yet. The same command goes on.", err=True
        )
        return EXIT_INTERRUPTED
    if held_back:
        return EXIT_USAGE
    mine = {one.id for one in submissions}
    blank = any(grade.final is None for grade in grades if grade.submission in mine)
    return EXIT_NOT_GRADED if blank or kept else EXIT_OK


def _grade_waiting(
    console: Console,
    batch: Batch,
    assignment: Assignment,
    settings: Settings,
    jobs: int | None,
    data: Dataset,
    isolation: str,
) -> bool:
    """Grade what is not known yet; False where it was interrupted."""
    if known := batch.total - len(batch.waiting):
        click.echo(
            f"{known} of {batch.total} are graded already, from the same notebook, tests, settings "
            "and data (--again grades them anew)",
            err=True,
        )
    if not batch.waiting:
        return True
    try:
        with warm_grader(console, assignment, settings, data, isolation) as one:
            count = min(one.most_jobs(jobs or os.cpu_count() or 1), len(batch.waiting))
            with progress_of(console, len(batch.waiting)) as (started, finished):
                batch.grade(one, count, started, finished)
    except KeyboardInterrupt:
        return False
    return True


def _held_back(console: Console, batch: Batch, out: Path, *, ask: bool, accept: bool) -> set[str]:
    """Show whose marks become others; return whose would by the grading alone, unconfirmed."""
    from autograder.cli import tables
    from autograder.reports import changes as report

    changes = batch.changes()
    if not changes:
        return set()
    path = report.write(out, changes)
    console.print(tables.changes(changes))
    console.print(f"All changes: {plain(str(path))}")
    contested = {change.submission for change in changes if change.same_notebook}
    if contested and not accept and ask and sys.stdin.isatty():
        accept = click.confirm("Enter the new marks into the gradebook?")
    if not contested or accept:
        return set()
    click.echo(
        f"{len(contested)} rows of the gradebook stay as they are: the same notebooks would get "
        "other marks. To enter them: the same command with --accept (nothing is graded twice).",
        err=True,
    )
    return contested


def show_reports(console: Console, store: Store, out: Path) -> list[Grade]:
    """Write all files that people read, and show the gradebook."""
    from autograder.cli import tables
    from autograder.grading import batch
    from autograder.records import Status

    grades = batch.book(store)
    with status(console, "Writing the gradebook, the report and the feedback pages"):
        paths = batch.write_reports(store, out, grades)
    console.print(tables.gradebook(grades))
    counts = ", ".join(
        f"{number} {status}"
        for status in Status
        if (number := sum(grade.status is status for grade in grades))
    )
    if flagged := sum(bool(grade.flags) for grade in grades):
        counts += f"; {flagged} with a flag for a human to look at"
    console.print(f"\n{len(grades)} submissions: {counts}")
    for text in batch.misfits(store, grades):
        click.echo(f"An override does not fit any more: {text}", err=True)
    for label, path in paths.items():
        console.print(f"{label + ':':<10} {plain(str(path))}")
    return grades


@contextmanager
def progress_of(
    console: Console, total: int
) -> Iterator[tuple[Callable[[str], None], Callable[[Grade], None]]]:
    """Yield what is told of each start and end: a live display, or plain lines."""
    from autograder.cli.progress import LiveProgress, PlainProgress

    progress = LiveProgress(console, total) if console.is_terminal else PlainProgress(total)
    with progress:
        yield progress.started, progress.finished
