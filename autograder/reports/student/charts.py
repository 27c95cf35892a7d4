"""Small charts as SVG, without a script; the page's style gives them their colours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from autograder.reports.facts import WrongDigit

_WIDTH, _HEIGHT = 360, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 10, 10, 38
_MOST_DOTS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: `kind` is its style, `values` one number per epoch or None."""

    name: str
    kind: str
    values: Sequence[float | None]


def learning_curve(quantity: str, lines: Sequence[Line]) -> Markup:
    """Draw a quantity after each epoch. A line has a number; somewhere there must be one."""
    known = [value for line in lines for value in line.values if value is not None]
    ticks = axis(min(known), max(known))
    epochs = max(len(line.values) for line in lines)
    scale = _Scale(epochs, ticks[0], ticks[-1])
    said = ". ".join(f"{line.name}: {', '.join(_texts(line.values))}" for line in lines)
    parts = [
        Markup(
            '<svg class="chart" viewBox="0 0 {} {}" role="img" '
            'aria-label="{} after each epoch. {}">'
        ).format(_WIDTH, _HEIGHT, quantity.capitalize(), said),
        *_grid(scale, ticks, quantity),
        *(part for line in lines for part in _line(scale, line)),
        Markup("</svg>"),
    ]
    return Markup("").join(parts)


def probabilities(digit: WrongDigit) -> Markup:
    """Draw what a network gives each of the ten digits."""
    order = sorted(range(10), key=lambda k: (-digit.probabilities[k], k))
    said = ", ".join(f"{k}: {digit.probabilities[k]:.1%}" for k in order[:3])
    parts = [
        Markup('<svg class="bars" viewBox="0 0 150 66" role="img" aria-label="{}">').format(
            f"Probabilities: {said}"
        )
    ]
    for k, share in enumerate(digit.probabilities):
        kind = "taken" if k == digit.predicted else "true" if k == digit.label else "other"
        height = max(round(48 * share, 1), 1)
        parts.append(
            Markup(
                '<rect class="{0}" x="{1}" y="{2}" width="11" height="{3}"/>'
                '<text class="{0}" x="{4}" y="63">{5}</text>'
            ).format(kind, 15 * k + 2, round(50 - height, 1), height, 15 * k + 7.5, k)
        )
    return Markup("").join([*parts, Markup("</svg>")])


def axis(low: float, high: float) -> list[float]:
    """Return three to seven round numbers that reach from below `low` to above `high`."""
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-3):
        pad = abs(low) / 10 or 1.0
        low, high = low - pad, high + pad
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [number * step for number in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class _Scale:
    epochs: int
    low: float
    high: float

    def x(self, epoch: int) -> float:
        """Where an epoch, counted from 1, stands; a single one in the middle."""
        share = (epoch - 1) / (self.epochs - 1) if self.epochs > 1 else 0.5
        return round(_LEFT + 8 + share * (_WIDTH - _LEFT - _RIGHT - 16), 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)


def _grid(scale: _Scale, ticks: Sequence[float], quantity: str) -> Iterator[Markup]:
    for tick in ticks:
        yield Markup(
            '<line class="grid" x1="{}" x2="{}" y1="{y}" y2="{y}"/>'
            '<text x="{}" y="{}" text-anchor="end">{}</text>'
        ).format(
            _LEFT, _WIDTH - _RIGHT, _LEFT - 6, scale.y(tick) + 4, f"{tick:.4g}", y=scale.y(tick)
        )
    for epoch in range(1, scale.epochs + 1, math.ceil(scale.epochs / 8)):
        yield Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
            scale.x(epoch), _HEIGHT - _BOTTOM + 16, epoch
        )
    middle = (_TOP + _HEIGHT - _BOTTOM) / 2
    yield Markup('<text x="{}" y="{}" text-anchor="middle">epoch</text>').format(
        (_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 5
    )
    yield Markup(
        '<text x="11" y="{0}" text-anchor="middle" transform="rotate(-90 11 {0})">{1}</text>'
    ).format(middle, quantity)


def _line(scale: _Scale, line: Line) -> Iterator[Markup]:
    """Yield the line, broken where a value is missing, and a dot for each value."""
    points = [
        (scale.x(epoch), scale.y(value)) if value is not None else None
        for epoch, value in enumerate(line.values, 1)
    ]
    commands, drawing = [], False
    for point in points:
        if point is not None:
            commands.append(f"{'L' if drawing else 'M'}{point[0]} {point[1]}")
        drawing = point is not None
    yield Markup('<path class="{}" d="{}"/>').format(line.kind, "".join(commands))
    if len(points) <= _MOST_DOTS:
        for point in filter(None, points):
            yield Markup('<circle class="{}" cx="{}" cy="{}" r="3"/>').format(line.kind, *point)


def _texts(values: Sequence[float | None]) -> Iterator[str]:
    return ("no number" if value is None else f"{value:.4g}" for value in values[:_MOST_DOTS])
