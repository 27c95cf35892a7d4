"""The committed proof: docs/proof.md shows it, and the judge's constants come from it.

`python -m tests.unit.test_proof_page` prints the page's tables anew.
"""

from __future__ import annotations

import ast
import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PROOF = ROOT / "solutions" / "mnist" / "proof.json"


def tables() -> Iterator[str]:
    proof = json.loads(PROOF.read_text(encoding="utf-8"))
    audit = proof["audit"]
    yield "| what | graded | as expected |"
    yield "|---|---|---|"
    for kind, count in audit["ran"].items():
        yield f"| {kind} | {count} | {audit['agreed'].get(kind, 0)} |"
    yield ""
    seeds = ", ".join(f"{run['seeds']} {name}" for name, run in proof["calibration"].items())
    yield f"Seeds: {seeds}."
    yield ""
    yield "| runs | measured | mean ± deviation | least to most | estimated chance (95 % interval) |"
    yield "|---|---|---|---|---|"
    for name, run in proof["calibration"].items():
        fails = "chance_outside_bounds" in run
        chances = run["chance_outside_bounds" if fails else "chance_within_bounds"]
        for measured, values in run["measured"].items():
            text = ""
            if not fails and measured != "test_accuracy":
                continue  # of a near miss only what it is near to
            if measured in chances:
                found = chances[measured]
                low, high = found["interval_95"]
                text = f"{found['estimate']:.1e} to {'fail' if fails else 'pass'} ({low:.1e} to {high:.1e})"
            yield (
                f"| {name} | {measured.replace('_', ' ')} | {values['mean']:.4f} ± "
                f"{values['deviation']:.4f} | {values['least']:.4f} to {values['most']:.4f} | {text} |"
            )


@pytest.mark.parametrize("line", [line for line in tables() if line] if PROOF.exists() else [])
def test_the_page_shows_the_committed_figures(line: str) -> None:
    assert line in (ROOT / "docs" / "proof.md").read_text(encoding="utf-8").splitlines()


def test_everything_is_as_expected_in_the_committed_proof() -> None:
    audit = json.loads(PROOF.read_text(encoding="utf-8"))["audit"]
    assert audit["disagreements"] == {}
    assert audit["mutation_score"] == 1
    ran = audit["ran"]
    assert ran["mutants"] + ran["equivalent mutants"] >= 150
    least = {"right": 40, "wrong": 80, "cheats": 40}
    assert {kind: ran[kind] for kind in least if ran[kind] < least[kind]} == {}


def constants() -> dict[str, object]:
    """The numbers at the top of judging.py."""
    tree = ast.parse((PROOF.parent / "judging.py").read_text(encoding="utf-8"))
    found = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            with contextlib.suppress(ValueError):
                found[node.targets[0].id] = ast.literal_eval(node.value)
    return found


def test_the_judges_constants_are_those_that_were_measured() -> None:
    judging = constants()
    text = (PROOF.parent / "calibration.json").read_text(encoding="utf-8")
    measured = json.loads(text)["runs"]["solution"]["measured"]
    gap, accuracy = measured["gap"], measured["test_accuracy"]
    mean, deviation = judging["GAP"]
    assert mean == pytest.approx(gap["mean"], abs=gap["deviation"] / 2)
    assert gap["deviation"] <= deviation <= 2 * gap["deviation"]
    assert judging["TEST_ACCURACY"] < accuracy["least"]
    assert judging["CHANCE"] <= 4 * accuracy["deviation"]
    low, high = judging["UNTRAINED_ACCURACY"]
    untrained = measured["untrained_accuracy"]
    assert low < untrained["least"] < untrained["most"] < high


if __name__ == "__main__":
    sys.stdout.write("\n".join([*tables(), ""]))
