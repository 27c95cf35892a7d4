"""The built zip under plain `otter run`: the same marks for honest work, and what ours prevents."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.course.config import Assignment, Course, built_folder
from autograder.course.data import Dataset
from autograder.grading.grader import Grader
from tests.conftest import earned, notebook_of, solved_but, submission

OFFLINE = "import keras\nkeras.utils.set_random_seed(1)\nkeras.src.datasets.mnist.get_file = lambda *_, **__: {path!r}\n"
REPLACED_RUNNER = """
answer = 0
from otter.test_files import ExceptionTestFile
from otter.test_files.abstract_test import TestCaseResult

def run(self, environment):
    self.test_case_results = [TestCaseResult(case, "passed", True) for case in self.test_cases]

ExceptionTestFile.run = run
"""


def otter_run(
    course: Course, name: str, notebook: Any, folder: Path, data: Path
) -> Mapping[str, float]:
    """Points by question, as `otter run` gives them without a network."""
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "0.py").write_text(OFFLINE.format(path=str(data)), encoding="utf-8")
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    archive = built_folder(course, name) / f"{name}-autograder.zip"
    command = [
        sys.executable,
        "-m",
        "otter",
        "run",
        "-a",
        str(archive),
        "-o",
        str(folder),
        f"{name}.ipynb",
    ]
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython"), "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2_000:]
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))["tests"]
    return {row["name"]: row["score"] for row in results if "score" in row}


def test_the_solution_gets_full_marks(
    mnist_course: Course, mnist: Assignment, data: Dataset, tmp_path: Path
) -> None:
    solution = notebook_of(mnist, solved=True)
    marks = otter_run(mnist_course, "mnist", solution, tmp_path, data.path)
    assert marks == {question.name: question.points for question in mnist.questions}
    assert sum(marks.values()) == 24


@pytest.mark.slow
def test_a_replaced_test_runner_fools_otter_and_not_us(
    tiny_course: Course, tiny: Assignment, tiny_grader: Grader, tmp_path: Path
) -> None:
    cheat = solved_but(tiny, q1=REPLACED_RUNNER, q2="squares = None", q3="network = None")
    assert sum(otter_run(tiny_course, "tiny", cheat, tmp_path, tmp_path / "no data").values()) == 10
    assert earned(tiny_grader.grade(submission("student-01", cheat))) == {"q1": 1, "q2": 0, "q3": 0}
