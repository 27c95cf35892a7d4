"""What Otter puts into a notebook: tags, checks, and the line that makes the grader.

A question is judged on the state right after its own `grader.check("qN")`.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.notebook.cells import Cell, cells_of

ANSWER_TAGS = frozenset({"otter_answer_cell", "otter_assign_solution_cell"})
"""What Otter Assign tags an answer with, in the student's notebook and in the solved one."""
IGNORE_TAG = "otter_ignore"
CHECK = re.compile(r"""\.check\(\s*["']([^"'\n]+)["']\s*\)""")
_LOOSE = re.compile(r"(?:question|frage|exercise|task)(?=\d)")


@dataclass(frozen=True, slots=True)
class Start:
    """The statement that makes the grader: `grader = otter.Notebook("mnist.ipynb")`."""

    name: str = ""
    """Empty where no statement makes one."""
    call: str = ""
    arguments: tuple[str, ...] = ()
    """To be compared with those of another such statement."""


def answer_cells(notebook: Any, questions: Sequence[str]) -> dict[str, list[int]]:
    """Return the indices of the tagged answer cells that stand before each question's check."""
    answers: dict[str, list[int]] = {question: [] for question in questions}
    waiting: list[Cell] = []
    for cell in cells_of(notebook):
        if ANSWER_TAGS & cell.tags:
            waiting.append(cell)
        for question in [*(CHECK.findall(cell.source) if cell.kind == "code" else ()), *cell.tests]:
            if question in answers:
                answers[question] += [each.index for each in waiting if each.kind == "code"]
                waiting = []
    return answers


def check_cells(notebook: Any, questions: Sequence[str]) -> dict[str, int]:
    """Return the index of each question's check cell, the last one where there are several."""
    return {
        question: index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
        for question in CHECK.findall(cell.source)
        if question in questions
    }


def checked_in(notebook: Any) -> list[str]:
    """Return the questions that a notebook judges itself, in its order: by check or metadata."""
    return [
        question
        for cell in cells_of(notebook)
        for question in [*CHECK.findall(cell.source), *cell.tests]
    ]


def with_answers(notebook: Any, answers: Mapping[str, str], questions: Sequence[str]) -> Any:
    """Return a copy of a notebook in which each question's first answer cell is replaced.

    Further answer cells of the question are emptied.
    """
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))
    places = answer_cells(copy, questions)
    for question, source in answers.items():
        for number, index in enumerate(places[question]):
            copy.cells[index].source = "" if number else source
    return copy


def start_of_grader(cells: Iterable[Cell]) -> Start:
    """Return the statement with which a notebook makes its grader."""
    bodies = (cell.python.body or [] for cell in cells if cell.kind == "code")
    starts = (start_of(statement) for body in bodies for statement in body)
    return next((start for start in starts if start is not None), Start())


def start_of(statement: ast.stmt) -> Start | None:
    """Take a statement that makes a grader apart; None where it is another one."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
        return None
    call = statement.value
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return None
    if call.func.attr != "Notebook":
        return None
    arguments = tuple(ast.dump(each) for each in (*call.args, *call.keywords))
    return Start(statement.targets[0].id, ast.unparse(call), arguments)


def checks(body: Sequence[ast.stmt]) -> list[str]:
    """Return what is checked in some statements, at any depth, in the order of the text."""
    places = []
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = _named(node) if node.func.attr == "check" else ""
                if name:
                    places.append((node.lineno, node.col_offset, name))
    return [name for _, _, name in sorted(places)]


def _named(call: ast.Call) -> str:
    """Return what a call of `check` names: a text, or a name whose quotes were forgotten."""
    if not call.args:
        return ""
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return first.id if isinstance(first, ast.Name) else ""


def question_of(name: str, questions: Sequence[str]) -> str:
    """Return the question that a check means: `Q1`, `q01`, `q 1` and `question1` are `q1`."""
    if name in questions:
        return name
    same = [question for question in questions if _loosely(question) == _loosely(name)]
    return same[0] if len(same) == 1 else ""


def _loosely(name: str) -> str:
    """Return a question's name without what people write differently."""
    short = re.sub(r"[\s_.-]", "", name[:80]).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", _LOOSE.sub("q", short))
