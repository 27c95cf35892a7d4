"""Turns case verdicts into points, by Otter's rules, and adds them up."""

from __future__ import annotations

from collections.abc import Iterable

from autograder.records import CaseVerdict, Outcome, Question, QuestionVerdict


def question_verdict(
    question: Question, cases: tuple[CaseVerdict, ...], notes: tuple[str, ...] = ()
) -> QuestionVerdict:
    """Points of a question: the sum over passed cases, or all or nothing.

    One ungraded case leaves the whole question without points: our fault is never a zero.
    """
    outcomes = {case.outcome for case in cases}
    if Outcome.UNGRADED in outcomes:
        return QuestionVerdict(question, cases, None, notes)
    if question.all_or_nothing:
        earned = question.points if outcomes <= {Outcome.PASSED} else 0.0
    else:
        earned = sum(case.case.points for case in cases if case.outcome is Outcome.PASSED)
    return QuestionVerdict(question, cases, tidy(earned), notes)


def same_outcome(
    question: Question, outcome: Outcome, message: str, detail: str = ""
) -> QuestionVerdict:
    """The verdict of a question all of whose cases ended alike."""
    cases = tuple(CaseVerdict(case, outcome, message, detail) for case in question.cases)
    return question_verdict(question, cases)


def better(one: QuestionVerdict | None, other: QuestionVerdict) -> QuestionVerdict:
    """Of two verdicts on one question the one with more points; a graded one before an ungraded."""
    if one is None:
        return other

    def rank(verdict: QuestionVerdict) -> tuple[bool, float]:
        return verdict.earned is not None, verdict.earned or 0.0

    return other if rank(other) > rank(one) else one


def total(verdicts: Iterable[QuestionVerdict]) -> float | None:
    """The score, or None where a question is ungraded."""
    earned = [verdict.earned for verdict in verdicts]
    return None if None in earned else tidy(sum(value or 0.0 for value in earned))


def tidy(points: float) -> float:
    """Round away what adding thirds leaves behind."""
    return round(points, 6)
