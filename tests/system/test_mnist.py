"""The assignment `mnist`, end to end: a class of typical and hostile submissions, really trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from autograder.course.config import Assignment
from autograder.grading.grader import Grader
from autograder.records import Grade, Outcome, Status, Submission
from autograder.words import problems_for_staff
from tests.conftest import earned, notebook_of, solved_but, submission

FULL = {"q1": 3, "q2": 2, "q3": 4, "q4": 3, "q5": 2, "q6": 3, "q7": 3, "q8": 2, "q9": 2}
NOTHING = dict.fromkeys(FULL, 0)
FIT = "history = network.fit(train_images, train_labels, epochs={}, batch_size=128, verbose=0)"
NEVER_FIT = """
class Fake(keras.callbacks.History):
    pass
history = keras.callbacks.History()
history.epoch = [0, 1, 2, 3, 4]
history.params = {"epochs": 5, "steps": 469, "verbose": 0}
history.history = {"accuracy": [0.92, 0.96, 0.97, 0.98, 0.99], "loss": [0.28, 0.11, 0.07, 0.05, 0.04]}
"""
EQUALS_ALL = """
class Yes(float):
    def __eq__(self, other): return True
    def __ge__(self, other): return True
    def __sub__(self, other): return Yes(0)
    def __abs__(self): return Yes(0)
    __hash__ = float.__hash__
test_loss, test_acc = Yes(0.07), Yes(0.98)
"""

# What each submission changes in the solution, what it earns, its status, and what its problems say.
ROWS: dict[str, tuple[dict[str, str], dict[str, float], Status, str]] = {
    "solution": ({}, FULL, Status.GRADED, ""),
    "typed in": (
        {"q6": FIT.format(1), "q7": "test_loss, test_acc = 0.07, 0.98"},
        {**FULL, "q6": 0, "q7": 0},
        Status.GRADED,
        "",
    ),
    "never trained": ({"q6": NEVER_FIT}, {**FULL, "q6": 0, "q7": 0}, Status.GRADED, ""),
    "equal to everything": (
        {"q6": FIT.format(1), "q7": EQUALS_ALL},
        {**FULL, "q6": 0, "q7": 0, "q9": 0},
        Status.GRADED,
        "",
    ),
    "sys.exit": (
        {"q4": "import sys\nsys.exit()"},
        {**NOTHING, "q1": 3, "q2": 2, "q3": 4, "q8": 2},
        Status.GRADED,
        "",
    ),
    "os._exit": (
        {"q4": "import os\nos._exit(1)"},
        {**NOTHING, "q1": 3, "q2": 2, "q3": 4},
        Status.PROBLEMS,
        "the Python process ended",
    ),
    "endless loop": (
        {"q2": "train_labels = 0\nwhile True:\n    pass", "q6": FIT.format(1)},
        {**NOTHING, "q1": 3, "q3": 4, "q4": 3, "q8": 2},
        Status.PROBLEMS,
        "stopped after 20 s: is there an endless loop?",
    ),
}
LIMITS = {"endless loop": 20.0}
"""Seconds of a cell; others train, and have as many as they need."""


@pytest.fixture(scope="module")
def rows(mnist_grader: Grader, mnist: Assignment) -> Iterator[Mapping[str, Grade]]:
    """All submissions, graded two at a time."""

    def grade(one: Submission) -> Grade:
        limits = mnist_grader.settings.limits
        limits = replace(limits, cell_seconds=LIMITS.get(one.id, limits.cell_seconds))
        settings = replace(mnist_grader.settings, limits=limits)
        return replace(mnist_grader, settings=settings).grade(one)

    made: list[Submission] = [
        submission(name, solved_but(mnist, **row[0])) for name, row in ROWS.items()
    ]
    made.append(submission("untouched", notebook_of(mnist, solved=False)))
    made.append(submission("not JSON", b"I could not open Jupyter.\n"))
    with ThreadPoolExecutor(2) as pool:
        yield {grade.submission: grade for grade in pool.map(grade, made)}


@pytest.mark.parametrize("name", ROWS)
def test_row(rows: Mapping[str, Grade], name: str) -> None:
    _, points, status, problem = ROWS[name]
    grade = rows[name]
    explained = [
        (v.question.name, c.case.label, c.detail)
        for v in grade.questions
        for c in v.cases
        if c.detail
    ]
    assert earned(grade) == points, explained
    assert grade.status is status, grade.problems
    assert problem in "; ".join(problems_for_staff(grade))


def test_untouched_scores_nothing_and_says_why(rows: Mapping[str, Grade]) -> None:
    grade = rows["untouched"]
    assert (grade.score, grade.status) == (0, Status.GRADED)
    for verdict in grade.questions:
        said = verdict.cases[0].message
        assert "is not filled in yet" in said or "is not defined" in said, (
            verdict.question.name,
            said,
        )


def test_what_is_no_notebook_stays_blank(rows: Mapping[str, Grade]) -> None:
    grade = rows["not JSON"]
    assert (grade.score, grade.status) == (None, Status.UNGRADABLE)
    assert "not a notebook" in problems_for_staff(grade)[0]


def test_after_a_crash_questions_are_not_reached(rows: Mapping[str, Grade]) -> None:
    outcomes = {v.question.name: {c.outcome for c in v.cases} for v in rows["os._exit"].questions}
    assert outcomes["q3"] == {Outcome.PASSED}
    assert all(outcomes[f"q{n}"] == {Outcome.NOT_REACHED} for n in range(4, 10))


def test_hidden_cases_show_students_their_hint_only(rows: Mapping[str, Grade]) -> None:
    hidden = [c for v in rows["typed in"].questions for c in v.cases if c.case.hidden and c.detail]
    assert hidden
    assert all(case.message == case.case.hint for case in hidden)
