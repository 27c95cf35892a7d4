"""What the judge measured: strict towards facts, which come from students' own training."""

from __future__ import annotations

import base64
import math
from dataclasses import replace
from typing import Any

import pytest

from autograder.reports.facts import Chance, Facts, interval, median_curve, number, read
from autograder.reports.staff.measured import accuracies, curves, used
from tests.grades import sample_class

ONE = sample_class(1)[0]


def with_facts(*facts: Any) -> list[Facts]:
    return [read(each) for each in facts]


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
    {"history": {"x" * 100: [1.0]}}, {"history": {7: [1.0]}}, {"history": {"loss": [True, "1"]}},
    {"test_accuracy": 10**400}, {"history": {"loss": [1e300]}}, {7: 0.5}, {"bounds": {"gap": [0, 1]}},
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
    assert found["values"] == [(2.0, None, None, 1.0)]


def test_a_long_history_is_cut_and_its_metrics_have_one_name() -> None:
    history = {"acc": [0.5] * 2_000, "val_acc": [0.25], "accuracy": [0.1], "my metric": [7]}
    curves_of = read({"history": history}).history
    assert curves_of == {"accuracy": (0.5,) * 200, "val_accuracy": (0.25,), "my metric": (7.0,)}


SQUARE = [[1] * 10] * 10
NO_CONFUSIONS = [
    None, 3, "x" * 10, [], [[1] * 10] * 9, [[1] * 10] * 11, [[1] * 9] * 10, [[1] * 9 + [-1]] * 10,
    [[1] * 10 + [True]] * 10, [[1] * 9 + [True]] * 10, [[1] * 9 + [0.5]] * 10, {0: SQUARE},
]  # fmt: skip


@pytest.mark.parametrize("value", NO_CONFUSIONS)
def test_what_is_no_confusion_matrix(value: object) -> None:
    assert read({"confusion": value}).confusion is None
    assert read({"confusion": SQUARE}).confusion == ((1,) * 10,) * 10


DIGIT = {
    "index": 3,
    "label": 7,
    "predicted": 1,
    "probabilities": [0.1] * 10,
    "image": base64.b64encode(bytes(784)).decode(),
}
NO_DIGITS = [
    {"index": -1}, {"index": 1.5}, {"label": 10}, {"label": True}, {"predicted": "1"},
    {"probabilities": [0.1] * 9}, {"probabilities": [0.1] * 10 + [None]}, {"image": "é"},
    {"probabilities": [0.1] * 9 + [1.5]}, {"image": "AAAA"}, {"image": None},
]  # fmt: skip


@pytest.mark.parametrize("damage", NO_DIGITS)
def test_what_is_no_wrong_digit(damage: dict[str, object]) -> None:
    assert read({"wrong": [DIGIT | damage, 3, None]}).wrong == ()
    assert len(read({"wrong": [DIGIT] * 99}).wrong) == 12


NO_CHANCES = [None, "q7", {}, {"question": "q7"}, {"question": ["q7"], "found": "x"}, [["q7", "x"]]]


@pytest.mark.parametrize("value", NO_CHANCES)
def test_what_does_not_say_that_chance_decided(value: object) -> None:
    assert read({"by_chance": value}).by_chance is None
    assert read({"by_chance": {"question": "q7", "found": "0.96"}}).by_chance == Chance(
        "q7", "0.96"
    )


def test_accuracies_come_before_losses() -> None:
    grades = sample_class(10)
    names = [curve["name"] for curve in curves([read(grade.facts) for grade in grades])]
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
