"""Many random submissions in random order, while random processes of ours are killed.

The command is started until it has finished: then every submission has its one row, with the marks
that its notebook gets alone. `SOAK` is the number of submissions: 40 by default, 1,000 in `make
prove`. Prints what it did: `pytest -s`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.course.config import Assignment, Course
from autograder.grading.grader import Grader
from autograder.records import Grade
from autograder.wall.confine import Level
from autograder.words import points
from tests.conftest import solved_but, submission
from tests.faults.running import KINDS, Grading, of_kind, patient_course, strike_one

COUNT = int(os.environ.get("SOAK", "40"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
CELL_SECONDS = 15
"""Long enough on a busy machine; what hangs takes so long."""
PAUSE = (5.0, 60.0)
"""Seconds between two kills."""
SPARED = 0.9
"""The share of kills that are left out while a command starts: it must come to grading at last."""
OURS = ["orchestrator", *(kind for kind in KINDS if kind != "kernel")]
"""What is killed. A kernel that is killed again when it runs again may have killed itself."""

Make = Callable[[Assignment, str], bytes]
"""Makes a submission's bytes; the text makes it another one than its likes."""


def answers(**given: str) -> Make:
    def make(tiny: Assignment, own: str) -> bytes:
        answered = {name: text.replace("OWN", own) for name, text in given.items()}
        notebook = solved_but(tiny, **answered)
        notebook["cells"][0].setdefault("metadata", {})["soak"] = own
        return json.dumps(notebook).encode()

    return make


def cut(tiny: Assignment, own: str) -> bytes:
    return answers()(tiny, own)[: 300 + int(own)]


def without_cells(tiny: Assignment, own: str) -> bytes:
    return json.dumps({"cells": [], "metadata": {"soak": own}, "nbformat": 4, "nbformat_minor": 5}).encode()  # fmt: skip


def not_a_notebook(tiny: Assignment, own: str) -> bytes:
    return f"nothing {own}".encode()


KINDS_OF_SUBMISSIONS: list[tuple[int, str, Make]] = [
    (30, "right", answers()),
    (10, "wrong number", answers(q1="answer = 1000 + OWN")),
    (10, "wrong shape", answers(q2="squares = np.zeros(OWN + 11)")),
    (6, "wrong network", answers(q3="import keras\nnetwork = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])")),
    (8, "raises", answers(q2="raise ValueError('OWN')")),
    (6, "prints much", answers(q1="print('OWN' * 100_000)\nanswer = 42")),
    (6, "exits", answers(q2="import os\nos._exit(3)")),
    (4, "kills itself", answers(q2="import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")),
    (4, "crashes", answers(q3="import ctypes\nctypes.string_at(0)")),
    (3, "hangs", answers(q2="while True:\n    pass")),
    (3, "sleeps", answers(q1="import time\ntime.sleep(1)\nanswer = 42")),
    (4, "cut off", cut),
    (3, "no cells", without_cells),
    (3, "no notebook", not_a_notebook),
]  # fmt: skip
"""How often, what, and how it is made."""


def soak_course(course: Course, folder: Path) -> Path:
    """Hanging ones hang for a short time only."""
    patient_course(course, folder)
    config = json.loads((folder / "otter_config.json").read_text(encoding="utf-8"))
    config["kit"] |= {"cell_seconds": CELL_SECONDS, "submission_seconds": 120}
    (folder / "otter_config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


def make_class(tiny: Assignment, folder: Path, chance: random.Random) -> dict[str, str]:
    """Write the class; return what each one is."""
    folder.mkdir()
    weights = [weight for weight, _, _ in KINDS_OF_SUBMISSIONS]
    made = {}
    numbers = list(range(1, COUNT + 1))
    chance.shuffle(numbers)
    for number in numbers:
        _, kind, make = chance.choices(KINDS_OF_SUBMISSIONS, weights)[0]
        name = f"{chance.randrange(10**6):06}-{number:04}"
        (folder / f"{name}.ipynb").write_bytes(make(tiny, str(number)))
        made[name] = kind
    return made


class Killer(threading.Thread):
    """Kills a random process of ours from time to time, until told to stop."""

    def __init__(self, root: int, chance: random.Random, killed: Counter[str]) -> None:
        super().__init__()
        self._root, self._chance, self._killed = root, chance, killed
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.wait(self._chance.uniform(*PAUSE)):
            starting = not of_kind("guard", self._root)
            if starting and self._chance.random() < SPARED:
                continue
            if kind := strike_one(self._chance, self._root, OURS, signal.SIGKILL):
                self._killed[kind] += 1


def grade_under_fire(one: Grading, chance: random.Random) -> Counter[str]:
    """Start the command until it has finished; return what was killed."""
    killed: Counter[str] = Counter()
    for _ in range(1_000):
        with one.start() as process:
            killer = Killer(process.pid, chance, killed)
            killer.start()
            said = process.communicate()[0]
            killer.stop.set()
            killer.join()
        killed["commands"] += 1
        assert process.returncode in (0, 3, -signal.SIGKILL), said
        assert "Traceback" not in said, said
        if process.returncode < 0 or not (one.out / "grades.csv").exists():
            continue
        rows = one.rows().values()
        if len(rows) == COUNT and all(row[0] != "ungraded" for row in rows):
            return killed
    raise AssertionError("it does not come to an end")


def row_alone(grade: Grade) -> list[str]:
    """Status and points, as they stand in the gradebook."""
    return [str(grade.status), *(points(v.final) for v in grade.questions), points(grade.final)]


@pytest.fixture(scope="module")
def alone(tiny_grader: Grader, tiny: Assignment) -> dict[str, list[str]]:
    """What one of each kind gets when it is graded alone."""
    limits = replace(
        tiny_grader.settings.limits, cell_seconds=float(CELL_SECONDS), submission_seconds=120.0
    )
    one = replace(tiny_grader, settings=replace(tiny_grader.settings, limits=limits))
    return {
        kind: row_alone(one.grade(submission(f"{kind}-5", make(tiny, "5"))))
        for _, kind, make in KINDS_OF_SUBMISSIONS
    }


@pytest.mark.slow
def test_soak(
    tiny_course: Course,
    tiny: Assignment,
    best_level: Level,
    alone: dict[str, list[str]],
    tmp_path: Path,
) -> None:
    chance = random.Random(SEED)
    course = soak_course(tiny_course, tmp_path / "course")
    made = make_class(tiny, tmp_path / "class", chance)
    one = Grading(course, tmp_path / "class", tmp_path / "out", tmp_path / "tmp", 2, best_level)
    began = time.monotonic()
    killed = grade_under_fire(one, chance)
    took = time.monotonic() - began
    rows = one.rows()
    assert sorted(rows) == sorted(made), "every submission has exactly one row"
    found: dict[str, Any] = {name: [row[0], *row[1:5]] for name, row in rows.items()}
    others = {name: (made[name], row) for name, row in found.items() if row != alone[made[name]]}
    sys.stderr.write(f"\n{COUNT} submissions in {took:.0f} s; killed: {dict(killed)}\n")
    assert not others, "marks as alone"
    assert one.run()[0] in (0, 3)
    assert one.marked() == COUNT, "nothing was graded twice"
    assert one.left() == []
