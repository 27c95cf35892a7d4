"""No object of the student's answers where the solution has plain data."""

from __future__ import annotations

import pytest

from autograder.grading.answering import OfSolution, without_own_answers
from autograder.judge import context
from autograder.records import Case, CaseVerdict, Outcome, Question, question_verdict

CASES = tuple(Case(name, name, name == "b", 1.0, "the hint") for name in ("a", "b"))
QUESTION = Question("q1", False, CASES, ("df",))
PASSED = question_verdict(QUESTION, tuple(CaseVerdict(c, Outcome.PASSED) for c in CASES))


def test_a_case_that_an_object_decided_fails() -> None:
    relied = {("q1", "b"): frozenset({"df."})}
    verdict = without_own_answers(PASSED, relied, {"q1": frozenset({"model."})})
    assert [case.outcome for case in verdict.cases] == [Outcome.PASSED, Outcome.FAILED]
    assert verdict.earned == 1.0
    assert verdict.cases[1].message == "the hint"  # hidden: students are told no more
    assert "df" in verdict.cases[1].detail
    assert [flag.name for flag in verdict.flags] == ["own answers"]


@pytest.mark.parametrize("question", ["q1", "q2"])
def test_what_the_solution_relies_on_counts(question: str) -> None:
    relied = {(question, "a"): frozenset({"model."})}
    assert without_own_answers(PASSED, relied, {"q1": frozenset({"model."})}) == PASSED


def test_the_solution_is_asked_once() -> None:
    asked: list[int] = []

    def find_out() -> dict[tuple[str, str], frozenset[str]]:
        asked.append(1)
        return {("q1", "a"): frozenset({"m."}), ("q1", "b"): frozenset({"n"})}

    solution = OfSolution()
    for _ in range(2):
        assert solution.by_question(find_out) == {"q1": frozenset({"m.", "n"})}
    assert asked == [1]


def test_what_a_call_changes_of_the_staffs_names_is_changed_for_its_question_only() -> None:
    table = [[1], [2]]
    names = {"table": table, "row": table[0], "helper": without_own_answers, "stream": iter([1])}
    copies = context.copied(names)
    copies["row"].append(3)
    assert table == [[1], [2]]
    assert copies["table"] == [[1, 3], [2]]  # what is one object stays one
    assert copies["helper"] is without_own_answers
