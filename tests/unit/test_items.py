"""Item analysis, against numbers computed by hand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from scipy.stats import pointbiserialr

from autograder.records import (
    Case,
    CaseVerdict,
    Grade,
    Outcome,
    Override,
    Question,
    QuestionVerdict,
    Status,
)
from autograder.reports.staff.items import FEWEST, Item, case_items, correlation, question_items
from tests.grades import sample_class

P, F, N, U = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_REACHED, Outcome.UNGRADED


def grade(
    *questions: Sequence[Outcome],
    points: Sequence[float] = (1, 3),
    whole: bool = False,
    override: Override | None = None,
) -> Grade:
    """A grade of questions whose cases are worth `points`, scored by Otter's rules."""
    verdicts = []
    for number, outcomes in enumerate(questions, 1):
        name = f"q{number}"
        cases = tuple(Case(f"{name} - {i}", "", False, p, "") for i, p in enumerate(points, 1))
        question = Question(name, whole, cases, ())
        found = tuple(CaseVerdict(c, o) for c, o in zip(cases, outcomes, strict=True))
        earned: float | None = sum(c.points for c, o in zip(cases, outcomes, strict=True) if o is P)
        if whole and set(outcomes) != {P}:
            earned = 0.0
        if U in outcomes:
            earned = None
        verdicts.append(QuestionVerdict(question, found, earned, override=override))
    all_earned = [verdict.earned for verdict in verdicts]
    score = None if None in all_earned else sum(value or 0 for value in all_earned)
    return Grade("s", "", Status.GRADED, tuple(verdicts), score, 4, (), 1, {})


CLASS = [grade([P, P]), grade([P, P]), grade([F, P]), grade([P, F]), grade([F, N])]
"""Case 1 (1 point) with the rest 3, 3, 3, 0, 0: r = 0.6 / sqrt(1.2 × 10.8) = 1/6."""


def test_a_case_by_hand() -> None:
    item = case_items(CLASS)["q1", "q1 - 1"]
    assert (item.graded, item.passed, item.difficulty) == (5, 3, 0.6)
    assert item.discrimination == pytest.approx(1 / 6)


def test_a_case_agrees_with_the_point_biserial_correlation() -> None:
    passed, rest = [1, 1, 0, 1, 0], [3, 3, 3, 0, 0]
    expected = pointbiserialr(passed, rest).statistic
    assert case_items(CLASS)["q1", "q1 - 1"].discrimination == pytest.approx(expected)


def test_a_question_by_hand() -> None:
    """Shares of q1 are 1, 1/4, 3/4, 0; the rest, q2, is 4, 0, 3, 1: r = 2.25 / sqrt(0.625 × 10)."""
    grades = [grade([P, P], [P, P]), grade([P, F], [F, F]), grade([F, P], [F, P])]
    grades.append(grade([F, F], [P, F]))
    item = question_items(grades)["q1"]
    assert (item.graded, item.passed, item.difficulty) == (4, 1, 0.5)
    assert item.discrimination == pytest.approx(2.25 / (0.625 * 10) ** 0.5)


def test_of_all_or_nothing_the_rest_is_without_the_question() -> None:
    """Case 1 of q1 with q2's points 4, 0, 0, 4: passed 1, 1, 0, 0 has nothing to do with them."""
    grades = [grade(one, two, whole=True) for one, two in
              (([P, P], [P, P]), ([P, F], [F, F]), ([F, F], [P, F]), ([F, P], [P, P]))]  # fmt: skip
    assert case_items(grades)["q1", "q1 - 1"].discrimination == pytest.approx(0)


def test_ungraded_is_not_counted_and_not_reached_is_not_passed() -> None:
    grades = [grade([P, U]), grade([U, U]), grade([N, N]), grade([P, P])]
    case, question = case_items(grades)["q1", "q1 - 1"], question_items(grades)["q1"]
    assert (case.graded, case.passed) == (3, 2)
    assert (question.graded, question.passed, question.difficulty) == (2, 1, 0.5)
    assert case.discrimination is None  # only two have a whole score


def test_overrides_say_nothing_about_the_tests() -> None:
    overridden = [*CLASS[:-1], grade([F, N], override=Override(4, "agreed", ""))]
    assert question_items(overridden) == question_items(CLASS)
    assert case_items(overridden) == case_items(CLASS)


UNDEFINED = [
    [],
    [(1.0, 2.0), (0.0, 1.0)],
    [(1.0, 2.0), (1.0, 1.0), (1.0, 5.0)],
    [(1.0, 2.0), (0.0, 2.0), (1.0, 2.0)],
]


@pytest.mark.parametrize("pairs", UNDEFINED)
def test_where_a_correlation_is_not_defined(pairs: list[tuple[float, float]]) -> None:
    assert correlation(pairs) is None


LOOKS = [
    (FEWEST, 10, 0.5, 0.4, ""),
    (FEWEST, 10, 0.5, 0.09, "hardly"),
    (FEWEST, 10, 0.5, -0.01, "negative"),
    (FEWEST, 19, 0.95, 0.05, ""),
    (FEWEST, 19, 0.95, -0.2, "negative"),
    (FEWEST, 0, 0.0, None, "nobody"),
    (FEWEST, FEWEST, 1.0, None, ""),
    (FEWEST - 1, 10, 0.5, -0.5, ""),
]


@pytest.mark.parametrize(("graded", "passed", "difficulty", "discrimination", "look"), LOOKS)
def test_what_is_worth_a_look(
    graded: int, passed: int, difficulty: float, discrimination: float | None, look: str
) -> None:
    found = Item(graded, passed, difficulty, discrimination).look
    assert found.startswith(look) and bool(found) == bool(look)


def test_a_sample_class_keeps_its_order_and_every_case() -> None:
    grades = sample_class(60)
    assert list(question_items(grades)) == [f"q{n}" for n in range(1, 10)]
    assert len(case_items(grades)) == sum(len(v.question.cases) for v in grades[0].questions)
