"""Grades the one submission in Gradescope's container, where `cli.container` starts it.

When the container is set up, the solution is graded in it, once: without full marks for that, no
submission gets a score.

The folder is `/autograder` there: `source/course` holds what `build` put into the zip, `submission`
what the student handed in. Whatever happens, `results/results.json` is written. Where there is no
grade it says why and holds no score: that is not a zero.
"""

from __future__ import annotations

import json
import os
import stat
import traceback
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from autograder import words
from autograder.course import data as datasets
from autograder.course.config import Assignment, Settings, find_course, read_assignment
from autograder.errors import AutograderError, IsolationError, SubmissionError, UsageError
from autograder.files import escaped, whole
from autograder.grading.basis import made_from
from autograder.grading.grader import open_grader
from autograder.grading.rehearsal import Rehearsal
from autograder.intake.collect import collect
from autograder.lms import gradescope
from autograder.records import Grade, Problem, Status, Submission
from autograder.wall.levels import choose

NEEDED_MB = 2_800
"""What a container that is sold as 3 GB has at least."""
GRADERS_MB = 1_500
"""What the warm processes, the images and the judge take of it."""
_LEAST_MB = 1_024
_TRACE = 20_000
"""Characters of a traceback that the instructor sees: the last ones."""
_LIMITS = ("memory.max", "memory/memory.limit_in_bytes", "memory.limit_in_bytes")


class TooSmallError(AutograderError):
    """The container has too little memory to grade in."""


class UnprovedError(AutograderError):
    """The solution did not get full marks in this container."""


def set_up(root: Path, isolation: str) -> str:
    """Grade the solution and the untouched notebook, and remember it; return what came of it.

    Raises ConfigError where the solution lost points, KitError where it could not be graded.
    """
    assignment, settings = _course(root / "source" / "course")
    data = _data(assignment)
    with open_grader(assignment, settings, data, choose(isolation)) as grader:
        rehearsal = _rehearsal(root, assignment, grader.made_from())
        for notebook in rehearsal.waiting:
            rehearsal.take(notebook, grader.grade(notebook))
    return f"Data: {data.name} ({data.source})\n{rehearsal}" if data else str(rehearsal)


def _rehearsal(root: Path, assignment: Assignment, rests_on: Mapping[str, str]) -> Rehearsal:
    """What is remembered in this container: its host, and what confines there, may change."""
    cache = {"XDG_CACHE_HOME": str(root / "cache")}
    return Rehearsal(assignment, {**rests_on, "isolation": ""}, cache, machine="this container")


def main(root: Path, cgroup: Path, isolation: str) -> str:
    """Write `results.json` for the submission below `root`; return what no student may see.

    `cgroup` is the folder of the container's control group, `isolation` as on the command line.
    """
    for_instructor = ""
    try:
        grade = _grade(root, cgroup, isolation)
        results = gradescope.results(grade)
        if grade.status is Status.UNGRADED:
            told_staff = map(escaped, words.problems_for_staff(grade))
            for_instructor = "\n".join([*told_staff, ""])
    except SubmissionError as error:
        told = words.problem_for_student(error.problem)
        results = gradescope.failure(told or gradescope.OURS)
    except (TooSmallError, UnprovedError) as error:
        results = gradescope.failure(str(error))
    except IsolationError as error:
        for_instructor = f"{error}\n"
        results = gradescope.failure(
            "this container cannot keep a student's code away from the tests, so nothing was run. "
            "Instructor: see the output of the autograder, and grade with `autograder grade`."
        )
    except Exception:  # noqa: BLE001 - whatever it is, results.json must say that it was
        for_instructor = escaped(traceback.format_exc()[-_TRACE:], _TRACE, lines=True)
        results = gradescope.failure(gradescope.OURS)
    path = root / "results" / gradescope.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as stream:
        stream.write(gradescope.text(results))
    return for_instructor


def _grade(root: Path, cgroup: Path, isolation: str) -> Grade:
    memory = memory_mb(cgroup)
    if memory < NEEDED_MB:
        raise TooSmallError(
            f"this container has {memory:,} MB of memory, and grading needs 3 GB. Instructor: "
            "choose at least 3 GB under Settings, Autograder, Container Specifications, and run "
            "the autograder again."
        )
    assignment, settings = _course(root / "source" / "course")
    submission = find_submission(root, assignment)
    level = choose(isolation)
    data = _data(assignment)
    if not _rehearsal(root, assignment, made_from(assignment, settings, data, level)).is_right:
        raise UnprovedError(
            "the solution did not get full marks when this container was set up, so nothing is "
            "graded here. Instructor: mend what the end of setup.sh's output says, and upload the "
            "zip again."
        )
    limits = replace(
        settings.limits,
        memory_mb=min(settings.limits.memory_mb, max(_LEAST_MB, memory - GRADERS_MB)),
    )
    with open_grader(assignment, replace(settings, limits=limits), data, level) as grader:
        return grader.grade(submission)


def _data(assignment: Assignment) -> datasets.Dataset | None:
    return datasets.of_assignment(assignment.name, assignment.needs, None, os.environ)


def memory_mb(cgroup: Path) -> int:
    """This container's memory: its control group's limit (version 2 or 1), or the machine's."""
    import psutil

    sizes = [int(psutil.virtual_memory().total)]
    for name in _LIMITS:
        try:
            text = (cgroup / name).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if text.isdigit():  # else "max"
            sizes.append(int(text))
    return min(sizes) >> 20


def _course(folder: Path) -> tuple[Assignment, Settings]:
    """The one assignment that is in the zip."""
    course = find_course(folder)
    (plan,) = (folder / "dist").glob("*/plan.json")
    return read_assignment(course, plan.parent.name), course.settings


def find_submission(root: Path, assignment: Assignment) -> Submission:
    """The notebook that was handed in; its id is Gradescope's, so that a regrade gives the same.

    Raises SubmissionError where there is none, or it is not clear which one counts.
    """
    folder = root / "submission"
    links = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if _is_link(p))
    if links:  # one to the solution would be read as root
        raise SubmissionError(Problem("link in upload", {"file": links[0]}, "file itself"))
    try:
        submissions = collect([folder])
    except UsageError:
        wanted = {"file": assignment.notebook_name}
        raise SubmissionError(Problem("no notebook in upload", wanted, "upload")) from None
    matches = [item for item in submissions if Path(item.id).name == assignment.name]
    if len(submissions) > 1 and len(matches) != 1:
        names = ", ".join(f"{item.id}.ipynb" for item in submissions)
        raise SubmissionError(
            Problem(
                "several notebooks in upload",
                {"count": len(submissions), "names": names, "file": assignment.notebook_name},
                "single notebook",
            )
        )
    (chosen,) = matches if len(submissions) > 1 else submissions
    number = _number(root / "submission_metadata.json")
    return replace(
        chosen,
        id=f"submission_{number}" if number else f"submission-{chosen.sha256[:12]}",
        student=f"gradescope:{number}" if number else "",
    )


def _is_link(path: Path) -> bool:
    status = path.lstat()
    return not stat.S_ISDIR(status.st_mode) and (
        not stat.S_ISREG(status.st_mode) or status.st_nlink > 1
    )


def _number(metadata: Path) -> str:
    """Gradescope's number of the submission; empty where it does not say."""
    try:
        number = json.loads(metadata.read_bytes())["id"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return str(number) if type(number) is int else ""
