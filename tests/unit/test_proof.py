"""Results are kept as they come, and a second run makes only what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder import proof
from autograder.records import Flag, Grade, Outcome, Status, Submission
from tests.unit.test_pipeline import verdict


class FakeGrader:
    """Grades at once; what is called `broken` stays ungraded."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.graded: list[str] = []

    def made_from(self) -> dict[str, str]:
        return {"version": self.version}

    def grade(self, one: Submission) -> Grade:
        self.graded.append(one.id)
        score = None if one.id == "broken" else 1.0
        verdicts = (verdict("q1", Outcome.FAILED),)
        flags = (Flag("gap", "z = 6"),)
        facts: dict[str, Any] = {"test_accuracy": 0.98}
        return Grade(one.id, "", Status.GRADED, verdicts, score, 1.0, ("p",), 1.0, {}, flags, facts)


def run(grader: FakeGrader, names: list[str], folder: Path, content: bytes = b"x") -> list[str]:
    """Run what is not known; return the names of all results."""
    submissions = [proof.submission(name, content) for name in names]
    found, left = proof.known_results(grader, submissions, folder)  # type: ignore[arg-type]
    ignore = lambda *_: None  # noqa: E731
    found += proof.results(grader, left, 1, folder, ignore, ignore)  # type: ignore[arg-type]
    for result in found:
        assert result.cases == {("q1", "is_right"): Outcome.FAILED}
        assert (result.problems, result.flags) == (("p",), (Flag("gap", "z = 6"),))
        assert result.facts == {"test_accuracy": 0.98}
    return [result.name for result in found]


def test_what_is_known_is_not_run_again(tmp_path: Path) -> None:
    grader = FakeGrader()
    assert run(grader, ["a", "b"], tmp_path) == ["a", "b"]
    assert run(grader, ["a", "b", "c"], tmp_path) == ["a", "b", "c"]
    assert grader.graded == ["a", "b", "c"]


def test_what_is_ungraded_is_tried_again(tmp_path: Path) -> None:
    grader = FakeGrader()
    assert run(grader, ["broken"], tmp_path) == []
    run(grader, ["broken"], tmp_path)
    assert grader.graded == ["broken", "broken"]


def test_another_notebook_or_other_versions_are_run(tmp_path: Path) -> None:
    run(FakeGrader(), ["a"], tmp_path)
    for grader, content in ((FakeGrader(), b"y"), (FakeGrader("2"), b"x")):
        run(grader, ["a"], tmp_path, content)
        assert grader.graded == ["a"]


def test_a_line_that_was_cut_off_is_made_again(tmp_path: Path) -> None:
    run(FakeGrader(), ["a", "b"], tmp_path)
    file = tmp_path / proof.FILE
    file.write_text(file.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    grader = FakeGrader()
    assert sorted(run(grader, ["a", "b"], tmp_path)) == ["a", "b"]
    run(grader, ["a", "b"], tmp_path)
    assert grader.graded == ["b"]
