"""Measures calls of students' functions, and whole submissions beside `otter run`.

    python benchmarks/calls.py [-n SUBMISSIONS] [-c CALLS] [-j JOBS]

The assignment trains nothing: one function, which a hidden test calls. What a call takes is the
difference between many calls and one. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.course.config import Assignment, find_course
from autograder.grading.basis import of_ours
from autograder.grading.batch import grade_all
from autograder.grading.grader import open_grader
from autograder.records import Outcome
from autograder.wall.levels import best
from tests.otter.making import Text, make, notebook, read, solved

ROOT = Path(__file__).parent.parent
TEXT = """
# %% config
{{"format": "ok"}}
# %% given
import numpy as np
# %% answer q1
def square(x):
    return x * x
# %% test q1
>>> square(3)
9
# %% hidden q1
>>> all(square(n) == n * n for n in range({calls}))
True
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("-n", "--submissions", type=int, default=20)
    parser.add_argument("-c", "--calls", type=int, default=5_000)
    parser.add_argument("-j", "--jobs", type=int, default=2)
    options = parser.parse_args()
    count = options.submissions
    with tempfile.TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        few, many = (assignment(Path(folder), calls) for calls in (1, options.calls))
        start, seconds = ours(few[1], few[0], count, options.jobs)
        _, with_calls = ours(many[1], many[0], 2, 1)
        _, with_one = ours(few[1], few[0], 2, 1)
        by_otter = otter_run(few[1], few[0], 3)
    call = (with_calls - with_one) / 2 / (options.calls - 1)
    print(f"what a call takes            {call * 1_000:8.3f} ms   ({options.calls} calls)")
    each = f"({count}, {options.jobs} at once)"
    print(f"a submission, this grader    {seconds / count:8.2f} s    {each}")
    print(f"until the first can begin    {start:8.2f} s")
    print(f"a submission, `otter run`    {by_otter:8.2f} s    (3, one at a time)")
    print(f"throughput beside otter run  {by_otter * count / seconds:8.1f} times")


def assignment(folder: Path, calls: int) -> tuple[Text, Assignment]:
    place = folder / str(calls)
    place.mkdir()
    (place / "squares.txt").write_text(TEXT.format(calls=calls), encoding="utf-8")
    text = read(place / "squares.txt")
    return text, make(text, place)


def ours(made: Assignment, text: Text, count: int, jobs: int) -> tuple[float, float]:
    """Seconds until grading can begin, and for so many submissions after that."""
    content = nbformat.writes(notebook(text, solved(text))).encode()
    class_ = [of_ours(f"s{n}", content) for n in range(count)]
    begun = time.monotonic()
    with open_grader(made, find_course(ROOT).settings, None, best()) as grader:
        started = time.monotonic()
        grades = [grade for _, grade in grade_all(grader, class_, jobs, lambda _: None)]
        seconds = time.monotonic() - started
    cases = [case for grade in grades for verdict in grade.questions for case in verdict.cases]
    assert all(case.outcome is Outcome.PASSED for case in cases), cases[0]
    return started - begun, seconds


def otter_run(made: Assignment, text: Text, count: int) -> float:
    """Seconds for a submission under plain `otter run`."""
    work = made.staff.parent / "plain"
    work.mkdir()
    nbformat.write(notebook(text, solved(text)), work / made.notebook_name)
    archive = work / "autograder.zip"
    otter(made.staff, "generate", "-t", "tests", "--no-requirements", "-o", str(archive))
    begun = time.monotonic()
    for _ in range(count):
        otter(work, "run", "-a", str(archive), made.notebook_name)
    return (time.monotonic() - begun) / count


def otter(folder: Path, *words: str) -> None:
    command = [sys.executable, "-m", "otter", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)


if __name__ == "__main__":
    main()
