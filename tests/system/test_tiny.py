"""One small assignment through the whole pipeline, with a real kernel and a real judge."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from autograder.course.config import Assignment
from autograder.grading.grader import Grader
from autograder.records import Status
from autograder.wall.confine import Level
from autograder.wall.levels import available
from autograder.words import problems_for_staff
from tests.conftest import earned, notebook_of, solved_but, submission

FULL = {"q1": 2, "q2": 3, "q3": 5}

ANSWERS = [
    ("nothing changed", {}, FULL),
    ("a wrong number", {"q1": "answer = 41"}, {**FULL, "q1": 1}),
    ("a number as text", {"q1": "answer = '42'"}, {**FULL, "q1": 0}),
    ("an exception", {"q1": "answer = 6 * 7\nraise ValueError"}, FULL),
    ("the check's name in a loop", {"q1": "for _ in range(2):\n    answer = 42"}, FULL),
    ("one wrong of ten", {"q2": "squares = np.arange(10)"}, {**FULL, "q2": 0}),
    ("a list", {"q2": "squares = [n * n for n in range(10)]"}, FULL),
    ("one unit too many", {"q3": "import keras\nnetwork = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])"}, {**FULL, "q3": 2}),
    ("functional", {"q3": "import keras\ni = keras.Input((4,))\nnetwork = keras.Model(i, keras.layers.Dense(3)(i))"}, FULL),
    ("own model class", {"q3": "import keras\nclass Mine(keras.Model):\n    def call(self, x):\n        return x\nnetwork = Mine()"}, {**FULL, "q3": 0}),
    ("a Lambda layer", {"q3": "import keras\nnetwork = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(lambda x: x)])"}, {**FULL, "q3": 0}),
    ("equal to everything", {"q1": "class E(int):\n    __eq__ = lambda s, o: True\nanswer = E(1)"}, {**FULL, "q1": 0}),
    ("names like built-ins", {"q1": "exec = len = sum = open = 0\nanswer = 42"}, FULL),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "expected"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS]
)
def test_marks(
    tiny_grader: Grader, tiny: Assignment, answers: dict[str, str], expected: dict[str, float]
) -> None:
    grade = tiny_grader.grade(submission("student-01", solved_but(tiny, **answers)))
    assert earned(grade) == expected, grade.problems
    assert grade.status is Status.GRADED, grade.problems


def test_the_best_of_several_checks_counts_and_is_said(
    tiny_grader: Grader, tiny: Assignment
) -> None:
    again = "answer = 1\ngrader.check('q1')\nanswer = 42"
    grade = tiny_grader.grade(submission("student-01", solved_but(tiny, q1=again)))
    assert (grade.score, grade.status) == (10, Status.PROBLEMS)
    assert problems_for_staff(grade) == ("q1: checked 2 times; the best counts",)


def test_untouched_scores_zero_and_says_why(tiny_grader: Grader, tiny: Assignment) -> None:
    grade = tiny_grader.grade(submission("student-01", notebook_of(tiny, solved=False)))
    assert (grade.score, grade.status) == (0, Status.GRADED)
    messages = [case.message for verdict in grade.questions for case in verdict.cases]
    assert all("is not filled in yet" in message for message in messages), messages


@pytest.mark.parametrize("level", Level)
def test_every_level_gives_the_same_marks(
    tiny_graders: Callable[[Level], Grader], tiny: Assignment, level: Level
) -> None:
    refused = [f"{f.level}: {f.reason}" for f in available() if f.level is level and not f.works]
    if refused:
        pytest.skip(f"this machine has no level {refused[0]}")
    grade = tiny_graders(level).grade(submission("student-01", notebook_of(tiny, solved=True)))
    assert (grade.score, grade.status) == (10, Status.GRADED), grade.problems
    assert grade.made_from["isolation"] == level


def test_figures_are_shown_below_their_cells(tiny_grader: Grader, tiny: Assignment) -> None:
    plot = (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('after')\nanswer = 42"
    )
    grade = tiny_grader.grade(submission("plots", solved_but(tiny, q1=plot)))
    (cell,) = [c for c in json.loads(grade.executed)["cells"] if c["source"] == plot]
    kinds = [output["output_type"] for output in cell["outputs"]]
    assert kinds == ["display_data", "stream"]
    assert cell["outputs"][0]["data"]["image/png"].startswith("iVBOR")
