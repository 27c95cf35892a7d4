"""Points by Otter's rules; our fault is never a zero."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from otter.test_files.abstract_test import TestCase as OtterCase
from otter.test_files.abstract_test import TestCaseResult as OtterResult
from otter.test_files.exception_test import ExceptionTestFile

from autograder import records
from autograder.judge import ranking
from autograder.records import Case, CaseVerdict, Flag, Outcome, Question, QuestionVerdict

POINTS = st.sampled_from([0, 1, 2, 0.5, 1 / 3, 2 / 3, 0.1, 7])
ENDED = st.sampled_from([Outcome.PASSED, Outcome.FAILED, Outcome.NOT_REACHED])


def question(*points: float, all_or_nothing: bool = False) -> Question:
    cases = tuple(Case(f"q1 - {i}", f"case {i}", False, p, "") for i, p in enumerate(points, 1))
    return Question("q1", all_or_nothing, cases, ())


def verdict(asked: Question, *outcomes: Outcome) -> QuestionVerdict:
    cases = tuple(CaseVerdict(*pair) for pair in zip(asked.cases, outcomes, strict=True))
    return records.question_verdict(asked, cases)


def earning(points: float | None, *notes: str) -> QuestionVerdict:
    return QuestionVerdict(question(9), (), points, notes)


def otters(points: Any, passed: list[bool], all_or_nothing: bool) -> ExceptionTestFile:
    cases = [OtterCase(f"q1 - {i}", None, False, p, None, None) for i, p in enumerate(points)]
    file = ExceptionTestFile("q1", "q1.py", cases, all_or_nothing)
    file.test_case_results = [
        OtterResult(case, None, ok) for case, ok in zip(cases, passed, strict=True)
    ]
    return file


@given(st.lists(st.tuples(POINTS, ENDED), min_size=1, max_size=9), st.booleans())
def test_points_are_otters_own(rows: list[tuple[float, Outcome]], all_or_nothing: bool) -> None:
    points, outcomes = zip(*rows, strict=True)
    asked = question(*points, all_or_nothing=all_or_nothing)
    expected = otters(points, [o is Outcome.PASSED for o in outcomes], all_or_nothing)
    assert verdict(asked, *outcomes).earned == pytest.approx(expected.score, abs=1e-6)
    assert asked.points == pytest.approx(expected.possible)


P, F, N, U = Outcome.PASSED, Outcome.FAILED, Outcome.NOT_REACHED, Outcome.UNGRADED
TABLE: list[tuple[bool, list[Outcome], float | None]] = [
    (False, [P, P, P], 6),
    (False, [P, F, P], 4),
    (False, [F, F, F], 0),
    (False, [N, N, N], 0),
    (False, [P, N, F], 1),
    (False, [P, P, U], None),
    (False, [U, F, F], None),
    (True, [P, P, P], 6),
    (True, [P, P, F], 0),
    (True, [P, P, N], 0),
    (True, [F, F, U], None),
]


@pytest.mark.parametrize(("all_or_nothing", "outcomes", "earned"), TABLE)
def test_one_question(all_or_nothing: bool, outcomes: list[Outcome], earned: float | None) -> None:
    assert verdict(question(1, 2, 3, all_or_nothing=all_or_nothing), *outcomes).earned == earned


def test_thirds_add_up_to_a_whole() -> None:
    assert verdict(question(*[1 / 3] * 3), P, P, P).earned == 1
    assert records.total([earning(0.333333)] * 3) == 0.999999
    assert records.total([earning(0.1)] * 3) == 0.3


SAME: list[tuple[Outcome, float | None]] = [(P, 3), (F, 0), (N, 0), (U, None)]


@pytest.mark.parametrize(("outcome", "earned"), SAME)
def test_all_cases_may_end_alike(outcome: Outcome, earned: float | None) -> None:
    found = records.same_outcome(question(1, 2), outcome, "to the student", "to staff")
    assert found.earned == earned
    said = [(case.outcome, case.message, case.detail) for case in found.cases]
    assert said == [(outcome, "to the student", "to staff")] * 2


BETTER: list[tuple[float | None, float | None, str]] = [
    (1, 2, "later"), (2, 1, "first"), (1, 1, "later"), (0, 0, "later"),
    (None, 0, "later"), (0, None, "first"), (None, None, "later"), (None, 3, "later"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "later", "winner"), BETTER)
def test_the_better_of_two_verdicts_counts_and_hides_nothing(
    first: float | None, later: float | None, winner: str
) -> None:
    verdicts = {
        name: replace(
            earning(points, name, "of both"),
            flags=(Flag("too fast", name), Flag("gap", "both")),
            facts={"from": name},
        )
        for name, points in (("first", first), ("later", later))
    }
    merged = ranking.better(verdicts["first"], verdicts["later"])
    assert (merged.facts, merged.earned) == ({"from": winner}, verdicts[winner].earned)
    assert merged.notes == ("first", "of both", "later")
    assert [flag.evidence for flag in merged.flags] == ["first", "both", "later"]
    assert ranking.better(None, verdicts["first"]) == verdicts["first"]


@pytest.mark.parametrize(
    ("earned", "total"),
    [([], 0), ([1, 2.5], 3.5), ([0, 0], 0), ([1, None], None), ([None], None), ([None, 0], None)],
)
def test_one_ungraded_question_leaves_the_total_blank(
    earned: list[float | None], total: float | None
) -> None:
    assert records.total([earning(points) for points in earned]) == total
