"""A submission that only chance can have cost points gets another one, and the best run counts."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.grading.grader import Grader
from autograder.records import (
    Case,
    CaseVerdict,
    Grade,
    Outcome,
    Question,
    QuestionVerdict,
    Status,
    Submission,
)

P, F = Outcome.PASSED, Outcome.FAILED
SUBMISSION = Submission("student-01", "student-01", "", bytes)


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

    def once(_: Grader, submission: Submission, attempt: int) -> tuple[Grade, bool]:
        assert submission is SUBMISSION
        attempts.append(attempt)
        return runs[attempt], False

    monkeypatch.setattr(Grader, "_grade_once", once)
    grader = Grader(*[None] * 6)  # type: ignore[arg-type]
    grade = grader.grade(SUBMISSION)
    assert (len(attempts), grade.score) == (count, score)
    notes = " ".join(note for each in grade.questions for note in each.notes)
    assert [name for name in ("0.969", "0.968", "0.967") if name in notes] == named
