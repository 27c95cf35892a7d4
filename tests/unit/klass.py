"""A class's grades for tests of reports: every kind of grade once, made without grading."""

from __future__ import annotations

from dataclasses import replace

from autograder import words
from autograder.records import (
    Case,
    CaseVerdict,
    Grade,
    Outcome,
    Override,
    Problem,
    Question,
    QuestionVerdict,
    Status,
    question_verdict,
    same_outcome,
    total,
)
from tests.grades import text_problem

Q1 = Question(
    "q1",
    False,
    (
        Case("q1 - 1", "answer is an integer", False, 1.0, ""),
        Case("q1 - 2", "answer is right", True, 1.0, "Multiply six by seven."),
    ),
    ("answer",),
)
Q2 = Question(
    "q2",
    True,
    (
        Case("q2 - 1", "squares has ten numbers", False, 1.0, ""),
        Case("q2 - 2", "squares are right", True, 2.0, "Square each number once."),
    ),
    ("squares",),
)
HOSTILE = '=HYPERLINK("x") is a <b>str</b>, expected an int.'
SECRET = "expected 42 and 81"
"""Stands in every detail, which is for staff."""


def verdict(
    question: Question, *passed: bool, messages: tuple[str, ...] = ("", "")
) -> QuestionVerdict:
    """A verdict whose failed cases say `messages`, the hidden ones their hint."""
    cases = tuple(
        CaseVerdict(case, Outcome.PASSED)
        if good
        else CaseVerdict(case, Outcome.FAILED, case.hint if case.hidden else said, SECRET)
        for case, good, said in zip(question.cases, passed, messages, strict=True)
    )
    return question_verdict(question, cases)


def grade(name: str, *verdicts: QuestionVerdict, student: str = "", **more: object) -> Grade:
    score = total(verdicts)
    made = Grade(
        submission=name,
        sha256="ab" * 32,
        status=Status.GRADED,
        questions=verdicts,
        score=score,
        max_score=5.0,
        problems=(),
        seconds=1.25,
        made_from={"tests": "cd" * 32, "assignment": "tiny"},
        student=student,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def blank(name: str, status: Status, why: Problem, student: str) -> Grade:
    said = words.problem(why)
    verdicts = [same_outcome(question, Outcome.UNGRADED, said, said) for question in (Q1, Q2)]
    return grade(name, *verdicts, student=student, status=status, problems=(why,))


RIGHT = (verdict(Q1, True, True), verdict(Q2, True, True))


def by_hand(points: float, reason: str) -> QuestionVerdict:
    override = Override(points, reason, "2026-11-02T09:00:00Z")
    return replace(verdict(Q2, True, False), override=override)


def klass(lms: str = "", first: int = 100) -> tuple[Grade, ...]:
    """Ten submissions; with `lms`, the files' names told whose most of them are."""

    def told(number: int) -> str:
        return f"{lms}:{first + number}" if lms else ""

    wrong = verdict(Q1, True, False), verdict(Q2, False, True, messages=(HOSTILE, ""))
    crashed = (text_problem("q2 (cell 7): the Python process ended"),)
    no_notebook = text_problem("not a notebook: not JSON")
    full = Problem("our fault", {"error": "/srv/secret is full"}, ours=True)
    return (
        grade("student-01", *RIGHT, student=told(1)),
        grade("student-02", *wrong, student=told(2), status=Status.PROBLEMS, problems=crashed),
        grade(
            "student-03",
            RIGHT[0],
            by_hand(2.5, "=1+1 is right,\nas said in class"),
            student=told(3),
        ),
        blank("student-04", Status.UNGRADABLE, no_notebook, told(4)),
        blank("student-05", Status.UNGRADED, full, told(5)),
        grade("student-06", *RIGHT, student=told(6)),
        grade("student-07/final", *RIGHT, student=told(7)),
        grade("student-07/first", *wrong, student=told(7)),
        grade("student-08", *RIGHT),
        grade("student-09", *RIGHT),
    )
