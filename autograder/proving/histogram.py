"""Draws what a calibration measured, with the thresholds, as an SVG of the same bytes each time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.proving.calibrate import Figures

_SHOWN = ("untrained_accuracy", "test_accuracy", "train_accuracy", "gap")


def write(figures: Figures, path: Path) -> None:
    """Write one row of histograms for each measured number."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    shown = [
        name for name in _SHOWN if any(name in run["values"] for run in figures["runs"].values())
    ]
    settings: Any = {"svg.hashsalt": "calibration", "svg.fonttype": "none", "font.size": 9}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(9, 2.2 * len(shown)), layout="constrained")
        for axes, name in zip(figure.subplots(len(shown), squeeze=False)[:, 0], shown, strict=True):
            _row(axes, name, figures)
        figure.savefig(path, metadata={"Date": None})


def _row(axes: Any, name: str, figures: Figures) -> None:
    everything = [v for run in figures["runs"].values() for v in run["values"].get(name, ())]
    low, high = min(everything), max(everything)
    bins = [low + (high - low) * step / 80 for step in range(81)]
    for run, found in figures["runs"].items():
        values = found["values"].get(name, ())
        if values:
            label = f"{run} ({found['seeds']} seeds)"
            weights = [1 / len(values)] * len(values)
            axes.hist(values, bins, weights=weights, histtype="stepfilled", alpha=0.6, label=label)
    for bound in figures["bounds"].get(name, ()):
        if low - (high - low) <= bound <= high + (high - low):
            axes.axvline(bound, color="black", linestyle="--", linewidth=1)
    axes.set(xlabel=name.replace("_", " "), ylabel="share of runs")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(fontsize=7, frameon=False)
