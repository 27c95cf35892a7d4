"""Grades are kept as they come, and a second run makes only what is missing."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.cli import proving
from autograder.grading.basis import of_ours
from autograder.proving import runs
from autograder.records import Flag, Grade, Outcome, Status, Submission
from autograder.store import open_store
from tests import grades as made_up

QUESTION = made_up.question("q1", ("is a number", 1, ""), ("is right", 1, "a hint"))


@dataclass
class FakeGrader:
    """Grades at once; what is called `broken` stays ungraded, what is called `text` ungradable."""

    version: str = "1"
    interrupted_at: str = ""
    more_chances: int = 2
    graded: list[str] = field(default_factory=list)

    def made_from(self) -> dict[str, str]:
        return {"version": self.version}

    def most_jobs(self, wanted: int) -> int:
        return wanted

    def grade(self, submission: Submission) -> Grade:
        if submission.id == self.interrupted_at:
            raise KeyboardInterrupt
        self.graded.append(submission.id)
        status = {"broken": Status.UNGRADED, "text": Status.UNGRADABLE}.get(submission.id)
        if status:
            return made_up.blank(submission.id, [QUESTION], status, made_up.text_problem("p"))
        verdict = made_up.verdict(QUESTION, [1])
        facts = {"test_accuracy": 0.98, "bounds": {"x": [0.5, 1.0]}}
        return made_up.grade(submission.id, verdict, flags=(Flag("gap", "z"),), facts=facts)


def ignore(_: object) -> None:
    """Told of a submission, does nothing."""


def run(grader: FakeGrader, names: list[str], folder: Path, content: bytes = b"x") -> list[str]:
    """Run what is not known; return the names of all that have a score."""
    submissions = [of_ours(name, content) for name in names]
    with open_store(folder, "tiny") as store:
        known = runs.known(store, submissions, grader.made_from())
        waiting = [item for item in submissions if item.id not in known]
        runs.grade_into(store, grader, waiting, 1, ignore, ignore)  # type: ignore[arg-type]
        return list(runs.known(store, submissions, grader.made_from()))


def test_what_is_known_is_not_run_again(tmp_path: Path) -> None:
    grader = FakeGrader()
    assert run(grader, ["a", "b"], tmp_path) == ["a", "b"]
    assert run(grader, ["c", "b", "a"], tmp_path) == ["c", "b", "a"]
    assert grader.graded == ["a", "b", "c"]


def test_what_has_no_score_is_not_among_the_results(tmp_path: Path) -> None:
    grader = FakeGrader()
    assert run(grader, ["broken", "a", "text"], tmp_path) == ["a"]
    assert run(grader, ["broken", "a", "text"], tmp_path) == ["a"]
    assert grader.graded == ["broken", "a", "text", "broken", "text"]


def test_another_notebook_or_other_versions_are_run(tmp_path: Path) -> None:
    run(FakeGrader(), ["a"], tmp_path)
    for grader, content in ((FakeGrader(), b"y"), (FakeGrader("2"), b"x")):
        assert run(grader, ["a"], tmp_path, content) == ["a"]
        assert grader.graded == ["a"]
    known = FakeGrader()
    assert run(known, ["a"], tmp_path) == ["a"]
    assert known.graded == []


def test_an_interrupted_run_keeps_what_is_done(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(FakeGrader(interrupted_at="c"), ["a", "b", "c"], tmp_path)
    grader = FakeGrader()
    assert run(grader, ["a", "b", "c"], tmp_path) == ["a", "b", "c"]
    assert grader.graded == ["c"]


def test_a_known_result_is_what_it_was_when_it_was_made(tmp_path: Path) -> None:
    submission, grader = of_ours("a/ü", b"x"), FakeGrader()
    run(grader, ["a/ü"], tmp_path)
    with open_store(tmp_path, "tiny") as store:
        (known,) = runs.known(store, [submission], grader.made_from()).values()
    made = grader.grade(submission)
    assert runs.cases(known) == runs.cases(made)
    assert (known.flags, known.problems, known.facts) == (made.flags, made.problems, made.facts)


def test_cases_are_named_as_in_the_bank() -> None:
    cases = runs.cases(made_up.grade("a", made_up.verdict(QUESTION, [1])))
    assert list(cases) == [("q1", "is_a_number"), ("q1", "is_right")]
    assert [case.outcome for case in cases.values()] == [Outcome.PASSED, Outcome.FAILED]


# ---------------------------------------------------------------- the commands' part


def test_a_command_goes_on_where_it_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The last argument of `_run` is how often the grader may try again to see chance at work."""
    warmed: list[FakeGrader] = []
    monkeypatch.setattr("autograder.grading.basis.made_from", lambda *_: {"version": "1"})
    monkeypatch.setattr("autograder.wall.levels.choose", lambda wanted: wanted)
    monkeypatch.setattr(proving, "find_data", lambda *_: None)
    grade = FakeGrader.grade
    monkeypatch.setattr(FakeGrader, "grade", lambda *g: (warmed.append(g[0]), grade(*g))[1])
    course: Any = SimpleNamespace(settings=None)
    assignment: Any = SimpleNamespace(name="tiny")
    submissions = [of_ours(name, b"x") for name in ("a", "b")]
    for interrupted_at, chances, known in (("b", 0, ["a"]), ("", None, ["a", "b"])):
        grader = nullcontext(FakeGrader(interrupted_at=interrupted_at))
        monkeypatch.setattr(proving, "warm_grader", lambda *_, grader=grader: grader)
        grades, rests_on = proving._run(
            course, assignment, submissions, tmp_path, 1, None, more_chances=chances
        )
        assert [each.submission for each in grades] == known
        assert rests_on == {"version": "1"}
    assert [grader.more_chances for grader in warmed] == [0, 0, 2]
    said = capsys.readouterr().err
    assert "interrupted: the same command continues" in said
    assert f"1 known from {tmp_path}, 1 to run" in said
