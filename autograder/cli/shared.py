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
from autograder.files import escaped

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
    names = assignments(course)
    if name is None:
        if len(names) != 1:
            raise UsageError(f"{course.root}: name an assignment: {', '.join(names)}")
        name = names[0]
    if ensure_built(course, name):
        say(f"Built dist/{name}/ from solutions/{name}/")
    return course, read_assignment(course, name)


def assignments(course: Course) -> tuple[str, ...]:
    """The course's assignments. Raises UsageError where there is none."""
    if not course.assignments:
        raise UsageError(
            f"{course.root / 'solutions'} holds no assignment. `autograder new NAME` makes one, "
            "`autograder import PATH` takes one over from Otter."
        )
    return course.assignments


def find_data(assignment: Assignment, choice: str | None) -> Dataset | None:
    """Find the data set that an assignment needs, and say which one it is; None without one."""
    if not (assignment.needs.data or choice):
        return None
    from autograder.course.data import of_assignment

    dataset = of_assignment(assignment.name, assignment.needs, choice, os.environ)
    if dataset is not None:
        say(f"Data: {dataset.name} ({dataset.source})")
    return dataset


def console_here() -> Console:
    """Return a console that is wide enough where nobody watches."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 140, highlight=False)


def plain(text: str) -> str:
    """Return text of anybody's that the console prints as it stands, in a line."""
    from rich.markup import escape

    return escape(escaped(text))


def say(text: str) -> None:
    """Tell something beside the results, in a line; the text may be anybody's."""
    click.echo(escaped(text), err=True)


@contextmanager
def status(console: Console, text: str) -> Iterator[None]:
    """Show that something is going on, where somebody watches."""
    if console.is_terminal:
        with console.status(plain(text)):
            yield
    else:
        say(text)
        yield


def keep_hidden(isolation: str, paths: Sequence[Path]) -> None:
    """Raise IsolationError where notebooks could read what lies there."""
    from autograder.wall import confine
    from autograder.wall.levels import choose

    confine.keep_hidden(choose(isolation), paths)


@contextmanager
def warm_grader(
    console: Console,
    assignment: Assignment,
    settings: Settings,
    data: Dataset | None,
    isolation: str,
) -> Iterator[Grader]:
    """Start everything that grading needs, saying how student code will be confined."""
    from contextlib import ExitStack

    from autograder.grading import packages
    from autograder.grading.grader import open_grader
    from autograder.wall.levels import choose

    for line in packages.check(assignment):
        say(line)
    level = choose(isolation)
    say(f"Isolation: {level}")
    with ExitStack() as stack:
        with status(console, "Starting the sandbox and the judge"):
            grader = stack.enter_context(open_grader(assignment, settings, data, level))
        yield grader


def rehearse(course: Course, assignment: Assignment, data: str | None) -> str:
    """Grade an assignment's own notebooks where that was not done; say what came of it.

    Raises ConfigError where the solution does not get full marks.
    """
    from autograder.grading.basis import made_from
    from autograder.grading.rehearsal import Rehearsal
    from autograder.wall.levels import best

    dataset = find_data(assignment, data)
    rests_on = made_from(assignment, course.settings, dataset, best())
    rehearsal = Rehearsal(assignment, rests_on, os.environ)
    if own := rehearsal.waiting:
        grades = own_grades(course, assignment, dataset)
        for submission in own:
            rehearsal.take(submission, grades[submission.id])
    return str(rehearsal)


def own_grades(course: Course, assignment: Assignment, dataset: Dataset | None) -> dict[str, Grade]:
    """Grade an assignment's own notebooks: the solution, where there is one, and the untouched."""
    from autograder.grading.batch import grade_all
    from autograder.grading.rehearsal import own_notebooks
    from autograder.wall.levels import best

    own, console = own_notebooks(assignment), console_here()
    with (
        warm_grader(console, assignment, course.settings, dataset, str(best())) as grader,
        status(console, "Grading the solution and the untouched notebook"),
    ):
        jobs = grader.most_jobs(len(own))
        graded = {each.id: grade for each, grade in grade_all(grader, own, jobs, lambda _: None)}
    return {each.id: graded[each.id] for each in own}


def modules_missing(
    assignment: Assignment, submissions: Sequence[Submission], isolation: str = "auto"
) -> str:
    """Say which modules notebooks import that are not here; empty where there is none."""
    from autograder.grading.grader import handout_of, reader_of
    from autograder.grading.modules import missing_modules, told
    from autograder.wall.levels import choose

    with reader_of(assignment, choose(isolation)) as reader:
        reader.wait_until_ready()
        return told(missing_modules(submissions, assignment, handout_of(assignment), reader.read))


def grade_class(
    settings: Settings,
    assignment: Assignment,
    submissions: Sequence[Submission],
    out: Path,
    jobs: int | None,
    data: Dataset | None,
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
        say(str(rehearsal))
        review = batch.review()
        accept = _show_review(console, review, out, ask=all_done and not accept) or accept
        held_back = batch.publish(review, accept=accept)
        _say_what_stays(held_back, review)
        grades = show_reports(console, store, out)
    if not all_done:
        say(f"Interrupted: {len(batch.waiting)} not graded yet. The same command goes on.")
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
    from autograder.grading.modules import told

    if known := batch.total - len(batch.waiting):
        click.echo(
            f"{known} of {batch.total} are graded already, from the same notebook, tests, settings "
            "and data (--again grades them anew)",
        )
    total = len(batch.waiting) + len(rehearsal.waiting)
    if not total:
        return True
    if rehearsal.waiting:
        click.echo("The solution and the untouched notebook are graded first", err=True)
    try:
        with warm() as grader:
            for line in told(grader.missing_modules(batch.waiting)).splitlines():
                say(line)
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
        say(
            f"{len(held_back)} rows of the gradebook stay as they are: the same notebooks would "
            "get other marks. To enter them: the same command with --accept (nothing is graded "
            "twice).",
        )
    for submission in review.unmoved:
        say(f"{submission}: could not be graded now; its earlier row stays")


def show_reports(console: Console, store: Store, out: Path) -> list[Grade]:
    """Write all files that people read, and show the gradebook."""
    from autograder.cli import tables
    from autograder.grading import book

    grades = book.book(store)
    with status(console, "Writing the gradebook, the report and the feedback pages"):
        paths = book.write_reports(store, out, grades)
    console.print(tables.gradebook(grades))
    console.print(f"\n{plain(store.assignment)}: {tables.counts(grades)}")
    for text in book.misfits(store, grades):
        say(f"An override does not fit any more: {text}")
    for label, path in paths.items():
        console.print(f"{label + ':':<10} {plain(str(path))}")
    return grades


def progress_of(console: Console, total: int) -> AbstractContextManager[Callbacks]:
    """Show how a class of `total` submissions is getting on, as the console allows."""
    from autograder.cli import progress

    return progress.live(console, total) if console.is_terminal else progress.plain(total)
