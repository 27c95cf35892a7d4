"""The command line: parse, call one function, print, exit code. The only module that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.errors import (
    EXIT_INTERRUPTED,
    EXIT_NOT_GRADED,
    EXIT_OK,
    EXIT_TEST_FAILED,
    AutograderError,
    UsageError,
)

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Assignment, Course, Settings
    from autograder.datasets import Dataset
    from autograder.pipeline import Grader
    from autograder.records import Grade, Submission


class _Group(click.Group):
    """Commands whose errors end as one readable line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("autograder: interrupted", err=True)
            sys.exit(EXIT_INTERRUPTED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="autograder")
@click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The course's folder. Default: the nearest one with otter_config.json, from here upwards.",
)
@click.pass_context
def main(context: click.Context, course_folder: Path | None) -> None:
    """Grade deep-learning notebooks behind a wall between student code and tests.

    \b
    Example:
      autograder grade submissions/ -a mnist -o graded/
    """
    context.obj = course_folder


_data = click.option(
    "--data",
    metavar="FILE|digits",
    help="MNIST as an .npz file, or `digits` for the embedded stand-in. Default: AUTOGRADER_DATA, "
    "Keras' cache, a download.",
)
_isolation = click.option(
    "--isolation",
    type=click.Choice(["auto", "full", "reduced", "none"]),
    default="auto",
    show_default=True,
    help="How student code is confined. `none` lets it do whatever you can do.",
)
_assignment = click.option(
    "-a", "--assignment", "name", metavar="NAME", help="Default: the course's only assignment."
)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@_assignment
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the results."
)
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Submissions at once. Default: one per core."
)
@_data
@_isolation
@click.pass_obj
def grade(
    course_folder: Path | None,
    paths: tuple[Path, ...],
    name: str | None,
    out: Path,
    jobs: int | None,
    data: str | None,
    isolation: str,
) -> None:
    """Grade notebooks: single ones, folders (searched recursively), zips.

    Writes OUT/grades.csv and OUT/grades.sqlite. Exit code 0: all graded; 3: some could not be.

    \b
    Example:
      autograder grade submissions/ -a mnist -o graded/
    """
    from autograder.intake import collect

    course, assignment = _course(course_folder, name)
    submissions = collect(paths)
    grades, all_done = _grade_class(
        course.settings, assignment, submissions, out, jobs, _find_data(data), isolation
    )
    if not all_done:
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(EXIT_OK if all(g.score is not None for g in grades) else EXIT_NOT_GRADED)


@main.command()
@click.argument("path", metavar="NOTEBOOK", type=click.Path(path_type=Path))
@_assignment
@click.option("-q", "--question", metavar="NAME", help="Show this question only.")
@_data
@_isolation
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
    from autograder.intake import collect
    from autograder.records import Outcome
    from autograder.reports import tables
    from autograder.reports.gradebook import points

    course, assignment = _course(course_folder, name)
    known = [q.name for q in assignment.questions]
    if question is not None and question not in known:
        raise UsageError(f"no question `{question}` in {assignment.name}: {', '.join(known)}")
    if path.is_dir():
        raise UsageError(f"{path} is a folder; `check` takes one notebook, `grade` takes folders")
    submissions = collect([path])
    if len(submissions) != 1:
        raise UsageError(f"{path} holds {len(submissions)} notebooks; `check` takes one")
    console = _console()
    with (
        _grader(console, assignment, course.settings, _find_data(data), isolation) as one,
        _status(console, f"Running {path.name}"),
    ):
        result = one.grade(submissions[0])
    verdicts = [v for v in result.questions if question in (None, v.question.name)]
    console.print(tables.submission(verdicts))
    for problem in result.problems:
        console.print(f"[yellow]problem:[/] {_plain(problem)}")
    score = "blank" if result.score is None else points(result.score)
    console.print(f"[bold]{score}/{points(result.max_score)}[/]  {result.status}")
    if result.score is None:
        sys.exit(EXIT_NOT_GRADED)
    passed = all(c.outcome is Outcome.PASSED for v in verdicts for c in v.cases)
    sys.exit(EXIT_OK if passed else EXIT_TEST_FAILED)


@main.command()
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
    default="digits",
    show_default=True,
    metavar="FILE|digits",
    help="The data set: MNIST as an .npz file, or the embedded stand-in.",
)
@click.pass_obj
def demo(course_folder: Path | None, out: Path, jobs: int | None, data: str) -> None:
    """Make a sample class of a dozen submissions, grade it, and show the gradebook.

    \b
    Example:
      autograder demo -o /tmp/demo
    """
    from autograder.demo import ASSIGNMENT, write_class
    from autograder.intake import collect
    from autograder.levels import available

    course, assignment = _course(course_folder, ASSIGNMENT)
    names = write_class(assignment, out / "submissions")
    click.echo(f"Made a sample class of {len(names)} in {out / 'submissions'}")
    limits = replace(course.settings.limits, cell_seconds=60)
    own_samples = "auto" if any(finding.works for finding in available()) else "none"
    _, all_done = _grade_class(
        replace(course.settings, limits=limits),
        assignment,
        collect([out / "submissions"]),
        out,
        jobs,
        _find_data(data),
        own_samples,
    )
    sys.exit(EXIT_OK if all_done else EXIT_INTERRUPTED)


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; fail if anything would.")
@click.pass_obj
def build(course_folder: Path | None, names: tuple[str, ...], only_check: bool) -> None:
    """Build assignments from solutions/NAME/master.py: what students get, and Otter's zip.

    Writes assignments/NAME/ (commit it) and dist/NAME/ (all tests; do not).

    \b
    Example:
      autograder build mnist
    """
    from autograder import build as builder

    course = _find_course(course_folder)
    stale = []
    for name in names or course.assignments:
        if name not in course.assignments:
            raise UsageError(f"no assignment `{name}`; there is: {', '.join(course.assignments)}")
        if only_check:
            stale += builder.stale_files(course, name)
        else:
            builder.build(course, name)
            click.echo(f"{name}: built assignments/{name}/ and dist/{name}/")
    if stale:
        raise UsageError(
            f"stale: {', '.join(stale)}. Run `autograder build` and commit the result."
        )
    if only_check:
        click.echo("up to date")


@main.command()
@_data
def data(data: str | None) -> None:
    """Say which data set would be used, where it comes from, and its hash.

    \b
    Example:
      autograder data --data digits
    """
    found = _find_data(data, say=False)
    click.echo(f"data    {found.name}\nsource  {found.source}\nfile    {found.path}")
    click.echo(f"sha256  {found.sha256}  (of the arrays)")


@main.command()
@_data
def doctor(data: str | None) -> None:
    """Say what this machine has and lacks for grading: isolation, data, versions, memory.

    \b
    Example:
      autograder doctor
    """
    import platform
    from importlib.metadata import version

    import psutil

    from autograder.levels import available, bubblewrap_works

    click.echo("Isolation")
    for finding in available():
        click.echo(f"  {finding.level:<8} {'works' if finding.works else f'no: {finding.reason}'}")
    best = next((finding.level for finding in available() if finding.works), None)
    if best is None:
        click.echo("  Untrusted notebooks cannot be graded here. Allow user namespaces, on Linux.")
    else:
        around = "yes" if bubblewrap_works(best) else "no (install it for one more layer)"
        click.echo(f"  bubblewrap around it: {around}")
    click.echo("Data")
    try:
        found = _find_data(data, say=False)
        click.echo(f"  {found.name}, {found.source}, sha256 {found.sha256[:12]}")
    except AutograderError as error:
        click.echo(f"  none: {error}")
    click.echo("Machine")
    memory = psutil.virtual_memory()
    free = f"{memory.available / 2**30:.1f} of {memory.total / 2**30:.1f} GiB memory free"
    click.echo(f"  {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {free}")
    click.echo("Versions")
    click.echo(f"  python {platform.python_version()}")
    for package in ("autograder", "otter-grader", "tensorflow", "keras", "numpy", "nbclient"):
        click.echo(f"  {package} {version(package)}")


# ---------------------------------------------------------------- shared by the commands


def _find_course(folder: Path | None) -> Course:
    from autograder.course import find_course

    return find_course((folder or Path.cwd()).resolve())


def _course(folder: Path | None, name: str | None) -> tuple[Course, Assignment]:
    """Find the course and the assignment, built if that is still to be done."""
    from autograder.build import ensure_built
    from autograder.course import read_assignment

    course = _find_course(folder)
    if name is None:
        if len(course.assignments) != 1:
            raise UsageError(f"name an assignment with -a: {', '.join(course.assignments)}")
        name = course.assignments[0]
    if ensure_built(course, name):
        click.echo(f"Built dist/{name}/ from solutions/{name}/", err=True)
    return course, read_assignment(course, name)


def _find_data(choice: str | None, *, say: bool = True) -> Dataset:
    from autograder.datasets import find

    found = find(choice, os.environ)
    if say:
        click.echo(f"Data: {found.name} ({found.source})", err=True)
    return found


def _console() -> Console:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 140, highlight=False)


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


@contextmanager
def _status(console: Console, text: str) -> Iterator[None]:
    """Show that something is going on, where somebody watches."""
    if console.is_terminal:
        with console.status(text):
            yield
    else:
        click.echo(text, err=True)
        yield


@contextmanager
def _grader(
    console: Console, assignment: Assignment, settings: Settings, data: Dataset, isolation: str
) -> Iterator[Grader]:
    from contextlib import ExitStack

    from autograder.levels import choose
    from autograder.pipeline import grader

    level = choose(isolation)
    click.echo(f"Isolation: {level}", err=True)
    with ExitStack() as stack:
        with _status(console, "Starting the sandbox and the judge"):
            one = stack.enter_context(grader(assignment, settings, data, level))
        yield one


def _grade_class(
    settings: Settings,
    assignment: Assignment,
    submissions: Sequence[Submission],
    out: Path,
    jobs: int | None,
    data: Dataset,
    isolation: str,
) -> tuple[list[Grade], bool]:
    """Grade a class into OUT and show the gradebook; False where it was interrupted."""
    from autograder.pipeline import grade_all
    from autograder.records import Status
    from autograder.reports import gradebook, tables
    from autograder.store import open_store

    console = _console()
    grades: list[Grade] = []
    all_done = True
    with (
        open_store(out, assignment.name) as store,
        _grader(console, assignment, settings, data, isolation) as one,
    ):
        count = min(one.most_jobs(jobs or os.cpu_count() or 1), len(submissions))
        with _progress(console, len(submissions)) as (started, finished):
            try:
                for result in grade_all(one, submissions, count, started):
                    store.add(result)
                    grades.append(result)
                    finished(result)
            except KeyboardInterrupt:
                all_done = False
    path = gradebook.write(out, assignment.questions, grades)
    console.print(tables.gradebook(assignment.questions, grades))
    counts = ", ".join(
        f"{number} {status}"
        for status in Status
        if (number := sum(grade.status is status for grade in grades))
    )
    left = "" if all_done else f"; interrupted, {len(submissions) - len(grades)} not graded"
    console.print(f"\n{len(grades)} submissions: {counts}{left}\nGradebook: {_plain(str(path))}")
    return grades, all_done


@contextmanager
def _progress(
    console: Console, total: int
) -> Iterator[tuple[Callable[[str], None], Callable[[Grade], None]]]:
    """Yield what is told of each start and end: a live display, or plain lines."""
    from autograder.reports.progress import LiveProgress, PlainProgress

    progress = LiveProgress(console, total) if console.is_terminal else PlainProgress(total)
    with progress:
        yield progress.started, progress.finished


if __name__ == "__main__":
    main()
