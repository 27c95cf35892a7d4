"""A submission that only chance can have cost points gets another one, and the best run counts."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.grading import blame
from autograder.grading.blame import Lost
from autograder.grading.grader import Grader
from autograder.records import (
    Case,
    CaseVerdict,
    Grade,
    Limits,
    Outcome,
    Question,
    QuestionVerdict,
    Status,
    Submission,
)

P, F = Outcome.PASSED, Outcome.FAILED
SUBMISSION = Submission("student-01", "student-01", "")


def verdict(name: str, outcome: Outcome) -> QuestionVerdict:
    case = Case(f"{name} - 1", "is right", False, 1, "")
    question = Question(name, False, (case,), ())
    return QuestionVerdict(question, (CaseVerdict(case, outcome),), float(outcome is P))


def run(q6: Outcome, q7: Outcome, chance: str = "") -> Grade:
    verdicts = (verdict("q6", q6), verdict("q7", q7))
    facts: dict[str, Any] = {"by_chance": {"question": "q7", "found": chance}} if chance else {}
    score = sum(one.earned or 0.0 for one in verdicts)
    return Grade("student-01", "", Status.GRADED, verdicts, score, 2.0, (), 1.0, {}, (), facts)


# The runs that there would be; how many there are, the score that counts, what the note names.
CASES: dict[str, tuple[list[Grade], int, float, list[str]]] = {
    "all is right": ([run(P, P)], 1, 2, []),
    "it is worse than chance can be": ([run(P, F)], 1, 1, []),
    "another mistake is there, too": ([run(F, F, "0.969")], 1, 0, []),
    "the second run is right": ([run(P, F, "0.969"), run(P, P)], 2, 2, ["0.969"]),
    "the third run is right": (
        [run(P, F, "0.969"), run(P, F, "0.968"), run(P, P)], 3, 2, ["0.969", "0.968"],
    ),
    "no run is right, and there is no fourth": (
        [run(P, F, "0.969"), run(P, F, "0.968"), run(P, F, "0.967"), run(P, P)], 3, 1, ["0.969", "0.968"],
    ),
    "the second run is worse, the third is right": ([run(P, F, "0.969"), run(F, F), run(P, P)], 3, 2, ["0.969"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_second_chances(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, count, score, named = CASES[case]
    attempts: list[int] = []

    def once(_: Grader, submission: Submission, attempt: int) -> tuple[Grade, None]:
        assert submission is SUBMISSION
        attempts.append(attempt)
        return runs[attempt], None

    monkeypatch.setattr(Grader, "_grade_once", once)
    grader = Grader(*[None] * 7)  # type: ignore[arg-type]
    grade = grader.grade(SUBMISSION)
    assert (len(attempts), grade.score) == (count, score)
    notes = " ".join(note for each in grade.questions for note in each.notes)
    assert [name for name in ("0.969", "0.968", "0.967") if name in notes] == named


class Warm:
    """A sandbox or a judge that starts anew whenever it is asked to."""

    def revive(self) -> None:
        """Do nothing."""


def blank(lost: str) -> tuple[Grade, Lost]:
    row = Grade("student-01", "", Status.UNGRADED, (), None, 2.0, (), 1.0, {})
    return row, Lost(judge_at=frozenset(lost.split()))


# Where the judge was lost, what became of the solution, whom the second run blames for what.
LOST: dict[str, tuple[str, Grade | None, set[str]]] = {
    "nowhere": ("", None, set()),
    "at a question that the judge judges": ("q7", run(P, F), {"q7"}),
    "at one of two": ("q6 q7", run(P, Outcome.UNGRADED), {"q6"}),
    "at a question that the solution does not reach": ("q7", run(P, Outcome.NOT_REACHED), set()),
}


@pytest.mark.parametrize("case", LOST)
def test_who_is_to_blame_for_a_lost_judge(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost, of_solution, blamed = LOST[case]
    asked: list[tuple[str, set[str]]] = []

    def once(_: Grader, of: Submission, attempt: int, before: Lost = blame.NOTHING) -> Any:
        asked.append((of.id, set(before.judge_at)))
        return (of_solution, blame.NOTHING) if of.id == "solution" else blank(lost)

    monkeypatch.setattr(Grader, "_grade_once", once)
    (tmp_path / "x.ipynb").touch()
    assignment = SimpleNamespace(staff=tmp_path, notebook_name="x.ipynb")
    parts: list[Any] = [assignment, None, None, Warm(), Warm(), Warm(), None]
    assert Grader(*parts).grade(SUBMISSION).status is Status.UNGRADED
    solution = [("solution", set())] if lost else []
    assert asked == [("student-01", set()), *solution, ("student-01", blamed)]


@pytest.mark.parametrize(
    ("gigabytes", "processors", "limit", "memory"),
    [(16, 2, 6_144, 4_096), (64, 2, 6_144, 6_144), (4, 8, 6_144, 1_024), (16, 2, 2_000, 2_000)],
)
def test_the_judges_memory_is_less_than_the_machine_has(
    gigabytes: int, processors: int, limit: int, memory: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = SimpleNamespace(total=gigabytes << 30)
    monkeypatch.setattr(blame.psutil, "virtual_memory", lambda: total)
    monkeypatch.setattr(blame.os, "cpu_count", lambda: processors)
    assert blame.judges_memory(Limits(1, 1, limit, 1, 1, 1)) == memory
