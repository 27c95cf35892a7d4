"""Commands that prove an assignment's tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from autograder.cli.group import data_option, main, path_option
from autograder.cli.log import log_to
from autograder.cli.shared import (
    console_here,
    course_and_assignment,
    find_data,
    plain,
    progress_of,
    warm_grader,
)
from autograder.course.config import Assignment, Course
from autograder.errors import EXIT_NOT_GRADED, EXIT_TEST_FAILED
from autograder.records import Grade, Submission
from autograder.store import open_store

_jobs = click.option(
    "-j", "--jobs", type=click.IntRange(1), help="Notebooks at once. Default: one per core."
)
_out = path_option(
    "-o",
    "--out",
    help="Folder for what was found, and to continue from. Default: dist/NAME-proof.",
)


@main.command()
@click.argument("name", required=False)
@click.option(
    "--part",
    type=click.Choice(["all", "bank", "mutants", "fixed"]),
    default="all",
    show_default=True,
    help="What to run; `fixed` is the small part that bank/fixed.txt names.",
)
@click.option(
    "--check", "only_check", is_flag=True, help="Run nothing; fail if proof.json is out of date."
)
@click.option("--only", default="", metavar="TEXT", help="Run what has TEXT in its name.")
@_out
@_jobs
@data_option
@click.pass_obj
def audit(
    course_folder: Path | None,
    name: str | None,
    part: str,
    only: str,
    out: Path | None,
    jobs: int | None,
    data: str | None,
    *,
    only_check: bool,
) -> None:
    """Prove the tests: each variant in the bank gets its verdict, each mutant is caught.

    Writes OUT/audit.json and OUT/matrix.csv (what × which case), and solutions/NAME/proof.json when
    everything was run. A second run continues where the first one stopped. Exit code 0: all as
    expected; 1: something disagrees.

    \b
    Example:
      autograder audit mnist --part bank --only wrong/
    """
    from autograder.cli import tables
    from autograder.proving import audit as audits

    course, assignment = course_and_assignment(course_folder, name)
    solution = course.root / "solutions" / assignment.name
    if only_check:
        _say_stale(audits.stale(assignment, solution), assignment.name)
        return
    plan = audits.plan(assignment, solution / "bank", part, only)
    out = out or course.root / "dist" / f"{assignment.name}-proof"
    grades, made_from = _run(course, assignment, plan.submissions, out, jobs, data)
    cases = audits.case_names(assignment)
    finding = audits.judge(plan, grades, cases)
    path = audits.write(finding, plan, out, cases)
    console = console_here()
    for line in tables.audit(finding):
        console.print(line)
    console.print(f"Written: {plain(str(path))}, {plain(str(out / 'matrix.csv'))}")
    if len(grades) < len(plan.submissions):
        sys.exit(EXIT_NOT_GRADED)
    if part == "all" and not only:
        proof = audits.write_proof(finding, assignment, solution, made_from)
        console.print(f"Written: {plain(str(proof))}")
    sys.exit(EXIT_TEST_FAILED if finding.disagreements else 0)


def _say_stale(changed: Sequence[str], name: str) -> None:
    """Say whether proof.json holds; leave with 1 where it does not."""
    if changed:
        changes = ", ".join(changed)
        click.echo(f"solutions/{name}/proof.json is out of date ({changes}): run `make prove`")
        sys.exit(EXIT_TEST_FAILED)
    click.echo("up to date")


def _run(
    course: Course,
    assignment: Assignment,
    submissions: Sequence[Submission],
    out: Path,
    jobs: int | None,
    data: str | None,
    *,
    more_chances: int | None = None,
) -> tuple[list[Grade], Mapping[str, str]]:
    """Run what is not known yet. Return all grades there are, and what they were made from."""
    from autograder.grading.basis import made_from
    from autograder.proving import runs
    from autograder.wall.levels import choose

    console, dataset, settings = console_here(), find_data(assignment, data), course.settings
    rests_on = made_from(assignment, settings, dataset, choose("auto"))
    with log_to(out), open_store(out, assignment.name) as store:
        known = runs.known(store, submissions, rests_on)
        waiting = [item for item in submissions if item.id not in known]
        if known:
            click.echo(f"{len(known)} known from {out}, {len(waiting)} to run", err=True)
        if waiting:
            with warm_grader(console, assignment, settings, dataset, "auto") as grader:
                if more_chances is not None:
                    grader = replace(grader, more_chances=more_chances)
                count = grader.most_jobs(jobs or os.cpu_count() or 1)
                with progress_of(console, len(waiting)) as (started, finished):
                    try:
                        runs.grade_into(store, grader, waiting, count, started, finished)
                    except KeyboardInterrupt:
                        click.echo("interrupted: the same command continues", err=True)
        return list(runs.known(store, submissions, rests_on).values()), rests_on


@main.command()
@click.argument("name", required=False)
@click.option(
    "-n",
    "count",
    type=click.IntRange(3),
    default=100,
    show_default=True,
    help="Seeds for the solution; each near miss gets a quarter of it.",
)
@_out
@_jobs
@data_option
@click.pass_obj
def calibrate(
    course_folder: Path | None,
    name: str | None,
    count: int,
    out: Path | None,
    jobs: int | None,
    data: str | None,
) -> None:
    """Measure what chance does: train the solution, and what must fail, with many seeds.

    Writes solutions/NAME/calibration.json and .svg: the measured accuracies, the thresholds, and
    the estimated chance that a correct student fails or a wrong one passes. A second run continues
    where the first one stopped.

    \b
    Example:
      autograder calibrate mnist -n 200 --data mnist.npz
    """
    from autograder.cli import tables
    from autograder.proving import calibrate as calibration
    from autograder.proving import histogram

    course, assignment = course_and_assignment(course_folder, name)
    solution = course.root / "solutions" / assignment.name
    runs = calibration.submissions(assignment, solution / "bank", count)
    out = out or course.root / "dist" / f"{assignment.name}-proof"
    grades, made_from = _run(course, assignment, runs, out, jobs, data, more_chances=0)
    if len(grades) < len(runs):
        click.echo(
            "not all runs are done; nothing is written. The same command continues", err=True
        )
        sys.exit(EXIT_NOT_GRADED)
    figures = calibration.calibration(grades, made_from)
    path = calibration.write(figures, solution)
    histogram.write(figures, path.with_suffix(".svg"))
    console = console_here()
    console.print(tables.calibration(figures))
    console.print(f"Written: {plain(str(path))}, {plain(str(path.with_suffix('.svg')))}")
