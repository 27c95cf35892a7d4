"""Where things stand in a learning curve; the template `charts.html` draws it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from types import SimpleNamespace

_MOST_DOTS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart: `kind` is its style, `values` one number per epoch or None."""

    name: str
    kind: str
    values: Sequence[float | None]

    @property
    def said(self) -> str:
        """The first values, for those who do not see the chart."""
        first = self.values[:_MOST_DOTS]
        return ", ".join("no number" if value is None else f"{value:.4g}" for value in first)

    @property
    def dotted(self) -> bool:
        """Whether each value gets a dot."""
        return len(self.values) <= _MOST_DOTS


@dataclass(frozen=True)
class LearningCurve:
    """A quantity after each epoch. A line has a number; somewhere there must be one."""

    quantity: str
    lines: tuple[Line, ...]
    area = SimpleNamespace(width=360, height=220, left=54, right=10, top=10, bottom=38)
    """The drawing's size, and its margins."""

    @cached_property
    def ticks(self) -> list[float]:
        """Round numbers from below all values to above them."""
        known = [value for line in self.lines for value in line.values if value is not None]
        return axis(min(known), max(known))

    @cached_property
    def epochs(self) -> int:
        """How many there are at most."""
        return max(len(line.values) for line in self.lines)

    @property
    def marked(self) -> range:
        """The epochs whose numbers are written."""
        return range(1, self.epochs + 1, math.ceil(self.epochs / 8))

    def x(self, epoch: int) -> float:
        """Where an epoch, counted from 1, stands; a single one in the middle."""
        share = (epoch - 1) / (self.epochs - 1) if self.epochs > 1 else 0.5
        inner = self.area.width - self.area.left - self.area.right - 16
        return float(round(self.area.left + 8 + share * inner, 1))

    def y(self, value: float) -> float:
        """Where a value stands."""
        share = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        inner = self.area.height - self.area.top - self.area.bottom
        return float(round(self.area.height - self.area.bottom - share * inner, 1))


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
