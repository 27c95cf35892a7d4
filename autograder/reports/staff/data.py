"""What the class report shows, as plain data for its script: students by number, texts once.

Everything here may be text of a student. It becomes JSON, and in the page text nodes only.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypedDict

from autograder.files import file_name
from autograder.records import Case, Flag, Grade, Outcome, Question, QuestionVerdict, Status
from autograder.reports import facts
from autograder.reports.staff import measured as class_measured
from autograder.reports.staff.measured import Row
from autograder.words import points, problems_for_staff, to_grade

MOST_MESSAGES = 50
_LONGEST_TEXT = 2_000
_MOST_BARS = 25
_STEPS = (0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10, 20, 25, 50, 100, 250, 500, 1000)
_MARKS = {
    Outcome.PASSED: "P",
    Outcome.FAILED: "F",
    Outcome.NOT_REACHED: "N",
    Outcome.UNGRADED: "U",
    Outcome.BY_HAND: "U",
}
_FILL = (
    "Read what they wrote, and give the points: autograder override OUT STUDENT QUESTION=POINTS."
)
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*(?:e[-+]?\d+)?")


def cut(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Return a text that fits into the page; what is left out is said."""
    left = len(text) - longest
    return text if left <= 0 else f"{text[:longest]}… ({left:,} more characters)"


def questions(grades: Iterable[Grade]) -> list[Question]:
    """All questions that any grade has, with all their cases, as they first appear."""
    found: dict[str, Question] = {}
    for grade in grades:
        for verdict in grade.questions:
            name = verdict.question.name
            if name not in found or len(found[name].cases) < len(verdict.question.cases):
                found[name] = verdict.question
    return list(found.values())


def tests(question: Question) -> tuple[Case, ...]:
    """The cases of a question that are tests: a question that is graded by hand has none."""
    return () if question.manual else question.cases


class Need(TypedDict):
    """A reason why submissions need a human."""

    why: str
    kind: str
    do: str
    open: bool
    """False where a human has already decided."""
    who: list[tuple[int, str]]
    """Students by number, each with a text."""


def class_data(grades: Sequence[Grade], asked: Sequence[Question]) -> Row:
    """Everything that the page's script draws from; `students` are in the order of `grades`."""
    texts: dict[str, int] = {}
    cases = [(question.name, case.name) for question in asked for case in tests(question)]
    said = messages(grades)
    measured = [facts.read(grade.facts) for grade in grades]
    return {
        "questions": [(question.name, question.points, len(tests(question))) for question in asked],
        "cases": [
            {"question": question.name, "label": cut(case.label, 200), "hidden": case.hidden}
            for question in asked
            for case in tests(question)
        ],
        "students": [_student(grade, asked, cases, texts) for grade in grades],
        "texts": list(texts),
        "needs": [
            {**need, "who": [(number, cut(why, 600)) for number, why in need["who"]]}
            for need in needs(grades)
        ],
        "flags": [(name, number, cut(evidence)) for name, number, evidence in _all_flags(grades)],
        "messages": said[:MOST_MESSAGES],
        "rarer": len(said[MOST_MESSAGES:]),
        "bars": bars(grades),
        "accuracies": class_measured.accuracies(measured),
        "curves": class_measured.curves(measured),
    }


def _student(
    grade: Grade,
    asked: Sequence[Question],
    cases: Sequence[tuple[str, str]],
    texts: dict[str, int],
) -> Row:
    verdicts = {verdict.question.name: verdict for verdict in grade.questions}
    ended = {(q, case.case.name): case for q, v in verdicts.items() for case in v.cases}
    found = {}
    for number, key in enumerate(cases):
        if key in ended and (text := ended[key].detail or ended[key].message):
            found[number] = texts.setdefault(cut(text), len(texts))
    student: Row = {
        "id": cut(grade.submission, 300),
        "file": f"feedback/{file_name(grade.submission)}.html",
        "lms": cut(grade.student, 200),
        "status": grade.status,
        "score": grade.so_far,
        "points": [verdicts[q.name].final if q.name in verdicts else None for q in asked],
        "cases": "".join(_MARKS[ended[key].outcome] if key in ended else " " for key in cases),
        "found": found,
        "problems": [cut(problem) for problem in problems_for_staff(grade)],
        "remarks": [cut(remark) for remark in grade.remarks],
        "earlier": [cut(origin, 300) for origin in grade.earlier],
        "notes": [[q, cut(note)] for q, verdict in verdicts.items() for note in verdict.notes],
        "overrides": [list(override) for override in _overrides(grade)],
        "seconds": facts.number(grade.seconds),
        "core": facts.number(grade.core_seconds) or None,
        "memory": facts.number(grade.memory_mb) or None,
    }
    return {name: value for name, value in student.items() if value not in ("", [], {})}


def flags(grade: Grade) -> list[Flag]:
    """All flags of a submission, each once."""
    return list(dict.fromkeys([*grade.flags, *(f for v in grade.questions for f in v.flags)]))


def _all_flags(grades: Sequence[Grade]) -> list[tuple[str, int, str]]:
    """Return each flag's name, the number of its student and the evidence, sorted."""
    return sorted(
        (flag.name, number, flag.evidence)
        for number, grade in enumerate(grades)
        for flag in flags(grade)
    )


def _overrides(grade: Grade) -> list[tuple[str, float, float | None, str, str]]:
    return [
        (v.question.name, v.override.points, v.earned, cut(v.override.reason), v.override.made)
        for v in grade.questions
        if v.override
    ]


def needs(grades: Sequence[Grade]) -> list[Need]:
    """Who needs a human, and why; a blank score that overrides have filled needs nobody."""
    ours, theirs, repaired = (
        [
            (number, "; ".join(problems_for_staff(grade)))
            for number, grade in enumerate(grades)
            if grade.status is status and (grade.so_far is None or status is Status.PROBLEMS)
        ]
        for status in (Status.UNGRADED, Status.UNGRADABLE, Status.PROBLEMS)
    )
    compare = "Compare them with care, or grade the class again in one go."
    reasons = [
        ("Not graded, our fault", "bad", "Grade them again.", ours),
        ("Could not be graded", "bad", "Ask for what is missing.", theirs),
        ("Graded with problems", "warn", "Did the problem cost points?", repaired),
        ("Made from something else", "warn", compare, _made_otherwise(grades)),
        ("To be graded by hand", "human", _FILL, _to_grade(grades)),
    ]
    for name, raised in groupby(_all_flags(grades), lambda flag: flag[0]):
        who = [(number, evidence) for _, number, evidence in raised]
        reasons.append((f"Flag: {cut(name, 200)}", "human", "Look at the evidence.", who))
    decided = [
        (number, "; ".join(f"{q}: {points(p)} points, {why}" for q, p, _, why, _ in found))
        for number, grade in enumerate(grades)
        if (found := _overrides(grade))
    ]
    reasons.append(("Points set by a human", "good", "Nothing to do.", decided))
    return [
        {"why": why, "kind": kind, "do": do, "open": kind != "good", "who": who}
        for why, kind, do, who in reasons
        if who
    ]


def _to_grade(grades: Sequence[Grade]) -> list[tuple[int, str]]:
    """Whose questions wait for a human; where nothing could be run, there is nothing to read."""
    return [
        (number, to_grade(grade))
        for number, grade in enumerate(grades)
        if grade.open and grade.so_far is not None
    ]


def _made_otherwise(grades: Sequence[Grade]) -> list[tuple[int, str]]:
    """Whose grade rests on other tests, settings, data or versions than most grades do."""
    made = Counter(tuple(sorted(grade.made_from.items())) for grade in grades)
    usual = dict(made.most_common(1)[0][0]) if made else {}
    who = []
    for number, grade in enumerate(grades):
        names = sorted({*usual, *grade.made_from})
        others = [name for name in names if usual.get(name) != grade.made_from.get(name)]
        if others:
            who.append((number, f"other than most: {', '.join(others)}"))
    return who


def messages(grades: Sequence[Grade]) -> list[Row]:
    """What failing cases found, most common first; texts that differ in numbers only are one.

    `text` is the most common of them, `varies` how many there are, `who` whom they concern.
    """
    groups: dict[tuple[str, str], tuple[Counter[str], dict[int, None], dict[str, None]]] = {}
    for number, grade in enumerate(grades):
        for verdict in grade.questions:
            for label, text in _failures(verdict):
                key = verdict.question.name, _NUMBERS.sub("#", text)
                counts, who, labels = groups.setdefault(key, (Counter(), {}, {}))
                counts[text] += 1
                who[number] = None
                labels[label] = None
    ranked = sorted(groups.items(), key=lambda group: (-len(group[1][1]), group[0]))
    return [
        {
            "question": question,
            "text": min(counts, key=lambda text: (-counts[text], text)),
            "varies": len(counts),
            "cases": list(labels),
            "who": list(who),
        }
        for (question, _), (counts, who, labels) in ranked
    ]


def _failures(verdict: QuestionVerdict) -> Iterable[tuple[str, str]]:
    for case in verdict.cases:
        text = case.detail or case.message
        if case.outcome is Outcome.FAILED and text:
            yield cut(case.case.label, 200), cut(text)


def bars(grades: Sequence[Grade]) -> list[Row]:
    """The distribution of scores: bars of equal width from 0 to the most, with who is in each."""
    scores = [(number, grade.so_far) for number, grade in enumerate(grades)]
    counted = [(number, score) for number, score in scores if score is not None]
    if not counted:
        return []
    most = max(max(grade.max_score for grade in grades), *(score for _, score in counted))
    least = min(0.0, *(score for _, score in counted))
    wanted = (most - least) / _MOST_BARS
    width = next((step for step in _STEPS if step >= wanted), wanted)
    first = math.floor(least / width + 1e-9)
    last = max(first, math.floor(most / width + 1e-9))
    who: list[list[int]] = [[] for _ in range(first, last + 1)]
    for number, score in counted:
        who[math.floor(score / width + 1e-9) - first].append(number)
    return [
        {"from": round((first + place) * width, 6), "to": round((first + place + 1) * width, 6)}
        | {"who": numbers}
        for place, numbers in enumerate(who)
    ]
