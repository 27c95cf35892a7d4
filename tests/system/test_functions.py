"""Functions, classes and objects of the student's across the real wall."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import build
from autograder.course.config import find_course, read_assignment
from autograder.grading.grader import Grader, open_grader
from autograder.records import Grade
from autograder.wall.confine import Level
from tests.conftest import earned, solved_but, submission
from tests.leaks import leaves_nothing

COURSE = Path(__file__).parent.parent / "functions"


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, best_level: Level) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course") / "functions"
    shutil.copytree(COURSE, folder)
    course = find_course(folder)
    build.build(course, "functions")
    assignment = read_assignment(course, "functions")
    with (
        leaves_nothing(descriptors=False),
        open_grader(assignment, course.settings, None, best_level) as warm,
    ):
        yield warm


def graded(grader: Grader, **answers: str) -> Grade:
    return grader.grade(submission("student-01", solved_but(grader.assignment, **answers)))


def test_the_solution_earns_everything(grader: Grader) -> None:
    grade = graded(grader)
    assert earned(grade) == {"q1": 2.0, "q2": 3.0, "q3": 1.0}, grade


ANSWERS: dict[str, tuple[dict[str, str], dict[str, float], str]] = {
    "wrong": ({"q1": "def square(x):\n    return 2 * x"}, {"q1": 0.0, "q2": 3.0, "q3": 0.0}, "is 6"),
    "an endless loop": (
        {"q1": "def square(x):\n    while x < 0:\n        pass\n    return x * x"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0},
        "within",
    ),
    "the process ends": (
        {"q1": "import os\ndef square(x):\n    return x * x if x == 3 else os._exit(0)"},
        {"q1": 1.0, "q2": 3.0, "q3": 0.0},
        "ended the process",
    ),
    "no function": ({"q1": "square = 9"}, {"q1": 0.0, "q2": 3.0, "q3": 0.0}, "not callable"),
    "always equal": (
        {"q1": "class Any:\n    def __eq__(self, other):\n        return True\n"
               "def square(x):\n    return Any()"},
        {"q1": 0.0, "q2": 3.0, "q3": 0.0},
        "student's side",
    ),
    "recursion": (
        {"q1": "import sys\nsys.setrecursionlimit(10**9)\n"
               "def square(x):\n    return square(x) if x < 0 else x * x"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0},
        "",
    ),
    "TensorFlow has run": (
        {"q1": "import tensorflow as tf\nx = tf.constant(2) + 1\ndef square(x):\n    return x * x"},
        {"q1": 2.0, "q2": 3.0, "q3": 1.0},
        "",
    ),
    "TensorFlow has run, and the loop is endless": (
        {"q1": "import tensorflow as tf\nx = tf.constant(2) + 1\n"
               "def square(x):\n    while x < 0:\n        pass\n    return x * x"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0},
        "within",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer(grader: Grader, name: str) -> None:
    answers, points, says = ANSWERS[name]
    grade = graded(grader, **answers)
    assert earned(grade) == points, grade
    details = [case.detail for verdict in grade.questions for case in verdict.cases]
    assert any(says in detail for detail in details), details
