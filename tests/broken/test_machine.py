"""What fails only here costs no point that the work earned; a mistake ends its cell as ever."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.course.config import Assignment
from autograder.grading.grader import Grader
from autograder.notebook import going_on
from autograder.records import Status
from autograder.words import problems_for_staff
from tests.broken.damage import IMPORTS, Q1, before, both, good, insert, text, to_bytes
from tests.broken.machine import ELSEWHERE, MISTAKES
from tests.conftest import earned, submission


@pytest.fixture(scope="session")
def patient(tiny_grader: Grader) -> Grader:
    """A grader for cells that do many things."""
    settings = tiny_grader.settings
    limits = replace(settings.limits, cell_seconds=60)
    return replace(tiny_grader, settings=replace(settings, limits=limits))


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_line_of_another_machine_costs_nothing(
    place: str, patient: Grader, tiny: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Above the imports, and again within an answer."""
    monkeypatch.setattr(going_on, "MOST_SAID", 100)
    lines = ELSEWHERE[place]
    text_of_lines = "\n".join(lines)
    notebook = both(before(IMPORTS, text_of_lines), before(Q1, text_of_lines))(good(tiny))
    grade = patient.grade(submission("student-01", to_bytes(notebook)))
    said = "\n".join((*problems_for_staff(grade), *grade.remarks))
    assert tuple(earned(grade).values()) == (2, 3, 5), said
    for what in lines.values():
        assert said.count(what) >= 2 or not what, what
    is_fine = not any("could not run" in text for text in problems_for_staff(grade))
    assert (grade.status is Status.GRADED) == is_fine


def test_a_mistake_ends_its_cell(patient: Grader, tiny: Assignment) -> None:
    cells = [f"{line}\nwent_on.append({line!r})" for line in MISTAKES]
    answer = "answer = 42 if not went_on else str(went_on)"
    notebook = text(Q1, answer)(good(tiny))
    notebook = insert(Q1, "import numpy as np\nimport keras\nwent_on = []", *cells)(notebook)
    grade = patient.grade(submission("student-01", to_bytes(notebook)))
    details = [case.detail for verdict in grade.questions for case in verdict.cases]
    assert tuple(earned(grade).values()) == (2, 3, 5), details
    assert (grade.status, grade.problems) == (Status.GRADED, ())


def test_there_are_enough() -> None:
    assert sum(map(len, ELSEWHERE.values())) >= 60
    assert len(set(MISTAKES)) >= 60
