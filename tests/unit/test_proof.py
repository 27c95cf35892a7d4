"""Results are kept as they come, and a second run makes only what is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.proving import runs as proof
from autograder.records import (
    Case,
    CaseVerdict,
    Flag,
    Grade,
    Outcome,
    Question,
    QuestionVerdict,
    Status,
    Submission,
)
from tests.grades import text_problem
from tests.unit.test_pipeline import verdict


def ignore(*_: object) -> None:
    """Told of a submission, does nothing."""


class FakeGrader:
    """Grades at once; what is called `broken` stays ungraded."""

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.graded: list[str] = []

    def made_from(self) -> dict[str, str]:
        return {"version": self.version}

    def most_jobs(self, wanted: int) -> int:
        return wanted

    def grade(self, one: Submission) -> Grade:
        self.graded.append(one.id)
        score = None if one.id == "broken" else 1.0
        verdicts = (verdict("q1", Outcome.FAILED),)
        flags = (Flag("gap", "z = 6"),)
        facts: dict[str, Any] = {"test_accuracy": 0.98}
        return Grade(
            one.id,
            "",
            Status.GRADED,
            verdicts,
            score,
            1.0,
            (text_problem("p"),),
            1.0,
            {},
            flags,
            facts,
        )


def run(grader: FakeGrader, names: list[str], folder: Path, content: bytes = b"x") -> list[str]:
    """Run what is not known; return the names of all results."""
    submissions = [proof.submission(name, content) for name in names]
    found, left = proof.known_results(grader, submissions, folder)  # type: ignore[arg-type]
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


def known(grader: Any, names: list[str], folder: Path) -> tuple[list[str], list[str]]:
    """The names of the results that there are, and of the submissions that are left."""
    submissions = [proof.submission(name, b"x") for name in names]
    found, left = proof.known_results(grader, submissions, folder)
    return [result.name for result in found], [one.id for one in left]


def test_nothing_is_known_before_the_first_run(tmp_path: Path) -> None:
    assert known(FakeGrader(), ["a"], tmp_path / "new") == ([], ["a"])
    assert not (tmp_path / "new").exists()


def test_wherever_the_file_was_cut_off_all_whole_lines_are_known(tmp_path: Path) -> None:
    names = ["a", "b", "c"]
    run(FakeGrader(), names, tmp_path)
    file = tmp_path / proof.FILE
    content = file.read_bytes()
    ends = [i + 1 for i in range(len(content)) if content[i : i + 1] == b"}" and content[i + 1 : i + 2] == b"\n"]  # fmt: skip
    assert len(ends) == 3
    for cut in range(len(content) + 1):
        file.write_bytes(content[:cut])
        count = sum(end <= cut for end in ends)
        assert known(FakeGrader(), names, tmp_path) == (names[:count], names[count:])


def test_an_interrupted_run_keeps_what_is_done(tmp_path: Path) -> None:
    grader: Any = FakeGrader()
    submissions = [proof.submission(name, b"x") for name in "abc"]
    running = proof.results(grader, submissions, 1, tmp_path / "new", ignore, ignore)
    first = next(running)
    assert len(known(grader, ["a", "b", "c"], tmp_path / "new")[0]) == 1
    running.close()  # type: ignore[attr-defined]
    found, left = proof.known_results(grader, submissions, tmp_path / "new")
    assert (found, len(left)) == ([first], 2)


def test_what_was_made_from_something_else_is_kept_too(tmp_path: Path) -> None:
    for version in ("1", "2", "1"):
        run(FakeGrader(version), ["a"], tmp_path)
    rows = (tmp_path / proof.FILE).read_text(encoding="utf-8").split("\n")
    assert len([row for row in rows if row]) == 2


def test_another_name_is_run_as_its_seed_differs(tmp_path: Path) -> None:
    run(FakeGrader(), ["a"], tmp_path)
    assert known(FakeGrader(), ["b", "a"], tmp_path) == (["a"], ["b"])


class Unordered(FakeGrader):
    def made_from(self) -> dict[str, str]:
        pairs = [("data", "mnist"), ("tests", "0")]
        return dict(pairs if self.version == "1" else pairs[::-1])


def test_the_order_of_what_it_was_made_from_is_nothing(tmp_path: Path) -> None:
    run(Unordered("1"), ["a"], tmp_path)
    assert known(Unordered("2"), ["a"], tmp_path) == (["a"], [])


def test_each_is_announced_and_reported_even_ungraded(tmp_path: Path) -> None:
    grader: Any = FakeGrader()
    started: list[str] = []
    finished: list[Grade] = []
    submissions = [proof.submission(name, b"x") for name in ("a", "broken", "b")]
    found = proof.results(grader, submissions, 2, tmp_path, started.append, finished.append)
    assert sorted(result.name for result in found) == ["a", "b"]
    assert sorted(started) == sorted(grade.submission for grade in finished) == ["a", "b", "broken"]
    assert "broken" not in (tmp_path / proof.FILE).read_text(encoding="utf-8")


def whole_verdict() -> QuestionVerdict:
    """One case of every outcome, with what staff and students are told."""
    said = {
        Outcome.PASSED: ("", ""),
        Outcome.FAILED: ("a hint", "expected 3,\nfound \u2028 é"),
        Outcome.NOT_REACHED: ("not reached", ""),
    }
    cases = {o: Case(f"q1 - {n}", f"case {n}", True, 1, "") for n, o in enumerate(said)}
    verdicts = tuple(CaseVerdict(case, o, *said[o]) for o, case in cases.items())
    return QuestionVerdict(Question("q1", False, tuple(cases.values()), ()), verdicts, 1.5)


class WholeGrader(FakeGrader):
    def grade(self, one: Submission) -> Grade:
        facts = {"test_accuracy": 0.98, "bounds": {"x": [0.5, 1.0]}, "weights": None}
        flags = (Flag("gap", "z"), Flag("source", "ü"))
        problems = (text_problem("late"), text_problem("gone"))
        verdicts = (whole_verdict(),)
        grade = super().grade(one)
        return replace(grade, questions=verdicts, problems=problems, flags=flags, facts=facts)


def test_a_known_result_is_what_it_was_when_it_was_made(tmp_path: Path) -> None:
    grader: Any = WholeGrader()
    submissions = [proof.submission("a/ü", b"x")]
    (made,) = proof.results(grader, submissions, 1, tmp_path, ignore, ignore)
    (found,), left = proof.known_results(grader, submissions, tmp_path)
    assert (found, left) == (made, [])
    assert list(found.cases) == [("q1", "case_0"), ("q1", "case_1"), ("q1", "case_2")]
    assert list(found.cases.values()) == [Outcome.PASSED, Outcome.FAILED, Outcome.NOT_REACHED]
    assert all(isinstance(outcome, Outcome) for outcome in found.cases.values())
    assert found.messages == {
        ("q1", "case_1"): "expected 3,\nfound \u2028 é",
        ("q1", "case_2"): "not reached",
    }
    assert (found.earned, found.problems) == ({"q1": 1.5}, ("late", "gone"))
    assert found.flags == (Flag("gap", "z"), Flag("source", "ü"))


JUNK = ["", "\n\n", "{", '{"key": "x", "name": "a', "not JSON\n"]


@pytest.mark.parametrize("junk", JUNK)
def test_a_damaged_line_does_not_hide_the_others(junk: str, tmp_path: Path) -> None:
    file = tmp_path / proof.FILE
    file.write_text(junk, encoding="utf-8")
    run(FakeGrader(), ["a"], tmp_path)
    assert known(FakeGrader(), ["a"], tmp_path) == (["a"], [])


def test_every_line_is_one_result_as_json(tmp_path: Path) -> None:
    run(FakeGrader(), ["a", "b"], tmp_path)
    lines = (tmp_path / proof.FILE).read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    assert [row["name"] for row in rows] == ["a", "b"]
    assert len({row["key"] for row in rows}) == 2
