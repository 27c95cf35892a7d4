"""Submissions that only chance can have cost points: which those are, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.records import Grade, Outcome
from autograder.reports.facts import Chance


def only_failed(grade: Grade, question: str) -> bool:
    """Return whether every case that did not pass is of this question."""
    return {question} == {
        verdict.question.name
        for verdict in grade.tested
        for case in verdict.cases
        if case.outcome is not Outcome.PASSED
    }


def with_note(grade: Grade, chances: Sequence[Chance]) -> Grade:
    """Say, with the question that chance decided, that there was more than one run."""
    evidence = "; ".join(chance.evidence for chance in chances)
    note = f"run again with another seed, because chance alone can give this: {evidence}"
    verdicts = (
        replace(v, notes=(*v.notes, note)) if v.question.name == chances[0].question else v
        for v in grade.questions
    )
    return replace(grade, questions=tuple(verdicts))
