"""Which of several verdicts on a question counts."""

from __future__ import annotations

from dataclasses import replace

from autograder.records import QuestionVerdict


def outranks(verdict: QuestionVerdict, before: QuestionVerdict | None) -> bool:
    """Whether a later verdict on a question counts in place of the one before it.

    It does unless it has fewer points; a graded one counts before an ungraded.
    """

    def rank(verdict: QuestionVerdict) -> tuple[bool, float]:
        return verdict.earned is not None, verdict.earned or 0.0

    return before is None or rank(verdict) >= rank(before)


def better(before: QuestionVerdict | None, verdict: QuestionVerdict) -> QuestionVerdict:
    """The verdict that counts, with the notes and flags of both: a worse one hides nothing."""
    if before is None:
        return verdict
    return replace(
        verdict if outranks(verdict, before) else before,
        notes=tuple(dict.fromkeys((*before.notes, *verdict.notes))),
        flags=tuple(dict.fromkeys((*before.flags, *verdict.flags))),
    )
