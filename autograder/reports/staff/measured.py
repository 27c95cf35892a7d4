"""What the judge measured of a class: accuracies with their bounds, learning curves, time, memory.

Facts are what an assignment's support modules say, and a curve's names and numbers come from the
student's own training: whatever is not of the expected form is left out here, never guessed.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autograder.records import Grade
from autograder.reports.facts import median_curve

_ACCURACIES = ("untrained_accuracy", "test_accuracy", "train_accuracy")
_MOST_CURVES = 8
_MOST_EPOCHS = 1_000
_LONGEST_NAME = 60


def number(value: object) -> float | None:
    """Return a finite number as it is, rounded for reading; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(f"{value:.6g}") if math.isfinite(value) else None
    except OverflowError:  # an integer beyond any float
        return None


def interval(value: object) -> tuple[float, float] | None:
    """Return `[low, high]` as a pair of numbers in order; None for anything else."""
    if not isinstance(value, Sequence) or isinstance(value, str) or len(value) != 2:
        return None
    low, high = number(value[0]), number(value[1])
    return (low, high) if low is not None and high is not None and low <= high else None


def accuracies(grades: Sequence[Grade]) -> list[dict[str, Any]]:
    """Each measured accuracy, and whatever else has bounds, with what the class made of it.

    `values` has one entry per grade, None where it is absent or of no use. `bounds` are those of
    most grades, None where there are none.
    """
    bounds: dict[str, Counter[tuple[float, float]]] = {}
    for grade in grades:
        for name, value in _mapping(grade.facts.get("bounds")).items():
            if (pair := interval(value)) is not None:
                bounds.setdefault(name, Counter())[pair] += 1
    found = []
    for name in dict.fromkeys([*_ACCURACIES, *sorted(bounds)]):
        values = [_measured(name, grade.facts.get(name)) for grade in grades]
        present = [value for value in values if value is not None]
        if present:
            usual = bounds[name].most_common(1)[0][0] if name in bounds else None
            found.append(
                {
                    "name": name.replace("_", " "),
                    "bounds": usual,
                    "values": values,
                    "n": len(present),
                    "median": statistics.median(present),
                    "outside": sum(not _within(value, usual) for value in present),
                }
            )
    return found


def _measured(name: str, value: object) -> float | None:
    found = number(value)
    possible = not name.endswith("accuracy") or (found is not None and 0 <= found <= 1)
    return found if possible else None


def _within(value: float, bounds: tuple[float, float] | None) -> bool:
    return bounds is None or bounds[0] <= value <= bounds[1]


def curves(grades: Sequence[Grade]) -> list[dict[str, Any]]:
    """The learning curves by what they show: each one's values and the median of all.

    `values` has one list per grade, None where there is none; an epoch without a finite number is
    None. The median is of those curves that are as long as most are, or longer.
    """
    histories = [_history(grade) for grade in grades]
    common = Counter(name for history in histories for name in history)
    names = sorted(common, key=lambda name: ("acc" not in name, -common[name], name))
    shown = [name for name in names if name in dict(common.most_common(_MOST_CURVES))]
    return [
        {
            "name": name,
            "values": [history.get(name) for history in histories],
            "n": common[name],
            "median": median_curve([h[name] for h in histories if name in h])[1],
        }
        for name in shown
    ]


def _history(grade: Grade) -> dict[str, list[float | None]]:
    found = {}
    for name, values in _mapping(grade.facts.get("history")).items():
        if isinstance(values, list | tuple) and 0 < len(values) <= _MOST_EPOCHS:
            curve = [number(value) for value in values]
            if len(name) <= _LONGEST_NAME and any(value is not None for value in curve):
                found[name] = curve
    return found


def used(grades: Sequence[Grade]) -> list[dict[str, Any]]:
    """Time and memory: the median, what 95 % stay below, the most, and the sum where it is one.

    Only submissions that ran are in it: those that never did used nothing.
    """
    rows = []
    for name, unit, values in (
        ("time by the clock", "s", [grade.seconds for grade in grades]),
        ("processor time", "core-s", [grade.core_seconds for grade in grades]),
        ("memory at its peak", "MB", [grade.memory_mb for grade in grades]),
    ):
        ran = sorted(
            value
            for value, grade in zip(map(number, values), grades, strict=True)
            if value is not None and value > 0 and grade.score is not None
        )
        if ran:
            rows.append(
                {
                    "name": name,
                    "unit": unit,
                    "n": len(ran),
                    "median": statistics.median(ran),
                    "most_95": ran[math.ceil(0.95 * len(ran)) - 1],
                    "most": ran[-1],
                    "sum": None if unit == "MB" else sum(ran),
                }
            )
    return rows


def _mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping's entries whose names are text; nothing for anything else."""
    entries: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, Mapping) else ()
    return {name: entry for name, entry in entries if isinstance(name, str)}
