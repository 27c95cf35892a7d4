"""What a calibration makes of its measurements."""

from __future__ import annotations

import hashlib
import json
import math
import random
import statistics
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.notebook.read import read
from autograder.proving import bank, calibrate
from autograder.records import Grade, Outcome, same_outcome
from tests import grades as made_up
from tests.conftest import content_of, notebook_of

# ---------------------------------------------------------------- what is run


def near_misses(folder: Path, *names: str) -> Path:
    for kind in ("near", "right"):
        (folder / kind).mkdir(parents=True)
    for name in names:
        text = f'"""{name}."""\n\n# %% q1\nanswer = {name!r}\n'
        toml = text.replace('."""', '.\n\nfails.q1 = ["answer_is_right"]\n"""')
        (folder / "near" / f"{name}.py").write_text(toml, encoding="utf-8")
    (folder / "right" / "same.py").write_text('"""Right."""\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize(("count", "quarter"), [(1, 1), (3, 1), (4, 1), (5, 2), (100, 25)])
def test_each_near_miss_runs_a_quarter_as_often(
    count: int, quarter: int, tiny: Assignment, tmp_path: Path
) -> None:
    found = calibrate.submissions(tiny, near_misses(tmp_path / "bank", "b", "a"), count)
    assert [one.id for one in found] == [
        *(f"solution/{number}" for number in range(1, count + 1)),
        *(f"{name}/{number}" for name in "ab" for number in range(1, quarter + 1)),
    ]


def test_runs_are_of_the_solution_and_of_the_near_misses(tiny: Assignment, tmp_path: Path) -> None:
    folder, solution = near_misses(tmp_path / "bank", "a"), notebook_of(tiny, solved=True)
    one, other, miss = calibrate.submissions(tiny, folder, 2)
    assert content_of(one) == content_of(other)
    assert one.sha256 == other.sha256 == hashlib.sha256(content_of(one)).hexdigest()
    assert read(content_of(one)).notebook == solution
    (variant,) = (v for v in bank.read(folder, tiny.questions) if v.kind == "near")
    assert (
        content_of(miss)
        == bank.notebook_of(variant, solution, ["q1", "q2", "q3"])
        != content_of(one)
    )


def test_a_calibration_needs_a_near_miss(tiny: Assignment, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no near miss") as refused:
        calibrate.submissions(tiny, near_misses(tmp_path / "bank"), 4)
    assert str(tmp_path / "bank" / "near") in str(refused.value)


# ---------------------------------------------------------------- chances


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


# Bounds in standard deviations, and the share of a normal distribution outside them.
TAILS = [
    (-math.inf, 1.0, 0.158655),
    (-1.644854, math.inf, 0.05),
    (-math.inf, 2.326348, 0.01),
    (-3.090232, math.inf, 0.001),
    (-4.753424, math.inf, 1e-6),
    (-1.959964, 1.959964, 0.05),
    (-1.0, 2.0, 0.181406),
    (0.0, math.inf, 0.5),
    (1.0, 2.0, 1 - 0.135905),
    (-math.inf, math.inf, 0.0),
]


@pytest.mark.parametrize(("low", "high", "share"), TAILS)
def test_the_share_outside_bounds_is_that_of_tables(low: float, high: float, share: float) -> None:
    measured = values(50.0, 0.5, 200)
    for outside, expected in ((True, share), (False, 1 - share)):
        found = calibrate.chance(measured, 50 + low / 2, 50 + high / 2, outside=outside)
        assert found["estimate"] == pytest.approx(expected, rel=0.051, abs=1e-9)


@pytest.mark.parametrize(("z", "count"), [(0.0, 100), (2.0, 100), (3.0, 25)])
def test_the_interval_is_that_of_the_place_in_deviations(z: float, count: int) -> None:
    low, high = calibrate.chance(values(50.0, 1.0, count), 50 - z, math.inf, outside=True)["interval_95"]  # fmt: skip
    error = 1.959964 * math.sqrt(1 / count + z * z / (2 * count))
    normal = statistics.NormalDist()
    assert low == pytest.approx(normal.cdf(-z - error), rel=0.05)
    assert high == pytest.approx(normal.cdf(-z + error), rel=0.05)


def test_the_less_favourable_of_two_distributions_counts() -> None:
    measured = values(0.9980, 0.0006, 200)
    normal = statistics.NormalDist(0.9980, 0.0006)
    above = calibrate.chance(measured, 0.0, 0.9999, outside=True)["estimate"]
    below = calibrate.chance(measured, 0.9961, 1.0, outside=True)["estimate"]
    assert above == pytest.approx(1 - normal.cdf(0.9999), rel=0.1)
    assert below > 2 * normal.cdf(0.9961)


SHARES = st.floats(0.001, 0.999)


@given(st.lists(SHARES, min_size=3, max_size=30), SHARES, SHARES, SHARES, SHARES)
def test_wider_bounds_leave_less_outside_and_more_within(
    measured: list[float], a: float, b: float, c: float, d: float
) -> None:
    lowest, low, high, highest = sorted([a, b, c, d])
    for outside, sign in ((True, 1), (False, -1)):
        narrow = calibrate.chance(measured, low, high, outside=outside)
        wide = calibrate.chance(measured, lowest, highest, outside=outside)
        assert sign * wide["estimate"] <= sign * narrow["estimate"] + 1e-12
        assert sign * wide["seen"] <= sign * narrow["seen"]


ACCURACIES = st.floats(0, 1) | st.sampled_from([0.0, 1.0])


@given(st.lists(ACCURACIES, min_size=3, max_size=30), ACCURACIES, ACCURACIES, st.booleans())
def test_every_chance_is_a_share_within_its_interval(
    measured: list[float], one: float, other: float, outside: bool
) -> None:
    found = calibrate.chance(measured, min(one, other), max(one, other), outside=outside)
    low, high = found["interval_95"]
    assert 0 <= low <= found["estimate"] <= high <= 1
    assert 0 <= found["seen"] <= found["of"] == len(measured)
    json.dumps(found, allow_nan=False)


# Measurements, bounds, the estimates outside and within, and how many were seen outside.
EDGES: dict[str, tuple[list[float], tuple[float, float], float, float, int]] = {
    "all one": ([1.0, 1.0, 1.0], (0.97, math.inf), 0, 1, 0),
    "all zero": ([0.0, 0.0, 0.0], (0.97, 1.0), 1, 0, 3),
    "all the same within": ([0.98, 0.98, 0.98], (0.97, 1.0), 0, 1, 0),
    "all the same outside": ([0.96, 0.96, 0.96], (0.97, 1.0), 1, 0, 3),
    "a one among them": ([0.98, 0.99, 1.0], (0.97, math.inf), 0.0228, 0.977, 0),
    "a zero among them": ([0.0, 0.01, 0.02], (-math.inf, 0.03), 0.0228, 0.977, 0),
    "all there is": ([0.1, 0.5, 0.9], (-math.inf, math.inf), 0, 1, 0),
    "bounds count as within": ([0.1, 0.5, 0.9], (0.1, 0.9), 0.32, 0.68, 0),
}


@pytest.mark.parametrize("case", EDGES)
def test_measurements_at_an_end_have_a_chance(case: str) -> None:
    measured, bounds, outside, within, seen = EDGES[case]
    out = calibrate.chance(measured, *bounds, outside=True)
    inside = calibrate.chance(measured, *bounds, outside=False)
    assert (out["estimate"], out["seen"]) == (pytest.approx(outside, abs=0.01), seen)
    assert inside["estimate"] == pytest.approx(within, abs=0.01)
    assert inside["seen"] == len(measured) - seen


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


# ---------------------------------------------------------------- what is written


def result(name: str, test: float, outcome: Outcome = Outcome.PASSED) -> Grade:
    facts = {
        "test_accuracy": test,
        "train_accuracy": test + 0.0125,
        "history": {"loss": [1.0]},
        "bounds": {"test_accuracy": [0.97, 1.0]},
    }
    question = made_up.question("q1", ("is right", 3.0, ""))
    return made_up.grade(name, same_outcome(question, outcome, ""), facts=facts)


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


def figures_of(*results: Grade) -> Any:
    return calibrate.calibration(results, {"data": "mnist", "tests": "0"})


def with_facts(name: str, **facts: Any) -> Grade:
    return replace(result(name, 0.98), facts=facts)


def test_a_calibration_needs_the_solution() -> None:
    with pytest.raises(ConfigError, match="no run of the solution has finished"):
        figures_of(result("one-epoch/1", 0.96))


def test_the_order_of_the_results_changes_nothing() -> None:
    results = [
        result(f"{name}/{n}", 0.97 + n / 500) for name in ("solution", "b") for n in range(1, 12)
    ]
    assert figures_of(*results) == figures_of(*reversed(results))
    assert list(figures_of(*results)["runs"]) == ["b", "solution"]


def test_what_was_measured_is_summed_up() -> None:
    accuracies = [0.97, 0.98, 0.99]
    found = figures_of(*(result(f"solution/{n}", value) for n, value in enumerate(accuracies)))
    run = found["runs"]["solution"]
    assert (found["made_from"], found["bounds"]) == (
        {"data": "mnist", "tests": "0"},
        {"test_accuracy": [0.97, 1.0]},
    )
    assert run["measured"]["test_accuracy"] == {
        "mean": 0.98,
        "deviation": 0.01,
        "least": 0.97,
        "most": 0.99,
    }
    assert run["values"]["test_accuracy"] == accuracies
    assert set(run["chance_outside_bounds"]) == {"test_accuracy"}


def test_what_fails_is_counted() -> None:
    right = [result(f"solution/{number}", 0.98) for number in (1, 3)]
    failed = result("solution/2", 0.96, Outcome.FAILED)
    unreached = result("solution/4", 0.96, Outcome.NOT_REACHED)
    run = figures_of(*right, failed, unreached)["runs"]["solution"]
    assert (run["seeds"], run["passed_everything"]) == (4, 2)


# Facts of each run, and what is measured of them.
FACTS: dict[str, tuple[list[dict[str, Any]], dict[str, list[float]]]] = {
    "numbers": ([{"a": 0.123456789}, {"a": 2}], {"a": [0.12346, 2.0]}),
    "missing in one": ([{"a": 1.0}, {}], {"a": [1.0]}),
    "text": ([{"weights": "abc"}, {"weights": "d"}], {}),
    "text in one": ([{"a": 1.0}, {"a": "one"}], {}),
    "none in one": ([{"a": 1.0}, {"a": None}], {}),
    "lists": ([{"a": [1.0]}, {"a": [2.0]}], {}),
    "no facts": ([{}, {}], {}),
    "a gap": (
        [{"train_accuracy": 0.99, "test_accuracy": 0.98}, {"train_accuracy": 0.5}],
        {"gap": [0.01], "test_accuracy": [0.98], "train_accuracy": [0.99, 0.5]},
    ),
    "no gap of one": ([{"test_accuracy": 0.98}] * 2, {"test_accuracy": [0.98, 0.98]}),
}


@pytest.mark.parametrize("case", FACTS)
def test_only_numbers_are_measured(case: str) -> None:
    facts, expected = FACTS[case]
    found = figures_of(*(with_facts(f"solution/{n}", **each) for n, each in enumerate(facts)))
    assert found["runs"]["solution"]["values"] == expected
    assert set(found["runs"]["solution"]["measured"]) == {k for k in expected if expected[k]}


@pytest.mark.parametrize(("count", "names"), [(1, set()), (2, set()), (3, {"test_accuracy"})])
def test_a_chance_is_estimated_from_three_runs_on(count: int, names: set[str]) -> None:
    found = figures_of(*(result(f"solution/{n}", 0.98 + n / 1000) for n in range(count)))
    assert set(found["runs"]["solution"]["chance_outside_bounds"]) == names


NUMBERS = st.lists(st.floats(allow_nan=False, allow_infinity=False) | st.integers(), max_size=4)
FIGURES = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        NUMBERS | st.none() | st.text(alphabet='aé"\\[]1,\n', max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    max_size=4,
)


@settings(max_examples=100, deadline=None)
@given(FIGURES)
def test_what_is_written_is_equal_json(
    tmp_path_factory: pytest.TempPathFactory, found: dict[str, Any]
) -> None:
    path = calibrate.write(found, tmp_path_factory.mktemp("written"))
    assert path.name == "calibration.json"
    assert json.loads(path.read_text(encoding="utf-8")) == found


# Figures, and the lines that are written.
COMPACT: dict[str, tuple[dict[str, Any], list[str]]] = {
    "numbers": ({"a": [1, -2.5, 1e-07]}, ["{", ' "a": [1, -2.5, 1e-07]', "}"]),
    "one number": ({"a": [0.5]}, ["{", ' "a": [0.5]', "}"]),
    "none": ({"a": []}, ["{", ' "a": []', "}"]),
    "two lists": ({"a": [1], "b": [2]}, ["{", ' "a": [1],', ' "b": [2]', "}"]),
    "lists of lists": ({"a": [[1, 2], [3]]}, ["{", ' "a": [', "  [1, 2],", "  [3]", " ]", "}"]),
    "texts": ({"a": ["é"]}, ["{", ' "a": [', '  "é"', " ]", "}"]),
}


@pytest.mark.parametrize("case", COMPACT)
def test_each_list_of_numbers_is_one_line(case: str, tmp_path: Path) -> None:
    found, lines = COMPACT[case]
    text = calibrate.write(found, tmp_path).read_text(encoding="utf-8")
    assert text == "\n".join(lines) + "\n"


def test_nothing_lies_outside_what_an_accuracy_can_be() -> None:
    perfect = [result(f"solution/{number}", 1.0) for number in range(3)]
    found = figures_of(*perfect)["runs"]["solution"]["chance_outside_bounds"]["test_accuracy"]
    assert (found["estimate"], found["seen"]) == (0, 0)


def test_a_bound_that_nothing_reaches_leaves_nothing_within() -> None:
    found = calibrate.chance([0.9, 0.91, 0.92, 0.93], 1.0, math.inf, outside=False)
    assert found["estimate"] < 1e-6
