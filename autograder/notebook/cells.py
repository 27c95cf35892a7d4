"""A notebook's cells: which answer what, which check what, and what they are as Python.

A question is judged on the state right after its own `grader.check("qN")`. Cells are cut around
such statements into pieces, which are run one by one (`pieces`, `triage`).
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import nbformat

from autograder.notebook import read as formats
from autograder.notebook.read import MAGIC_LINE, PARSED_OPERATORS

ANSWER_TAGS = frozenset({"otter_answer_cell", "otter_assign_solution_cell"})
"""What Otter Assign tags an answer with, in the student's notebook and in the solved one."""
IGNORE_TAG = "otter_ignore"
CHECK = re.compile(r"""\.check\(\s*["']([^"'\n]+)["']\s*\)""")
PYTHON_MAGICS = ("capture", "prun", "python", "python3", "time", "timeit")
"""Cell magics below which Python stands."""
_TRANSFORMED = 200_000
"""What IPython translates at most: characters times lines that begin with `!` or `%`."""
_MAGIC_LINES = 1_000
_NESTED = re.compile(r"(?:[-+~(\[{][ \t]*+)++")
_DEEP = 3_000
"""No parser goes that deep; it would only take its time to say so."""


def read(content: bytes) -> Any:
    """Parse a notebook of any format version as version 4. Raises SubmissionError."""
    return formats.read(content).notebook


def without_outputs(notebook: Any) -> str:
    """Return a notebook as JSON, without what its cells have printed."""
    cells = [
        {**cell, "outputs": [], "execution_count": None} if cell.cell_type == "code" else cell
        for cell in notebook.cells
    ]
    return json.dumps({**notebook, "cells": cells})


def answer_cells(notebook: Any, questions: Sequence[str]) -> dict[str, list[int]]:
    """Return the indices of the tagged answer cells that stand before each question's check."""
    found: dict[str, list[int]] = {question: [] for question in questions}
    waiting: list[int] = []
    for index, cell in enumerate(notebook.cells):
        if ANSWER_TAGS & tags(cell):
            waiting.append(index)
        for question in CHECK.findall(cell.source) if cell.cell_type == "code" else ():
            if question in found:
                found[question] += [i for i in waiting if notebook.cells[i].cell_type == "code"]
                waiting = []
    return found


def check_cells(notebook: Any, questions: Sequence[str]) -> dict[str, int]:
    """Return the index of each question's check cell, the last one where there are several."""
    return {
        question: index
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
        for question in CHECK.findall(cell.source)
        if question in questions
    }


def with_answers(notebook: Any, answers: Mapping[str, str], questions: Sequence[str]) -> Any:
    """Return a copy of a notebook in which each question's first answer cell is replaced.

    Further answer cells of the question are emptied.
    """
    copy = nbformat.from_dict(json.loads(json.dumps(notebook)))
    cells = answer_cells(copy, questions)
    for question, source in answers.items():
        for number, index in enumerate(cells[question]):
            copy.cells[index].source = "" if number else source
    return copy


def tags(cell: Any) -> set[str]:
    """A cell's tags, if they are tags: the metadata may hold anything."""
    found = cell.metadata.get("tags")
    return {tag for tag in found if isinstance(tag, str)} if isinstance(found, list) else set()


def assigned(source: str, *, stubs: bool = True) -> Iterator[str]:
    """Yield the names that a cell assigns at its top level; also to `...`, unless told not to."""
    for statement in statements(as_python(source)) or []:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign | ast.AugAssign):
            targets = [statement.target]
        value = statement.value if targets else None  # type: ignore[attr-defined]
        if not stubs and isinstance(value, ast.Constant) and value.value is ...:
            continue
        for target in targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id


def parsed(source: str) -> ast.Module:
    """Parse a cell as Python, below a cell magic if there is one; empty where it is not Python."""
    if source.lstrip().startswith("%%"):
        magic = source.lstrip().partition("\n")[0]
        python = magic[2:].partition(" ")[0] in PYTHON_MAGICS
        source = source.replace(magic, "", 1) if python else ""  # the lines keep their numbers
    source = source.encode("utf-8", "replace").decode()
    return ast.Module(body=statements(as_python(source)) or [], type_ignores=[])


@lru_cache(maxsize=256)
def as_python(source: str) -> str:
    """Return a cell as Python: magics and shell lines become calls, as IPython runs them.

    A cell that begins with a cell magic stays as it is.
    """
    if statements(source) is not None or source.lstrip().startswith("%%"):
        return source
    from IPython.core.inputtransformer2 import TransformerManager

    marked = MAGIC_LINE.findall(source)
    try:
        if len(source) * (len(marked) + 1) <= _TRANSFORMED:
            return str(TransformerManager().transform_cell(source))
        if len(marked) > _MAGIC_LINES or any(len(line) > _MAGIC_LINES for line in marked):
            return source
        one = TransformerManager().transform_cell  # IPython reads a cell anew for each such line
        return MAGIC_LINE.sub(lambda found: str(one(found.group())).rstrip("\n"), source)
    except (SyntaxError, ValueError, RuntimeError, RecursionError):
        return source


def statements(source: str) -> list[ast.stmt] | None:
    """Parse Python that anybody may have written; None where it is not Python, or too much."""
    if len(source) > PARSED_OPERATORS and formats.operators(source) > PARSED_OPERATORS:
        return None
    if any(_depth(found.group()) >= _DEEP for found in _NESTED.finditer(source)):
        return None
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _depth(opening: str) -> int:
    """Return how many operators and brackets stand in a row, whatever is between them."""
    return len(opening) - opening.count(" ") - opening.count("\t")
