"""`results.json`, as Gradescope reads it.

Students see what became of hidden cases when grades are published, and even then no more than the
hint: handing in again and again must not tell what the hidden tests ask. Points of a question that
hidden cases decide as a whole appear with them, and Gradescope itself hides the total until then.

What is to be graded by hand is in no score: Gradescope adds it, where it is graded there.

Where there is no score, there are neither `score` nor `tests`: Gradescope then says that the
autograder failed, and gives no points; an empty list of tests would be a zero.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from autograder.records import CaseVerdict, Grade, Outcome, QuestionVerdict, Status
from autograder.words import instead, points, problems_for_student

FILE = "results.json"
_FORMATS = {
    "output_format": "text",
    "test_output_format": "text",
    "test_name_format": "text",
    "stdout_visibility": "hidden",
}
_LATER, _NOW = "after_published", "visible"
OURS = "something went wrong on our side, not on yours. Your instructor can run it again."


def results(grade: Grade) -> dict[str, object]:
    """One submission's `results.json`, with the score that counts."""
    if grade.so_far is None:
        problems = "; ".join(problems_for_student(grade))
        why = problems if problems and grade.status is Status.UNGRADABLE else OURS
        return {**failure(why), "extra_data": _extra(grade)}
    output = [*problems_for_student(grade), *grade.remarks]
    return {
        "score": grade.so_far,
        "execution_time": grade.seconds,
        **({"output": "\n".join(output)} if output else {}),
        **_FORMATS,
        "visibility": _NOW,
        "tests": [entry for verdict in grade.questions for entry in _entries(verdict)],
        "extra_data": _extra(grade),
    }


def failure(why: str) -> dict[str, object]:
    """A `results.json` without a score: says why, in plain words, to student and instructor."""
    return {
        "output": f"This submission was not graded: {why}\n\nThis is not a zero: no points were "
        "given at all.",
        **_FORMATS,
        "visibility": _NOW,
    }


def text(results: dict[str, object]) -> str:
    """The file's text, the same for the same results; ASCII, whatever a student wrote."""
    return json.dumps(results, indent=1) + "\n"


def _extra(grade: Grade) -> dict[str, object]:
    """What no student sees, to find the grade again."""
    return {
        "submission": grade.submission,
        "sha256": grade.sha256,
        "status": str(grade.status),
        "made_from": dict(sorted(grade.made_from.items())),
    }


def _entries(verdict: QuestionVerdict) -> Iterator[dict[str, object]]:
    """One entry per case; where the cases' points do not add up to the question's, one more."""
    question, override = verdict.question, verdict.override
    if verdict.open:
        name = f"{question.name}: to be graded by hand ({points(question.points)} points)"
        yield {"name": name, "visibility": _NOW}
        return
    whole = question.all_or_nothing or override is not None
    for case in () if question.manual else verdict.cases:
        yield _case(case, question.name, with_points=not whole)
    if whole:
        hidden = any(case.case.hidden for case in verdict.cases)
        by_hand = f"Set by hand{instead(verdict)}: {override.reason}" if override else ""
        yield {
            "name": f"{question.name}: {'points' if override else 'all or nothing'}",
            "score": verdict.final,
            "max_score": question.points,
            **({"output": by_hand} if by_hand else {}),
            "visibility": _LATER if hidden else _NOW,
        }


def _case(verdict: CaseVerdict, question: str, *, with_points: bool) -> dict[str, object]:
    case, passed = verdict.case, verdict.outcome is Outcome.PASSED
    name = f"{case.name} (hidden)" if case.hidden else f"{question}: {case.label}"
    entry: dict[str, object] = {"name": name}
    if with_points:
        entry |= {"score": case.points if passed else 0.0, "max_score": case.points}
    if verdict.outcome is not Outcome.UNGRADED:
        entry["status"] = "passed" if passed else "failed"
    if verdict.message and verdict.outcome is not Outcome.UNGRADED:
        entry["output"] = verdict.message
    entry["visibility"] = _LATER if case.hidden else _NOW
    return entry
