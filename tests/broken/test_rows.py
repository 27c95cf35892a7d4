"""Every damaged notebook gives the row that a patient TA would give it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from autograder.course.config import Assignment
from autograder.grading.grader import Grader
from autograder.records import Status
from autograder.words import problems_for_staff
from tests.broken.cases import BLANK, CASES
from tests.broken.damage import good, to_bytes
from tests.conftest import earned, submission


@pytest.mark.parametrize("name", CASES)
def test_row(name: str, tiny_grader: Grader, tiny: Assignment) -> None:
    case = CASES[name]
    notebook: Any = case.damage(good(tiny))
    grade = tiny_grader.grade(submission("student-01", to_bytes(notebook)))
    said = "\n".join(problems_for_staff(grade)), "\n".join(grade.remarks)
    assert tuple(earned(grade).values()) == case.points, said
    expected = Status.PROBLEMS if case.problems else Status.GRADED
    assert grade.status is (Status.UNGRADABLE if case.points == BLANK else expected), said
    assert (grade.score is None) == (case.points == BLANK)
    for part in case.problems:
        assert part in said[0]
    for part in case.remarks:
        assert part in said[1]


def test_there_are_enough() -> None:
    assert len(CASES) >= 100
    different = {hashlib.sha256(name.encode()).hexdigest() for name in CASES}
    assert len(different) == len(CASES)
