"""Item analysis: how hard each question and each case was, and whether it tells students apart.

The figures are those of classical test theory (Crocker and Algina, *Introduction to Classical and
Modern Test Theory*, 1986, chapter 14):

- *difficulty*, the item's mean as a share of what it is worth: for a case the share that passed,
  for a question the mean share of its points. 1 is easy, 0 is hard.
- *discrimination*, the corrected item-total correlation: Pearson's correlation of what students got
  for the item with the rest of their score, that is the score without what the item contributed to
  it. For a case, which is passed or not, this is the corrected point-biserial correlation. Of an
  all-or-nothing question no case can be taken out alone: there the rest is the score without the
  question.

Automatic points only: the figures are about the tests, so a human's override is not in them. What
is ungraded is not counted; a case that was not reached counts as not passed, as in the score.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.records import CaseVerdict, Grade, Outcome, QuestionVerdict

BETWEEN = (0.1, 0.9)
"""Difficulties at which an item has something to tell students apart by."""
WEAK = 0.1
FEWEST = 20
"""With fewer students an item's correlation says next to nothing, and none is marked."""

_Got = tuple[bool, float | None, float | None]
"""One student's item: whether it passed, the share of its points, the rest of the score."""


@dataclass(frozen=True, slots=True)
class Item:
    """What the class made of one question or one case."""

    graded: int
    passed: int
    difficulty: float | None
    """0 to 1; None where nothing was graded, or where the item is a question worth nothing."""
    discrimination: float | None
    """-1 to 1; None where everybody got the same, or fewer than three have a whole score."""

    @property
    def look(self) -> str:
        """Why a human should look at this item; empty where nothing speaks for it."""
        if self.graded < FEWEST or self.difficulty is None:
            return ""
        if not self.passed:
            return "nobody passed"
        if self.discrimination is None:
            return ""
        if self.discrimination < 0:
            return "negative: those who passed did worse in the rest"
        if self.discrimination < WEAK and BETWEEN[0] <= self.difficulty <= BETWEEN[1]:
            return "hardly tells students apart"
        return ""


def question_items(grades: Iterable[Grade]) -> dict[str, Item]:
    """Analyse each question, by name, in the order in which they first appear."""
    got: dict[str, list[_Got]] = {}
    for grade in grades:
        for verdict in grade.questions:
            found = got.setdefault(verdict.question.name, [])
            if verdict.earned is not None:
                found.append(_question_got(grade, verdict, verdict.earned))
    return {name: _item(found) for name, found in got.items()}


def case_items(grades: Iterable[Grade]) -> dict[tuple[str, str], Item]:
    """Analyse each case, by the names of its question and its own."""
    got: dict[tuple[str, str], list[_Got]] = {}
    for grade in grades:
        for verdict in grade.questions:
            for case in verdict.cases:
                found = got.setdefault((verdict.question.name, case.case.name), [])
                if case.outcome not in (Outcome.UNGRADED, Outcome.BY_HAND):
                    found.append(_case_got(grade, verdict, case))
    return {name: _item(found) for name, found in got.items()}


def _question_got(grade: Grade, verdict: QuestionVerdict, earned: float) -> _Got:
    possible = verdict.question.points
    passed = all(case.outcome is Outcome.PASSED for case in verdict.cases)
    return passed, earned / possible if possible else None, _rest(grade.score, earned)


def _case_got(grade: Grade, verdict: QuestionVerdict, case: CaseVerdict) -> _Got:
    passed = case.outcome is Outcome.PASSED
    if verdict.question.all_or_nothing:
        contributed = verdict.earned or 0.0
    else:
        contributed = case.case.points if passed else 0.0
    return passed, float(passed), _rest(grade.score, contributed)


def _rest(score: float | None, contributed: float) -> float | None:
    """Return the score without an item; rounded, since adding thirds must not look like spread."""
    return None if score is None else round(score - contributed, 6)


def _item(got: Sequence[_Got]) -> Item:
    shares = [share for _, share, _ in got if share is not None]
    pairs = [(share, rest) for _, share, rest in got if share is not None and rest is not None]
    return Item(
        graded=len(got),
        passed=sum(passed for passed, _, _ in got),
        difficulty=statistics.fmean(shares) if shares else None,
        discrimination=correlation(pairs),
    )


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's correlation; None for fewer than three pairs, or where one side is constant."""
    if len(pairs) < 3 or any(len(set(side)) == 1 for side in zip(*pairs, strict=True)):
        return None
    return statistics.correlation(*zip(*pairs, strict=True))
