"""Grades a large class and shows whether anything grows with it: memory, descriptors, time.

    python benchmarks/load.py [-n SUBMISSIONS] [--train SUBMISSIONS] [--data FILE] [-j JOBS]

The large class is of the small assignment in `tests/tiny`, which trains nothing; the class of
`--train` trains the reference network, each for one epoch. Both go through the real command; its
memory (of the command itself, without the warm processes), descriptors and processes are looked at
every second. All notebooks of a class do the same: what their own processes used tells whether the
machine became slower meanwhile. Needs Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from autograder.course import build
from autograder.course.config import Assignment, Course, find_course, read_assignment
from autograder.notebook import otter
from autograder.notebook.read import read
from autograder.store import existing_store

ROOT = Path(__file__).parent.parent
LOOK_SECONDS = 1.0
QUARTERS = 4
ONE_EPOCH = "history = network.fit(train_images, train_labels, epochs=1, batch_size=128)"


@dataclass
class Look:
    """The command at one moment."""

    seconds: float
    done: int
    memory_mb: float
    descriptors: int
    threads: int
    processes: int


@dataclass
class Run:
    """One class, graded."""

    count: int
    seconds: float = 0.0
    rows: int = 0
    looks: list[Look] = field(default_factory=list)
    core_seconds: list[float] = field(default_factory=list)
    """What each notebook's own processes used, in the order in which they ran."""


def tiny_course(folder: Path) -> Course:
    """A built copy of the small course."""
    shutil.copytree(ROOT / "tests" / "tiny", folder)
    course = find_course(folder)
    build.build(course, "tiny")
    return course


def write_class(
    assignment: Assignment, folder: Path, count: int, answers: Mapping[str, str]
) -> None:
    """Distinct submissions, right but for `answers`: each has a cell of its own at its end."""
    path = assignment.staff / assignment.notebook_name
    names = [question.name for question in assignment.questions]
    solution = otter.with_answers(read(path.read_bytes()).notebook, answers, names)
    folder.mkdir()
    for number in range(1, count + 1):
        own: dict[str, Any] = {
            "cell_type": "code",
            "id": f"own-{number}",
            "metadata": {},
            "outputs": [],
        }
        own["source"], own["execution_count"] = f"own = {number}", None
        text = json.dumps({**solution, "cells": [*solution["cells"], own]})
        (folder / f"student-{number:05}.ipynb").write_text(text, encoding="utf-8")


def grade(course: Course, name: str, folder: Path, count: int, data: str, jobs: int) -> Run:
    """Grade by the real command, and look at it meanwhile."""
    run = Run(count)
    words = [sys.executable, "-m", "autograder.cli", "--course", str(course.root), "grade"]
    words += [str(folder / "class"), "-a", name, "-o", str(folder / "out"), "-j", str(jobs)]
    log = folder / "said"
    began = time.perf_counter()
    with log.open("w") as said, subprocess.Popen([*words, "--data", data], stdout=said) as process:
        orchestrator = psutil.Process(process.pid)
        while process.poll() is None:
            time.sleep(LOOK_SECONDS)
            done = log.read_text().count("\n")
            try:
                look = Look(
                    time.perf_counter() - began,
                    min(done, count),
                    orchestrator.memory_info().rss / 2**20,
                    orchestrator.num_fds(),
                    orchestrator.num_threads(),
                    len(orchestrator.children(recursive=True)),
                )
            except psutil.Error:
                break
            if 0 < done <= count:
                run.looks.append(look)
    run.seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"the command ended with {process.returncode}")
    run.rows = (folder / "out" / "grades.csv").read_text(encoding="utf-8").count("\n") - 1
    with existing_store(folder / "out") as store:
        run.core_seconds = [each.core_seconds for each in store.book()]
    return run


def quarters(run: Run) -> list[list[Look]]:
    """The looks by how much of the class was done."""
    edges = [run.count * number / QUARTERS for number in range(QUARTERS + 1)]
    return [
        [look for look in run.looks if low < look.done <= high] for low, high in pairwise(edges)
    ]


def pace(looks: Sequence[Look]) -> float:
    """Seconds a submission."""
    done = looks[-1].done - looks[0].done
    return (looks[-1].seconds - looks[0].seconds) / done if done else float("nan")


def table(run: Run, what: str) -> None:
    """Print what docs/speed.md shows."""
    print(f"\n{run.rows} submissions {what}, {run.seconds:.0f} s:\n")
    print(
        "| quarter of the class | seconds a submission | core-seconds of the notebook itself "
        "| memory, MB | descriptors | processes |"
    )
    print("|---|---|---|---|---|---|")
    for number, looks in enumerate(quarters(run), 1):
        if len(looks) > 1:
            memory = statistics.median(look.memory_mb for look in looks)
            descriptors = statistics.median(look.descriptors for look in looks)
            processes = max(look.processes for look in looks)
            part = slice(run.count * (number - 1) // QUARTERS, run.count * number // QUARTERS)
            own = statistics.mean(run.core_seconds[part])
            cells = f"{pace(looks):.2f} | {own:.2f} | {memory:.0f} | {descriptors:.0f}"
            print(f"| {number} | {cells} | at most {processes} |")
    last = run.looks[-1]
    counts = f"{last.descriptors} descriptors, {last.threads} threads"
    print(f"\nat the end: {last.memory_mb:.0f} MB, {counts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=2_000, help="submissions that train nothing")
    parser.add_argument("--train", type=int, default=0, help="submissions that train")
    parser.add_argument("--data", default=os.environ.get("AUTOGRADER_DATA") or "digits")
    parser.add_argument("-j", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.n:
            course = tiny_course(folder / "tiny" / "course")
            assignment = read_assignment(course, "tiny")
            write_class(assignment, folder / "tiny" / "class", arguments.n, {})
            run = grade(course, "tiny", folder / "tiny", arguments.n, arguments.data, arguments.j)
            table(run, "that train nothing")
        if arguments.train:
            course = find_course(ROOT)
            build.ensure_built(course, "mnist")
            (folder / "mnist").mkdir()
            write_class(
                read_assignment(course, "mnist"),
                folder / "mnist" / "class",
                arguments.train,
                {"q6": ONE_EPOCH},
            )
            run = grade(
                course, "mnist", folder / "mnist", arguments.train, arguments.data, arguments.j
            )
            table(run, "that train for one epoch")


if __name__ == "__main__":
    main()
