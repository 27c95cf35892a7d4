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

RIGHT = {"q1": 2.0, "q2": 3.0, "q3": 1.0}
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
    assert earned(grade) == RIGHT, grade


SQUARE = "def square(x):\n    return x * x\n"
LIAR = """
import os, socket, threading, time
base = os.path.dirname(os.environ["HOME"]) + "/out"
def answer():
    while True:
        for name in os.listdir(base):
            if name.endswith(".s"):
                try:
                    liar = socket.socket(socket.AF_UNIX)
                    liar.connect(f"{base}/{name}")
                    reply = b'{"id": 1, "blobs": [], "value": {"t": "int", "v": "9"}}'
                    liar.sendall((len(reply).to_bytes(4, "big") + reply) * 99)
                    time.sleep(99)
                except OSError:
                    pass
threading.Thread(target=answer, daemon=True).start()
"""
FORGER = """
import json
real = json.dumps
def dumps(value, **options):
    if isinstance(value, dict) and "value" in value and "id" in value:
        value = {**value, **FORGED}
    return real(value, **options)
json.dumps = dumps
"""
Points = float | tuple[float, float]
ANSWERS: dict[str, tuple[dict[str, str], dict[str, Points], str]] = {
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
    "another process takes the connection": (
        {"q1": LIAR + SQUARE}, {"q1": (0.0, 2.0), "q2": (0.0, 3.0), "q3": (0.0, 1.0)}, "",
    ),
    "it answers twice": (
        {"q1": FORGER.replace("FORGED", '{"id": value["id"] + 1}') + SQUARE},
        {"q1": 0.0, "q2": 0.0, "q3": 1.0}, "what nobody had asked",
    ),
    "it names what it was never asked for": (
        {"q1": FORGER.replace("FORGED", '{"returned": 17}') + SQUARE},
        {"q1": 0.0, "q2": 0.0, "q3": 1.0}, "never handed over",
    ),
    "a number that is none": (
        {"q1": FORGER.replace("FORGED", '{"value": {"t": "remote", "id": -3}}') + SQUARE},
        {"q1": 0.0, "q2": 0.0, "q3": 1.0}, "cannot be used any more",
    ),
    "large results over and over": (
        {"q1": "def square(x):\n    return x * x if x == 3 else list(range(10**6))"},
        {"q1": 1.0, "q2": 3.0, "q3": 0.0}, "",
    ),
    "results that are cyclic": (
        {"q1": "def square(x):\n    loop = []\n    loop += [loop] * 9\n"
               "    return x * x if x >= 0 else loop"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0}, "",
    ),
    "a text without end": (
        {"q1": "class Never:\n    def __repr__(self):\n        while True:\n            pass\n"
               "    __str__ = __format__ = __len__ = __repr__\n"
               "def square(x):\n    return x * x if x > 0 else Never()"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0}, "student's side",
    ),
    "tricks of a metaclass": (
        {"q1": "class Meta(type):\n    def __getattribute__(cls, name):\n"
               "        raise SystemExit(name)\n"
               "class Tricky(metaclass=Meta):\n    pass\n"
               "def square(x):\n    return x * x if x > 0 else Tricky"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0}, "",
    ),
    "an exception that calls itself ours": (
        {"q1": "class KitError(OSError):\n    errno = 28\n"
               "def square(x):\n    if x < 0:\n        raise KitError(28, 'no space')\n"
               "    return x * x"},
        {"q1": 1.0, "q2": 3.0, "q3": 1.0}, "no space",
    ),
    "an object that answers a subtraction": (
        {"q3": "class Zero:\n    def __sub__(self, other):\n        return 0.0\n"
               "total = Zero()"},
        {"q1": 2.0, "q2": 3.0, "q3": 0.0}, "answered this test",
    ),
    "a fork bomb": (
        {"q1": "import os\ndef square(x):\n    while x < 0:\n        os.fork()\n    return x * x"},
        {"q1": (0.0, 1.0), "q2": (0.0, 3.0), "q3": (0.0, 1.0)}, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer(grader: Grader, name: str) -> None:
    answers, points, says = ANSWERS[name]
    grade = graded(grader, **answers)
    for question, points_ in earned(grade).items():
        expected = points[question]
        low, high = expected if isinstance(expected, tuple) else (expected, expected)
        assert points_ is not None and low <= points_ <= high, (question, grade)
    assert earned(graded(grader)) == RIGHT, "the next submission is graded as if alone"
    details = [case.detail for verdict in grade.questions for case in verdict.cases]
    assert any(says in detail for detail in details), details
