"""What the commands share: finding things, showing progress, grading a class."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Assignment, Course, Settings
    from autograder.datasets import Dataset
    from autograder.pipeline import Grader
    from autograder.records import Grade, Submission


def find_course(folder: Path | None) -> Course:
    """Find the course at a folder, or from here upwards."""
    from autograder.course import find_course

    return find_course((folder or Path.cwd()).resolve())


def course_and_assignment(folder: Path | None, name: str | None) -> tuple[Course, Assignment]:
    """Find the course and the assignment, built if that is still to be done."""
    from autograder.build import ensure_built
    from autograder.course import read_assignment

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
    from autograder.datasets import find

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

    from autograder.levels import choose
    from autograder.pipeline import grader

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
) -> tuple[list[Grade], bool]:
    """Grade a class into OUT and show the gradebook; False where it was interrupted."""
    from autograder.flags import identical
    from autograder.pipeline import grade_all
    from autograder.records import Status
    from autograder.reports import gradebook, tables
    from autograder.store import open_store

    console = console_here()
    grades: list[Grade] = []
    all_done = True
    with (
        open_store(out, assignment.name) as store,
        warm_grader(console, assignment, settings, data, isolation) as one,
    ):
        count = min(one.most_jobs(jobs or os.cpu_count() or 1), len(submissions))
        with progress_of(console, len(submissions)) as (started, finished):
            try:
                for result in grade_all(one, submissions, count, started):
                    store.add(result)
                    grades.append(result)
                    finished(result)
            except KeyboardInterrupt:
                all_done = False
    alike = identical(grades, "weights")
    grades = [replace(g, flags=(*g.flags, *alike.get(g.submission, ()))) for g in grades]
    path = gradebook.write(out, assignment.questions, grades)
    console.print(tables.gradebook(assignment.questions, grades))
    counts = ", ".join(
        f"{number} {status}"
        for status in Status
        if (number := sum(grade.status is status for grade in grades))
    )
    if flagged := sum(bool(grade.flags) for grade in grades):
        counts += f"; {flagged} with a flag for a human to look at"
    left = "" if all_done else f"; interrupted, {len(submissions) - len(grades)} not graded"
    console.print(f"\n{len(grades)} submissions: {counts}{left}\nGradebook: {plain(str(path))}")
    return grades, all_done


@contextmanager
def progress_of(
    console: Console, total: int
) -> Iterator[tuple[Callable[[str], None], Callable[[Grade], None]]]:
    """Yield what is told of each start and end: a live display, or plain lines."""
    from autograder.reports.progress import LiveProgress, PlainProgress

    progress = LiveProgress(console, total) if console.is_terminal else PlainProgress(total)
    with progress:
        yield progress.started, progress.finished
