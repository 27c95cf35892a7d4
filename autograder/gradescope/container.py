"""Grades the one submission in Gradescope's container. `run_autograder` starts it, nobody else.

    python -m autograder.gradescope.container ROOT CGROUP ISOLATION

ROOT is `/autograder` there: `source/course` holds what `build` put into the zip, `submission` what
the student handed in. Whatever happens, `results/results.json` is written. Where there is no grade
it says why and holds no score: that is not a zero. What is for the instructor alone goes to the
error stream, which Gradescope shows to no student.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder import words
from autograder.course import data as datasets
from autograder.course.config import Assignment, Settings, find_course, read_assignment
from autograder.errors import AutograderError, IsolationError, SubmissionError, UsageError
from autograder.grading.grader import grader
from autograder.intake.collect import collect
from autograder.lms import gradescope
from autograder.records import Problem, Status, Submission
from autograder.wall.levels import choose

NEEDED_MB = 2_800
"""What a container that is sold as 3 GB has at least."""
GRADERS_MB = 1_500
"""What the warm processes, the images and the judge take of it."""
_LEAST_MB = 1_024
_LIMITS = ("memory.max", "memory/memory.limit_in_bytes", "memory.limit_in_bytes")


class TooSmallError(AutograderError):
    """The container has too little memory to grade in."""


def main(root: Path, cgroup: Path, isolation: str) -> None:
    """Write `results.json` for the submission below `root`."""
    try:
        found = _graded(root, cgroup, isolation)
    except SubmissionError as error:
        found = gradescope.failure(words.problem_for_student(error.problem) or gradescope.OURS)
    except TooSmallError as error:
        found = gradescope.failure(str(error))
    except IsolationError as error:
        sys.stderr.write(f"{error}\n")
        found = gradescope.failure(
            "this container cannot keep a student's code away from the tests, so nothing was run. "
            "Instructor: see the output of the autograder, and grade with `autograder grade`."
        )
    except Exception:  # noqa: BLE001 - whatever it is, results.json must say that it was
        traceback.print_exc()
        found = gradescope.failure(gradescope.OURS)
    write(root / "results" / gradescope.FILE, gradescope.text(found))


def write(path: Path, text: str) -> None:
    """Write a file whole, or leave the old one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="ascii")
    partial.replace(path)


def _graded(root: Path, cgroup: Path, isolation: str) -> dict[str, Any]:
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
    data = datasets.find(None, os.environ)
    limits = replace(
        settings.limits,
        memory_mb=min(settings.limits.memory_mb, max(_LEAST_MB, memory - GRADERS_MB)),
    )
    with grader(assignment, replace(settings, limits=limits), data, level) as one:
        grade = one.grade(submission)
    if grade.status is Status.UNGRADED:
        sys.stderr.write("\n".join([*words.problems_for_staff(grade), ""]))
    return gradescope.results(grade)


def memory_mb(cgroup: Path) -> int:
    """This container's memory: its control group's limit (version 2 or 1), or the machine's."""
    import psutil

    found = [int(psutil.virtual_memory().total)]
    for name in _LIMITS:
        try:
            text = (cgroup / name).read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if text.isdigit():  # else "max"
            found.append(int(text))
    return min(found) >> 20


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
        found = collect([folder])
    except UsageError:
        wanted = {"file": assignment.notebook_name}
        raise SubmissionError(Problem("no notebook in upload", wanted, "upload")) from None
    named = [each for each in found if Path(each.id).name == assignment.name]
    if len(found) > 1 and len(named) != 1:
        names = ", ".join(f"{each.id}.ipynb" for each in found)
        raise SubmissionError(
            Problem(
                "several notebooks in upload",
                {"count": len(found), "names": names, "file": assignment.notebook_name},
                "single notebook",
            )
        )
    (one,) = named if len(found) > 1 else found
    number = _number(root / "submission_metadata.json")
    return replace(
        one,
        id=f"submission_{number}" if number else f"submission-{one.sha256[:12]}",
        student=f"gradescope:{number}" if number else "",
    )


def _is_link(path: Path) -> bool:
    found = path.lstat()
    return not stat.S_ISDIR(found.st_mode) and (
        not stat.S_ISREG(found.st_mode) or found.st_nlink > 1
    )


def _number(metadata: Path) -> str:
    """Gradescope's number of the submission; empty where it does not say."""
    try:
        number = json.loads(metadata.read_bytes())["id"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return str(number) if type(number) is int else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
