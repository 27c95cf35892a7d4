"""Any combination of damages still gives exactly one row, and never more points."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from autograder.course.config import Assignment
from autograder.errors import SubmissionError
from autograder.grading.grader import Grader
from autograder.notebook.handout import handout
from autograder.notebook.read import read
from autograder.records import Status
from tests.broken.cases import CASES, FULL
from tests.broken.damage import Damage, delete, duplicate, good, merge, order, retype, to_bytes
from tests.conftest import earned, notebook_of, opened, submission

QUESTIONS = ["q1", "q2", "q3"]
NUMBER = st.integers(0, 13)
DAMAGES: st.SearchStrategy[Damage] = st.one_of(
    st.sampled_from([case.damage for case in CASES.values()]),
    st.lists(NUMBER, max_size=4).map(lambda cells: delete(*cells)),
    st.lists(NUMBER, max_size=3, unique=True).map(lambda cells: duplicate(*cells)),
    st.permutations(range(14)).map(lambda cells: order(*cells)),
    st.tuples(NUMBER, NUMBER).map(lambda ends: merge(min(ends), max(ends))),
    st.tuples(st.sampled_from(["raw", "markdown"]), NUMBER).map(lambda which: retype(*which)),
)
UNUSUAL = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # to shrink is to grade a hundred times more
    derandomize=True,
)


def damaged(tiny: Assignment, damages: list[Damage]) -> bytes:
    """Apply as many damages as can be: a deleted cell cannot be changed any more."""
    notebook: Any = good(tiny)
    for damage in damages:
        try:
            changed = damage(notebook)
            to_bytes(changed)
        except (IndexError, KeyError, AttributeError, TypeError):
            continue
        if isinstance(changed, bytes):
            return changed
        notebook = changed
    return to_bytes(notebook)


@settings(UNUSUAL, max_examples=150)
@given(st.lists(DAMAGES, min_size=1, max_size=6))
def test_any_combination_is_planned_or_refused(tiny: Assignment, damages: list[Damage]) -> None:
    content = damaged(tiny, damages)
    course = handout(notebook_of(tiny, solved=False), notebook_of(tiny, solved=True), QUESTIONS)
    try:
        plan = opened(submission("s", content), course).script
    except SubmissionError as error:
        assert "Ask" in str(error) or "a cell's source" in str(error)
        return
    judged = {name for piece in plan.pieces for name in piece.checkpoints} | set(plan.at_end)
    assert judged == set(QUESTIONS)
    assert [piece.cell for piece in plan.pieces] == sorted(piece.cell for piece in plan.pieces)
    assert read(content).notebook.cells


@settings(UNUSUAL, max_examples=25)
@given(st.lists(DAMAGES, min_size=1, max_size=4))
def test_any_combination_is_one_row(
    tiny_grader: Grader, tiny: Assignment, damages: list[Damage]
) -> None:
    grade = tiny_grader.grade(submission("student-01", damaged(tiny, damages)))
    assert grade.status is not Status.UNGRADED, grade.problems
    points = earned(grade).values()
    blank = grade.status is Status.UNGRADABLE
    assert all((value is None) == blank for value in points)
    assert blank or all((value or 0) <= most for value, most in zip(points, FULL, strict=True))
