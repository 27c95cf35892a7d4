"""What was measured of a class: accuracies with their bounds, learning curves, time, memory."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence

from autograder.records import Grade
from autograder.reports.facts import Facts, median_curve, number

_ACCURACIES = ("untrained_accuracy", "test_accuracy", "train_accuracy")
_MOST_CURVES = 8
Row = dict[str, object]
"""A part of the page's JSON."""


def accuracies(class_facts: Sequence[Facts]) -> list[Row]:
    """Each measured accuracy, and whatever else has bounds, with what the class made of it.

    `values` has one entry per grade, None where it is absent or of no use. `bounds` are those of
    most grades, None where there are none.
    """
    bounds: dict[str, Counter[tuple[float, float]]] = {}
    for facts in class_facts:
        for name, pair in facts.bounds.items():
            bounds.setdefault(name, Counter())[pair] += 1
    measured: list[Row] = []
    for name in dict.fromkeys([*_ACCURACIES, *sorted(bounds)]):
        values = [facts.numbers.get(name) for facts in class_facts]
        present = [value for value in values if value is not None]
        if present:
            usual = bounds[name].most_common(1)[0][0] if name in bounds else None
            measured.append(
                {
                    "name": name.replace("_", " "),
                    "bounds": usual,
                    "values": values,
                    "n": len(present),
                    "median": statistics.median(present),
                    "outside": sum(not _within(value, usual) for value in present),
                }
            )
    return measured


def _within(value: float, bounds: tuple[float, float] | None) -> bool:
    return bounds is None or bounds[0] <= value <= bounds[1]


def curves(class_facts: Sequence[Facts]) -> list[Row]:
    """The learning curves by metric, accuracies first.

    `values` has one curve per grade, None where there is none. The median is of those curves that
    are as long as most are, or longer.
    """
    histories = [facts.history for facts in class_facts]
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


def used(grades: Sequence[Grade]) -> list[Row]:
    """Time and memory: the median, what 95 % stay below, the most, and the sum where it is one.

    Only submissions that ran are in it: those that never did used nothing.
    """
    rows: list[Row] = []
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
