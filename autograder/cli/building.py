"""Commands around grading: build an assignment, look at the data and the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import assignment_option, data_option, main
from autograder.cli.shared import (
    assignments,
    course_and_assignment,
    find_course,
    modules_missing,
    rehearse,
    say,
)
from autograder.errors import AutograderError, ConfigError, IsolationError, UsageError

if TYPE_CHECKING:
    from autograder.course.config import Assignment


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--check", "only_check", is_flag=True, help="Change and run nothing; fail if anything would."
)
@click.option("--no-run", is_flag=True, help="Do not run the solution: for a draft.")
@data_option
@click.pass_obj
def build(
    course_folder: Path | None,
    names: tuple[str, ...],
    data: str | None,
    *,
    only_check: bool,
    no_run: bool,
) -> None:
    """Build assignments from solutions/NAME/: what students get, and Otter's zip.

    Writes assignments/NAME/ (commit it) and dist/NAME/ (all tests; do not). Then it grades the
    solution, which must get full marks, and the notebook as students get it; once for the same
    tests, settings, data and versions.

    \b
    Example:
      autograder build mnist
    """
    from autograder.course import build as builder
    from autograder.course.config import read_assignment
    from autograder.gradescope import bundle

    course = find_course(course_folder)
    known = assignments(course)
    stale = []
    for name in names or known:
        if name not in known:
            raise UsageError(f"no assignment `{name}`; there is: {', '.join(known)}")
        if only_check:
            stale += builder.stale_files(course, name)
        else:
            remarks = builder.build(course, name)
            bundle.write(course, name)
            click.echo(f"{name}: built assignments/{name}/ and dist/{name}/")
            for remark in filter(None, (*remarks, builder.lacks_otter(course))):
                say(f"{name}: {remark}")
            if not no_run:
                assignment = read_assignment(course, name)
                alone = len(names or course.assignments) == 1
                say(rehearse(course, assignment, data if alone or assignment.needs.data else None))
    if stale:
        raise UsageError(
            f"stale: {', '.join(stale)}. Run `autograder build` and commit the result."
        )
    if only_check:
        click.echo("up to date")
    else:
        say("Next: look at assignments/, commit it with its source, and grade a class.")


@main.command()
@data_option
def data(data: str | None) -> None:
    """Say which data set an assignment that needs MNIST would get: its source, and its hash.

    \b
    Example:
      autograder data --data digits
    """
    from autograder.course.data import find

    dataset = find(data, os.environ)
    click.echo(f"data    {dataset.name}\nsource  {dataset.source}\nfile    {dataset.path}")
    click.echo(f"sha256  {dataset.sha256}  (of the arrays)")


def _needs_data(course_folder: Path | None) -> bool:
    """Whether an assignment of the course, if there is one here, needs a data set."""
    from autograder.course.needs import read_kit

    try:
        course = find_course(course_folder)
        return any(read_kit(course.root / "solutions" / n).data for n in course.assignments)
    except ConfigError:
        return False


def _data(choice: str | None) -> str:
    from autograder.course.data import find

    try:
        dataset = find(choice, os.environ)
    except AutograderError as error:
        return f"none: {error}"
    return f"{dataset.name}, {dataset.source}, sha256 {dataset.sha256[:12]}"


_NO_GROUPS = (
    "from outside (control groups count more: root has them, and others have them behind "
    "`systemd-run --user --scope`)"
)


@main.command()
@click.argument("submissions", nargs=-1, type=click.Path(path_type=Path))
@assignment_option
@data_option
@click.pass_obj
def doctor(
    course_folder: Path | None,
    submissions: tuple[Path, ...],
    name: str | None,
    data: str | None,
) -> None:
    """Say what this machine has and lacks for grading: isolation, data, versions, memory.

    With an assignment, also which packages are not here that its course asks for and its solution
    imports, and the command that installs them. With SUBMISSIONS, as `grade` takes them, also which
    modules those import that are not here.

    \b
    Example:
      autograder doctor
      autograder doctor -a mnist
      autograder doctor submissions/ -a mnist
    """
    _isolation()
    if data or _needs_data(course_folder):
        click.echo("Data")
        click.echo(f"  {_data(data)}")
    _machine()
    if name is None and not submissions:
        return
    _, assignment = course_and_assignment(course_folder, name)
    _packages(assignment)
    if submissions:
        from autograder.intake.collect import collect

        click.echo("Modules")
        said = modules_missing(assignment, collect(submissions)) or "all that they import is here"
        click.echo("\n".join(f"  {line}" for line in said.splitlines()))


def _isolation() -> None:
    from autograder.wall import cgroup
    from autograder.wall.confine import Level, keep_hidden
    from autograder.wall.levels import available, bubblewrap_works

    click.echo("Isolation")
    for each in available():
        click.echo(f"  {each.level:<8} {'works' if each.works else f'no: {each.reason}'}")
    best = next((each.level for each in available() if each.works), None)
    if best is None:
        click.echo("  Untrusted notebooks cannot be graded here. Allow user namespaces, on Linux.")
    else:
        around = "yes" if bubblewrap_works(best) else "no (install it for one more layer)"
        click.echo(f"  bubblewrap around it: {around}")
        with cgroup.batch() as groups:
            counts = f"by control groups ({groups[0]})" if groups else _NO_GROUPS
        click.echo(f"  memory and processor time are counted: {counts}")
    try:
        keep_hidden(Level.FULL, [Path.cwd()])
        click.echo("  this folder: hidden from notebooks")
    except IsolationError as error:
        click.echo(f"  this folder: {error}")


def _machine() -> None:
    import platform
    from importlib.metadata import version

    import psutil

    from autograder.grading.basis import PACKAGES

    click.echo("Machine")
    memory = psutil.virtual_memory()
    free = f"{memory.available / 2**30:.1f} of {memory.total / 2**30:.1f} GiB memory free"
    click.echo(f"  {platform.system()} {platform.machine()}, {os.cpu_count()} cores, {free}")
    click.echo("Versions")
    click.echo(f"  python {platform.python_version()}")
    for package in PACKAGES:
        click.echo(f"  {package} {version(package)}")


def _packages(assignment: Assignment) -> None:
    from autograder.grading.packages import command, lacks

    click.echo(f"Packages of {assignment.name}")
    lacking = lacks(assignment)
    for each in lacking:
        click.echo(f"  {each}")
    if lacking:
        click.echo(f"  To install them:\n    {command(lacking)}")
    else:
        click.echo("  all that the course asks for, and the solution imports, is here")
