"""What the judge measured, as reports show it: read from a grade's facts, which may hold anything.

A history is what a student's `fit` reported: its names and values are theirs.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, TypeGuard

from autograder.records import Grade

METRICS = ("loss", "accuracy", "val_loss", "val_accuracy")
_NAMES = {"acc": "accuracy", "categorical_accuracy": "accuracy"}
_FEWEST = 5
"""Of fewer histories no median is shown: it would say too much about single students."""
_MOST_EPOCHS = 200
_LARGEST = 1e9
_DIGITS = 10
_SIDE = 28

History = Mapping[str, tuple[float | None, ...]]


@dataclass(frozen=True, slots=True)
class WrongDigit:
    """A digit that a network reads wrongly; `image` holds 28 × 28 grey levels."""

    index: int
    label: int
    predicted: int
    probabilities: tuple[float, ...]
    image: bytes


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """What a student may see of the class: by metric, medians per epoch and of how many."""

    medians: Mapping[str, tuple[float | None, ...]]
    counts: Mapping[str, int]


def class_summary(grades: Iterable[Grade]) -> ClassSummary | None:
    """Summarise a class in one pass; None where no metric has five curves or two epochs."""
    curves: dict[str, list[Sequence[float | None]]] = {metric: [] for metric in METRICS}
    for grade in grades:
        for metric, values in history(grade.facts).items():
            curves[metric].append(values)
    found = {metric: median_curve(some) for metric, some in curves.items()}
    shown = {
        metric: (count, medians)
        for metric, (count, medians) in found.items()
        if count >= _FEWEST and len(medians) > 1
    }
    if not shown:
        return None
    return ClassSummary(
        {metric: medians for metric, (_, medians) in shown.items()},
        {metric: count for metric, (count, _) in shown.items()},
    )


def median_curve(
    curves: Sequence[Sequence[float | None]],
) -> tuple[int, tuple[float | None, ...]]:
    """Return how many curves are as long as most are, or longer, and their median per epoch.

    Shorter ones are left out: a curve that ends would make the median jump.
    """
    if not curves:
        return 0, ()
    lengths = Counter(map(len, curves))
    length = max(lengths, key=lambda each: (lengths[each], each))
    long = [curve for curve in curves if len(curve) >= length]
    epochs = ([v for c in long if (v := c[epoch]) is not None] for epoch in range(length))
    return len(long), tuple(round(median(some), 4) if some else None for some in epochs)


def history(facts: Mapping[str, Any]) -> History:
    """Return losses and accuracies after each epoch; None where a value is no usable number."""
    found: dict[str, tuple[float | None, ...]] = {}
    given = facts.get("history")
    for name, row in given.items() if isinstance(given, Mapping) else ():
        prefix = "val_" if str(name).startswith("val_") else ""
        plain = str(name).removeprefix(prefix)
        metric = prefix + _NAMES.get(plain, plain)
        if metric in METRICS and metric not in found and isinstance(row, list | tuple):
            values = tuple(map(_number, row[:_MOST_EPOCHS]))
            if any(value is not None for value in values):
                found[metric] = values
    return {metric: found[metric] for metric in METRICS if metric in found}


def share(facts: Mapping[str, Any], name: str) -> float | None:
    """Return a fact that is a share, from 0 to 1."""
    value = _number(facts.get(name))
    return value if value is not None and 0 <= value <= 1 else None


def confusion(facts: Mapping[str, Any]) -> tuple[tuple[int, ...], ...] | None:
    """Return ten rows of ten counts: row = true digit, column = what the network says."""
    rows = facts.get("confusion")
    if not _is_list(rows, _DIGITS) or not all(_is_list(row, _DIGITS) for row in rows):
        return None
    if not all(_is_count(value) for row in rows for value in row):
        return None
    return tuple(tuple(row) for row in rows)


def wrong_digits(facts: Mapping[str, Any], most: int = 12) -> tuple[WrongDigit, ...]:
    """Return the digits that the network gets wrong, of those kept with the grade."""
    kept = facts.get("wrong")
    read = map(_wrong_digit, kept[:most]) if isinstance(kept, list | tuple) else ()
    return tuple(digit for digit in read if digit is not None)


def _wrong_digit(one: object) -> WrongDigit | None:
    if not isinstance(one, Mapping):
        return None
    index, label, predicted = (one.get(name) for name in ("index", "label", "predicted"))
    given = one.get("probabilities")
    if not (_is_count(index) and _is_digit(label) and _is_digit(predicted)):
        return None
    shares = [share({"p": p}, "p") for p in given] if _is_list(given, _DIGITS) else []
    probabilities = tuple(value for value in shares if value is not None)
    try:
        image = base64.b64decode(str(one.get("image"))[:2_000], validate=True)
    except ValueError:
        return None
    if len(probabilities) != _DIGITS or len(image) != _SIDE * _SIDE:
        return None
    return WrongDigit(index, label, predicted, probabilities, image)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if -_LARGEST <= value <= _LARGEST else None


def _is_list(value: object, length: int) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple) and len(value) == length


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST


def _is_digit(value: object) -> TypeGuard[int]:
    return _is_count(value) and value in range(_DIGITS)
