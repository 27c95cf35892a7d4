"""Problems in words: every kind has its wording, each reader a sentence of their own."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest

import autograder
from autograder import words
from autograder.records import Problem
from autograder.words import ASKS, PROBLEMS, problem, problem_for_student
from tests.grades import text_problem, trained

PACKAGE = Path(autograder.__file__).parent
ZIP = Problem("unreadable in zip", {"error": "BadZipFile: File is not a zip file"}, "again")
OURS = Problem("our fault", {"error": "KitError('/tmp/x')"}, ours=True)


SHORT = {
    "_over": ("kind", "ask"),
    "_refused": ("kind", "ask"),
    "_guess": ("kind", "ask", "choices"),
    "_say": ("kind",),
}
"""Functions that make a problem of their named arguments, with what comes before those."""


def made() -> Iterator[tuple[str, ast.Call, dict[str, list[ast.expr]]]]:
    """Every problem made in the package: where, the call, and what names stand for there."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if function.name in SHORT:
                continue
            values: dict[str, list[ast.expr]] = {}
            for node in ast.walk(function):
                if isinstance(node, ast.Assign):
                    for target in node.targets:
                        values.setdefault(ast.unparse(target), []).append(node.value)
            for node in ast.walk(function):
                if not isinstance(node, ast.Call) or called(node) not in {"Problem", *SHORT}:
                    continue
                if node.args:  # without, it is read from a database
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node, values


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def said(call: ast.Call, values: dict[str, list[ast.expr]]) -> Iterator[tuple[str, set[str], str]]:
    """A call's kind, the names of what was found, and its ask; one for each that it may be."""
    short = SHORT.get(called(call))
    arguments = short or ("kind", "found", "ask", "ours")
    given: dict[str, ast.expr] = dict(zip(arguments, call.args, strict=False))
    keywords = {str(keyword.arg): keyword.value for keyword in call.keywords}
    if short:
        names = set(keywords) | ({"count", "names"} if "choices" in short else set())
    else:
        given |= keywords
        found = given.get("found", ast.Dict([], []))
        if isinstance(found, ast.Name):
            (found,) = values[found.id]
        assert isinstance(found, ast.Dict), "what was found is written down where it is found"
        names = {ast.literal_eval(key) for key in found.keys if key is not None}
    ask = given.get("ask", ast.Constant(""))
    for each in values[ask.id] if isinstance(ask, ast.Name) else [ask]:
        yield ast.literal_eval(given["kind"]), names, ast.literal_eval(each)


MADE = [(where, *each) for where, call, values in made() for each in said(call, values)]


def fields(*wordings: str) -> set[str]:
    return {name for text in wordings for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("where", "kind", "names", "ask"), MADE, ids=[each[0] for each in MADE])
def test_what_the_wording_needs_is_given(where: str, kind: str, names: set[str], ask: str) -> None:
    wordings = (PROBLEMS[kind], *(ASKS[ask] if ask else ()))
    assert fields(*wordings) <= names, f"{where}: {kind} wants {fields(*wordings)}"


def test_every_wording_is_used() -> None:
    assert len(MADE) > 30
    older = {"text"}  # what gradebooks up to format 4 held
    assert {kind for _, kind, _, _ in MADE} | older == set(PROBLEMS)
    assert {ask for _, _, _, ask in MADE} - {""} == set(ASKS)


@pytest.mark.parametrize("ask", ASKS)
def test_both_readers_have_a_sentence(ask: str) -> None:
    staff, student = ASKS[ask]
    assert staff.startswith("Ask ") and "Ask" not in student
    assert student.startswith(("Hand in ", "Hand it in ", "Open "))
    assert staff.endswith(".") and student.endswith(".")


def test_what_is_said_to_both_asks_nobody() -> None:
    assert not [text for text in PROBLEMS.values() if "Ask" in text or "Hand in" in text]


SAID = [
    (
        ZIP,
        "the notebook cannot be read from its zip: BadZipFile: File is not a zip file. "
        "Ask for it again.",
        "the notebook cannot be read from its zip: BadZipFile: File is not a zip file. "
        "Hand it in again.",
    ),
    (
        Problem("link", {"file": "a.ipynb"}, "named file"),
        "a link, not a file. Ask for a.ipynb itself.",
        "a link, not a file. Hand in a.ipynb itself.",
    ),
    (
        Problem("several in zip", {"count": 51}, "which counts"),
        "a zip with 51 notebooks. Ask which one counts.",
        "a zip with 51 notebooks. Hand in the one that counts.",
    ),
    (
        Problem("cell too slow", {"where": "q7 (cell 11)", "seconds": 60.0}),
        "q7 (cell 11) stopped after 60 s: is there an endless loop?",
        "q7 (cell 11) stopped after 60 s: is there an endless loop?",
    ),
    (
        Problem("process ended", {"where": "q2 (cell 7)"}),
        "q2 (cell 7): the Python process ended (a crash, or a call to exit)",
        "q2 (cell 7): the Python process ended (a crash, or a call to exit)",
    ),
    (OURS, "our fault: KitError('/tmp/x')", None),
]


@pytest.mark.parametrize(("each", "staff", "student"), SAID, ids=[each[0].kind for each in SAID])
def test_what_is_said(each: Problem, staff: str, student: str | None) -> None:
    assert (problem(each), problem_for_student(each)) == (staff, student)


# what another version, or a driver that was taken over, may call a problem
STRANGE = [
    (Problem("from the future", {"cell": 3, "why": "x"}), "from the future (cell: 3, why: x)"),
    (Problem("gone"), "gone"),
    (Problem("cell too slow", {"where": "q1"}), "cell too slow (where: q1)"),
    (Problem("too long", {"where": "q1", "seconds": "a"}), "too long (where: q1, seconds: a)"),
    (Problem("link", {"file": "a"}, "a favour"), "link (file: a)"),
    (text_problem("caf\udce9 {text} {0.__class__}"), "caf? {text} {0.__class__}"),
]


@pytest.mark.parametrize(("each", "text"), STRANGE, ids=[text for _, text in STRANGE])
def test_what_nobody_knows_is_shown_as_it_is(each: Problem, text: str) -> None:
    assert (problem(each), problem_for_student(each)) == (text, text)
    assert problem_for_student(replace(each, ours=True)) is None


def test_a_student_hears_of_no_fault_of_ours_and_nothing_that_a_human_settled() -> None:
    grade = trained(problems=(OURS, ZIP))
    assert words.problems_for_staff(grade) == (problem(OURS), problem(ZIP))
    assert words.problems_for_student(grade) == (problem_for_student(ZIP),)
    assert words.problems_for_student(replace(grade, score=None)) == ()
