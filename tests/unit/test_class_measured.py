"""What the judge measured: strict towards facts, which come from students' own training."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from autograder.records import Grade
from autograder.reports.facts import median_curve
from autograder.reports.staff.measured import accuracies, curves, interval, number, used
from tests.classes import sample_class

ONE = sample_class(1)[0]


def with_facts(*facts: Any) -> list[Grade]:
    return [replace(ONE, facts=each) for each in facts]


NO_NUMBERS = [None, True, "0.9", math.nan, math.inf, 10**400, [0.9], {}]


@pytest.mark.parametrize("value", NO_NUMBERS)
def test_what_is_no_number(value: object) -> None:
    assert number(value) is None


NO_INTERVALS = [None, "01", [0.1], [0.1, 0.2, 0.3], [0.3, 0.1], [0, "1"], [0, math.nan], {0: 1}, 3]


@pytest.mark.parametrize("value", NO_INTERVALS)
def test_what_is_no_interval(value: object) -> None:
    assert interval(value) is None


def test_accuracies_with_what_is_outside_their_bounds() -> None:
    bounds = {"test_accuracy": [0.97, 1.0]}
    good, bad = {"test_accuracy": 0.98, "bounds": bounds}, {"test_accuracy": 0.9, "bounds": bounds}
    (found,) = accuracies(with_facts(good, bad, good, {}))
    assert found["values"] == [0.98, 0.9, 0.98, None]
    assert (found["n"], found["median"], found["outside"]) == (3, 0.98, 1)
    assert found["bounds"] == (0.97, 1.0)


MALFORMED = [
    {"test_accuracy": 1.5}, {"test_accuracy": "0.9"}, {"test_accuracy": math.nan}, {"bounds": 3},
    {"bounds": {"test_accuracy": "no"}}, {"bounds": {3: [0, 1]}}, {"history": [1]},
    {"history": {"loss": "123"}}, {"history": {"loss": []}}, {"history": {"loss": [math.nan]}},
    {"history": {"x" * 100: [1.0]}}, {"history": {7: [1.0]}}, {"history": {"loss": [1.0] * 2000}},
]  # fmt: skip


@pytest.mark.parametrize("facts", MALFORMED)
def test_malformed_facts_are_left_out(facts: dict[str, Any]) -> None:
    assert accuracies(with_facts(facts)) == []
    assert curves(with_facts(facts)) == []


def test_other_facts_with_bounds_are_shown_too() -> None:
    (found,) = accuracies(with_facts({"gap": -0.2, "bounds": {"gap": [0, 0.1]}}))
    assert (found["name"], found["outside"]) == ("gap", 1)


def test_a_curve_keeps_its_epochs_where_a_loss_was_not_finite() -> None:
    (found,) = curves(with_facts({"history": {"loss": [2.0, math.nan, "x", 1.0]}}))
    assert found["values"] == [[2.0, None, None, 1.0]]


def test_accuracies_come_before_losses() -> None:
    names = [curve["name"] for curve in curves(sample_class(10))]
    assert names == ["accuracy", "loss"]


def test_the_median_of_curves_reaches_as_far_as_half_of_them() -> None:
    assert median_curve([[1, 2, 3], [3, 4], [5, None], [7]]) == (3, (3, 3))
    assert median_curve([[1, 2], [3, 4], [9]]) == (2, (2, 3)), "one that ends moves nothing"
    assert median_curve([[1], [2, 3]]) == (1, (2, 3)), "of as many, the longer ones"
    assert median_curve([]) == (0, ())


def test_time_and_memory_of_those_that_ran() -> None:
    ran = [replace(ONE, seconds=float(s), core_seconds=0.0, memory_mb=9.0) for s in range(1, 21)]
    blank = replace(ONE, score=None, seconds=500.0)
    time, memory = used([*ran, blank])
    assert (time["n"], time["median"], time["most_95"], time["most"]) == (20, 10.5, 19.0, 20.0)
    assert time["sum"] == 210.0
    assert (memory["unit"], memory["sum"]) == ("MB", None)
