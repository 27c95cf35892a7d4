"""Measures what chance does: the solution, and the near misses of the bank, with many seeds.

Everything goes through the pipeline, so what is measured is what decides marks. Each run has a seed
of its own, from its name.
"""

from __future__ import annotations

import json
import math
import re
import statistics
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.files import write_whole
from autograder.grading.basis import of_ours
from autograder.notebook.read import read
from autograder.proving import bank as banks
from autograder.records import Grade, Outcome, Submission

FILE = "calibration.json"

Figures = Mapping[str, Any]
"""What a calibration found, as that file has it; or a part of it."""

SOLUTION = "solution"
_NUMBERS = re.compile(r"\[\n\s*([-+.,e\d\s]+?)\n\s*\]")
_SURE = 1.959964
"""Standard deviations to either side of a 95 % confidence interval."""


def submissions(assignment: Assignment, folder: Path, count: int) -> list[Submission]:
    """Return `count` runs of the solution, and a quarter as many of each near miss."""
    solution = read((assignment.staff / assignment.notebook_name).read_bytes()).notebook
    names = [question.name for question in assignment.tested]
    near = [variant for variant in banks.read(folder, assignment.tested) if variant.kind == "near"]
    if not near:
        raise ConfigError(f"{folder}/near: there is no near miss")
    if any(variant.name == SOLUTION for variant in near):
        raise ConfigError(f"{folder}/near/{SOLUTION}.py: the solution itself has this name")
    nothing = banks.Variant(SOLUTION, "right", "", (), {})
    return [
        of_ours(f"{variant.name}/{number}", banks.notebook_of(variant, solution, names))
        for variant in (nothing, *near)
        for number in range(1, 1 + (count if variant is nothing else math.ceil(count / 4)))
    ]


def calibration(grades: Iterable[Grade], made_from: Mapping[str, str]) -> Figures:
    """Return the distributions of what was measured, and the chances that follow, as JSON."""
    groups: dict[str, list[Grade]] = {}
    for grade in sorted(grades, key=lambda grade: grade.submission.partition("/")):
        groups.setdefault(grade.submission.partition("/")[0], []).append(grade)
    if SOLUTION not in groups:
        raise ConfigError("no run of the solution has finished: nothing to calibrate")
    bounds: Figures = groups[SOLUTION][0].facts.get("bounds", {})  # type: ignore[assignment]
    return {
        "about": "Written by `autograder calibrate`: what the pipeline measured of the solution "
        "and of the bank's near misses, each run with a seed of its own.",
        "made_from": dict(made_from),
        "bounds": bounds,
        "runs": {
            name: _group(group, bounds, correct=name == SOLUTION) for name, group in groups.items()
        },
    }


def _group(grades: Sequence[Grade], bounds: Figures, *, correct: bool) -> Figures:
    facts: list[Figures] = [grade.facts for grade in grades]
    measured = {
        name: [round(float(each[name]), 5) for each in facts if name in each]
        for name in sorted({name for each in facts for name in each})
        if all(isinstance(each.get(name, 0.0), int | float) for each in facts)
    }
    if "train_accuracy" in measured and "test_accuracy" in measured:
        measured["gap"] = [
            round(each["train_accuracy"] - each["test_accuracy"], 5)
            for each in facts
            if {"train_accuracy", "test_accuracy"} <= set(each)
        ]
    return {
        "seeds": len(grades),
        "passed_everything": sum(map(_passed_everything, grades)),
        "measured": {name: _summary(values) for name, values in measured.items() if values},
        "chance_outside_bounds" if correct else "chance_within_bounds": {
            name: chance(measured[name], *_open(*bounds[name]), outside=correct)
            for name in sorted(bounds)
            if len(measured.get(name, ())) > 2
        },
        "values": measured,
    }


def _open(low: float, high: float) -> tuple[float, float]:
    """Return bounds of an accuracy without those that none can cross: 0 and 1."""
    return low if low > 0 else -math.inf, high if high < 1 else math.inf


def _passed_everything(grade: Grade) -> bool:
    return all(case.outcome is Outcome.PASSED for v in grade.tested for case in v.cases)


def _summary(values: Sequence[float]) -> dict[str, float]:
    return {
        "mean": round(statistics.fmean(values), 5),
        "deviation": round(statistics.stdev(values), 5) if len(values) > 1 else 0.0,
        "least": min(values),
        "most": max(values),
    }


def chance(values: Sequence[float], low: float, high: float, *, outside: bool) -> Figures:
    """Estimate how often an accuracy falls outside [low, high], or within, with its interval.

    A normal distribution is fitted twice, to the accuracies and to their log-odds, as an accuracy
    near 0 or 1 is skewed; the less favourable one counts. The 95 % interval is that of the normal
    tail, whose place in deviations, z, has the standard error sqrt(1/n + z²/2n).
    """
    count_outside = sum(not low <= value <= high for value in values)
    fits = [_fit(values, low, high, outside=outside)]
    if all(0 < value < 1 for value in values):
        odds = [_log_odds(value) for value in values]
        fits.append(_fit(odds, _log_odds(low), _log_odds(high), outside=outside))
    worst = max(fits)
    return {
        "estimate": float(f"{worst[0]:.2g}"),
        "interval_95": [float(f"{worst[1]:.2g}"), float(f"{worst[2]:.2g}")],
        "seen": count_outside if outside else len(values) - count_outside,
        "of": len(values),
    }


def _fit(
    values: Sequence[float], low: float, high: float, *, outside: bool
) -> tuple[float, float, float]:
    """Return the estimated share outside (or within) two bounds, and its interval."""
    mean, deviation = statistics.fmean(values), statistics.stdev(values) or 1e-12
    estimates = []
    for sign in (0.0, 1.0, -1.0):
        below, above = (
            _tail(distance / deviation, len(values), sign) for distance in (mean - low, high - mean)
        )
        estimates.append(min(1.0, below + above))
    estimate, *interval = estimates if outside else [1 - share for share in estimates]
    return estimate, min(interval), max(interval)


def _tail(z: float, count: int, sign: float) -> float:
    """Return the share of a normal distribution more than z deviations away, on one side."""
    if math.isinf(z):
        return 0.0 if z > 0 else 1.0
    z += sign * _SURE * math.sqrt(1 / count + z * z / (2 * count))
    return 0.5 * math.erfc(z / math.sqrt(2))


def _log_odds(share: float) -> float:
    if not 0 < share < 1:
        return math.inf if share >= 1 else -math.inf
    return math.log(share / (1 - share))


def write(figures: Figures, folder: Path) -> Path:
    """Write calibration.json, each list of numbers on one line; return its path."""
    text = json.dumps(figures, indent=1, ensure_ascii=False, allow_nan=False)
    text = _NUMBERS.sub(lambda match: "[" + " ".join(match[1].split()) + "]", text)
    return write_whole(folder / FILE, f"{text}\n")
