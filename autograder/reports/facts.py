"""What the judge measured, as reports show it: a grade's facts, which may hold anything.

Facts are what an assignment's support modules say, and a history is what a student's `fit`
reported: its names and values are theirs. What is not of the expected form is left out here, never
guessed, so that every page reads the same record.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeGuard

from autograder.records import Grade

METRICS = ("loss", "accuracy", "val_loss", "val_accuracy")
_NAMES = {"acc": "accuracy", "categorical_accuracy": "accuracy"}
_FEWEST = 5
"""Of fewer histories no median is shown: it would say too much about single students."""
_MOST_EPOCHS = 200
"""Of a longer history the rest is left out."""
_LONGEST_NAME = 60
_MOST_WRONG = 12
_LARGEST = 1e9
_CLASSES = 10
_SIDE = 28

Curve = tuple[float | None, ...]
"""A value after each epoch; None where it is no usable number."""


@dataclass(frozen=True, slots=True)
class WrongImage:
    """An image that a network reads wrongly; `image` holds 28 × 28 grey levels."""

    index: int
    label: int
    predicted: int
    probabilities: tuple[float, ...]
    image: bytes

    @property
    def likeliest(self) -> list[int]:
        """All ten classes, the one that the network finds likeliest first."""
        return sorted(range(_CLASSES), key=lambda each: -self.probabilities[each])


@dataclass(frozen=True, slots=True)
class Chance:
    """That chance alone may have cost a question's points, and what says so."""

    question: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What was measured of one submission; each part is empty or None where it was not."""

    numbers: Mapping[str, float]
    """By name; what is called an accuracy lies between 0 and 1."""
    bounds: Mapping[str, tuple[float, float]]
    """By the name of a number, the interval that a correct submission lies in."""
    history: Mapping[str, Curve]
    """By metric, of which the usual ones have the names of `METRICS`."""
    confusion: tuple[tuple[int, ...], ...] | None
    """Ten rows of ten counts: row = true class, column = what the network says."""
    wrong: tuple[WrongImage, ...]
    by_chance: Chance | None


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """What a student may see of the class: by metric, medians per epoch and of how many."""

    medians: Mapping[str, Curve]
    counts: Mapping[str, int]


def class_summary(grades: Iterable[Grade]) -> ClassSummary | None:
    """Summarise a class in one pass; None where no metric has five curves or two epochs."""
    curves: dict[str, list[Curve]] = {metric: [] for metric in METRICS}
    for grade in grades:
        history = _history(grade.facts.get("history"))
        for metric in history.keys() & curves.keys():
            curves[metric].append(history[metric])
    medians, counts = {}, {}
    for metric, given in curves.items():
        count, median_of_all = median_curve(given)
        if count >= _FEWEST and len(median_of_all) > 1:
            medians[metric], counts[metric] = median_of_all, count
    return ClassSummary(medians, counts) if medians else None


def median_curve(curves: Sequence[Curve]) -> tuple[int, Curve]:
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


def read(facts: Mapping[str, object]) -> Facts:
    """Validate what is kept with a grade."""
    bounds = {name: interval(value) for name, value in _entries(facts.get("bounds"))}
    numbers = {
        name: _share(value) if name.endswith("accuracy") else number(value)
        for name, value in _entries(facts)
    }
    return Facts(
        numbers={name: value for name, value in numbers.items() if value is not None},
        bounds={name: pair for name, pair in bounds.items() if pair is not None},
        history=_history(facts.get("history")),
        confusion=_confusion(facts.get("confusion")),
        wrong=tuple(filter(None, map(_wrong_image, _items(facts.get("wrong"))[:_MOST_WRONG]))),
        by_chance=_chance(facts.get("by_chance")),
    )


def number(value: object) -> float | None:
    """Return a number of reasonable size, rounded for reading; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(f"{value:.6g}") if -_LARGEST <= value <= _LARGEST else None


def interval(value: object) -> tuple[float, float] | None:
    """Return `[low, high]` as a pair of numbers in order; None for anything else."""
    ends = [number(end) for end in _items(value)]
    match ends:
        case [float(low), float(high)] if low <= high:
            return low, high
    return None


def _share(value: object) -> float | None:
    share = number(value)
    return share if share is not None and 0 <= share <= 1 else None


def _history(given: object) -> dict[str, Curve]:
    history: dict[str, Curve] = {}
    for name, row in _entries(given):
        prefix = "val_" if name.startswith("val_") else ""
        plain = name.removeprefix(prefix)
        metric = prefix + _NAMES.get(plain, plain)
        curve = tuple(map(number, _items(row)[:_MOST_EPOCHS]))
        if metric not in history and len(name) <= _LONGEST_NAME and set(curve) - {None}:
            history[metric] = curve
    return history


def _confusion(given: object) -> tuple[tuple[int, ...], ...] | None:
    rows = [_items(row) for row in _items(given)]
    counts = tuple(tuple(value for value in row if _is_count(value)) for row in rows)
    square = len(rows) == _CLASSES and all(len(row) == _CLASSES for row in rows)
    return counts if square and all(len(row) == _CLASSES for row in counts) else None


def _wrong_image(given: object) -> WrongImage | None:
    entry = dict(_entries(given))
    index, label, predicted = (entry.get(name) for name in ("index", "label", "predicted"))
    if not (_is_count(index) and _is_class(label) and _is_class(predicted)):
        return None
    shares = [_share(value) for value in _items(entry.get("probabilities"))]
    probabilities = tuple(share for share in shares if share is not None)
    try:
        image = base64.b64decode(str(entry.get("image"))[:2_000], validate=True)
    except ValueError:
        return None
    if not len(shares) == len(probabilities) == _CLASSES or len(image) != _SIDE * _SIDE:
        return None
    return WrongImage(index, label, predicted, probabilities, image)


def _chance(given: object) -> Chance | None:
    match given:
        case {"question": str(question), "found": str(evidence)}:
            return Chance(question, evidence)
    return None


def _entries(given: object) -> Iterator[tuple[str, object]]:
    """Yield a mapping's entries whose names are text; nothing of anything else."""
    if isinstance(given, Mapping):
        yield from ((name, value) for name, value in given.items() if isinstance(name, str))


def _items(given: object) -> Sequence[object]:
    """Return a list or tuple as it is, anything else as an empty one."""
    return given if isinstance(given, list | tuple) else ()


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _LARGEST


def _is_class(value: object) -> TypeGuard[int]:
    return _is_count(value) and value in range(_CLASSES)
