"""What a calibration makes of its measurements."""

from __future__ import annotations

import json
import math
import random
import statistics
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import calibrate
from autograder.proof import Result
from autograder.records import Outcome


def values(mean: float, deviation: float, count: int) -> list[float]:
    """Numbers with exactly this mean and standard deviation."""
    generator = random.Random(1)
    drawn = [generator.gauss(0, 1) for _ in range(count)]
    centre, spread = statistics.fmean(drawn), statistics.stdev(drawn)
    return [mean + deviation * (value - centre) / spread for value in drawn]


@pytest.mark.parametrize("z", [1.0, 2.0, 3.0])
def test_a_tail_is_that_of_the_normal_distribution(z: float) -> None:
    found = calibrate.chance(values(5.0, 0.5, 400), 5.0 - 0.5 * z, math.inf, outside=True)
    assert found["estimate"] == pytest.approx(0.5 * math.erfc(z / math.sqrt(2)), rel=0.05)
    assert found["of"] == 400


def test_within_is_what_is_not_outside() -> None:
    measured = values(5.0, 0.5, 50)
    out = calibrate.chance(measured, 4.5, 5.5, outside=True)
    within = calibrate.chance(measured, 4.5, 5.5, outside=False)
    assert within["estimate"] == pytest.approx(1 - out["estimate"], abs=0.02)
    assert within["seen"] + out["seen"] == 50


@given(st.floats(0.5, 0.99), st.floats(0.0005, 0.02), st.integers(3, 300))
def test_an_interval_holds_its_estimate(mean: float, deviation: float, count: int) -> None:
    measured = [min(value, 0.9999) for value in values(mean, deviation, count)]
    found = calibrate.chance(measured, 0.97, 1.0, outside=True)
    low, high = found["interval_95"]
    assert 0 <= low <= found["estimate"] <= high <= 1


def test_more_runs_make_a_narrower_interval() -> None:
    few, many = (
        calibrate.chance(values(0.979, 0.0017, count), 0.97, 1.0, outside=True)["interval_95"]
        for count in (20, 500)
    )
    assert few[0] <= many[0] <= many[1] <= few[1]


def result(name: str, test: float, outcome: Outcome = Outcome.PASSED) -> Result:
    facts = {
        "test_accuracy": test,
        "train_accuracy": test + 0.0125,
        "history": {"loss": [1.0]},
        "bounds": {"test_accuracy": [0.97, 1.0]},
    }
    return Result(name, {("q1", "is_right"): outcome}, {}, {"q1": 3.0}, (), (), facts)


def test_runs_are_gathered_and_written_as_json(tmp_path: Path) -> None:
    right = [result(f"solution/{n}", 0.978 + n / 1000) for n in range(4)]
    near = [result(f"one-epoch/{n}", 0.95 + n / 1000, Outcome.FAILED) for n in range(3)]
    figures = calibrate.calibration([*near, *right], {"data": "mnist"})
    solution, miss = figures["runs"]["solution"], figures["runs"]["one-epoch"]
    assert (solution["seeds"], solution["passed_everything"]) == (4, 4)
    assert (miss["seeds"], miss["passed_everything"]) == (3, 0)
    assert solution["measured"]["gap"]["mean"] == pytest.approx(0.0125)
    assert solution["chance_outside_bounds"]["test_accuracy"]["seen"] == 0
    assert miss["chance_within_bounds"]["test_accuracy"]["seen"] == 0
    assert "history" not in solution["values"]
    path = calibrate.write(figures, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == figures
    assert "[0.978, 0.979, 0.98, 0.981]" in text
