"""Fails cases that an object of the student's decided: it has seen the test's data, and answered.

A test may hand data to whatever the solution has there, too: a function that it calls, an object of
a class that the question asks for, a fitted model. Where the solution has plain data, nothing that
can answer `equals(expected)` or `- expected` takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock

from autograder.records import CaseVerdict, Flag, Outcome, QuestionVerdict, question_verdict

Relied = Mapping[tuple[str, str], frozenset[str]]
"""What answered about the data of cases, by question and case."""


@dataclass(slots=True)
class OfSolution:
    """What the solution's own cases relied on: found out when it is needed first."""

    _known: Mapping[str, frozenset[str]] | None = None
    _lock: Lock = field(default_factory=Lock)

    def by_question(self, find_out: Callable[[], Relied]) -> Mapping[str, frozenset[str]]:
        """Return it; `find_out` grades the solution."""
        with self._lock:
            if self._known is None:
                relied = find_out()
                self._known = {
                    question: frozenset[str]().union(
                        *(names for (name, _), names in relied.items() if name == question)
                    )
                    for question, _ in relied
                }
            return self._known


def without_own_answers(
    verdict: QuestionVerdict, relied: Relied, solution: Mapping[str, frozenset[str]]
) -> QuestionVerdict:
    """Return a verdict in which no case passes by more than the solution relied on."""
    question = verdict.question
    known = solution.get(question.name, frozenset())
    more = {case: names - known for (name, case), names in relied.items() if name == question.name}
    roots = {name.partition(".")[0].partition("(")[0] for names in more.values() for name in names}
    if not roots:
        return verdict
    listed = ", ".join(sorted(roots))
    cases = tuple(
        _failed(case, listed) if more.get(case.case.name) else case for case in verdict.cases
    )
    flag = Flag("own answers", f"{question.name}: {listed} answered tests in place of plain data")
    points = question_verdict(question, cases).earned
    return replace(verdict, cases=cases, earned=points, flags=(*verdict.flags, flag))


def _failed(case: CaseVerdict, names: str) -> CaseVerdict:
    if case.outcome is not Outcome.PASSED:
        return case
    text = (
        f"an object of the notebook's own ({names}) answered this test, with the test's data "
        "before it; the solution has plain data there"
    )
    message = case.case.hint if case.case.hidden else text
    return replace(case, outcome=Outcome.FAILED, message=message, detail=text)
