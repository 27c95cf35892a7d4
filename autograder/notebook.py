"""Reads a notebook, and finds where in it each question is to be judged.

A question is judged on the state right after its own `grader.check("qN")`. Cells are cut around
such statements into pieces, which are run one by one.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.errors import SubmissionError

ANSWER_TAGS = frozenset({"otter_answer_cell", "otter_assign_solution_cell"})
"""What Otter Assign tags an answer with, in the student's notebook and in the solved one."""
IGNORE_TAG = "otter_ignore"
_CHECK = re.compile(r"""\.check\(\s*["']([^"'\n]+)["']\s*\)""")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""Lines as Python counts them: `splitlines` would also cut at form feeds and the like."""
_PYTHON_MAGICS = ("capture", "prun", "python", "python3", "time", "timeit")
"""Cell magics below which Python stands."""
_NEVER_RUN = frozenset({"check_all", "export"})
_NEVER_RUN_LINE = re.compile(r"^[ \t]*\w+\.(check_all|export)\(.*\)[ \t]*;?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a code cell that is run as one; afterwards `checkpoints` are judged."""

    source: str
    cell: int
    """Index of the cell in the notebook, from 0."""
    checkpoints: tuple[str, ...] = ()
    is_check: bool = False
    """Nothing but a `grader.check` statement: judged even if the cell failed before it."""


@dataclass(frozen=True, slots=True)
class Script:
    """A notebook as pieces to run, the questions to judge at its end, and what was unusual."""

    pieces: tuple[Piece, ...]
    at_end: tuple[str, ...]
    problems: tuple[str, ...]


def read(content: bytes) -> Any:
    """Parse a notebook of any format version as version 4. Raises SubmissionError."""
    try:
        parsed = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SubmissionError(
            "not a notebook: the file is not UTF-8 text. Ask for the .ipynb file itself."
        ) from None
    except (ValueError, RecursionError) as error:
        reason = "the file is empty" if not content.strip() else f"not JSON ({error})"
        raise SubmissionError(
            f"not a notebook: {reason}. Ask for the .ipynb file, saved in Jupyter and not edited."
        ) from None
    if not isinstance(parsed, dict) or not isinstance(parsed.get("nbformat"), int):
        raise SubmissionError("not a notebook: JSON, but without `nbformat`. Ask for the .ipynb.")
    try:
        notebook = nbformat.reads(json.dumps(parsed), as_version=4)
        cells = [(cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]
    except Exception as error:  # noqa: BLE001 - nbformat raises whatever a damaged file provokes
        raise SubmissionError(
            f"a damaged notebook ({type(error).__name__}: {str(error)[:120]}). Ask the student to "
            "open it in Jupyter and save it again."
        ) from None
    if not all(isinstance(source, str) for _, source, _ in cells):
        raise SubmissionError("a damaged notebook: a cell's source is not text.")
    return notebook


def without_outputs(notebook: Any) -> str:
    """Return a notebook as JSON, without what its cells have printed."""
    cells = [
        {**cell, "outputs": [], "execution_count": None} if cell.cell_type == "code" else cell
        for cell in notebook.cells
    ]
    return json.dumps({**notebook, "cells": cells})


def script(notebook: Any, reference: Any, solution: Any, questions: Sequence[str]) -> Script:
    """Cut a submission into pieces and place every question's checkpoint.

    `reference` is the notebook that students got, `solution` the solved one: where a check cell is
    gone, they tell which cell holds the answer.
    """
    pieces = [
        piece
        for index, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and IGNORE_TAG not in _tags(cell)
        for piece in _cut(cell.source, index, frozenset(questions))
    ]
    placed = {question for piece in pieces for question in piece.checkpoints}
    problems, at_end = [], []
    for question in questions:
        count = sum(piece.checkpoints.count(question) for piece in pieces)
        if count > 1:
            problems.append(f"{question}: checked {count} times; the best counts")
    for question in questions:
        if question in placed:
            continue
        cell = _last_answer(notebook, reference, solution, question, questions)
        positions = [i for i, piece in enumerate(pieces) if piece.cell == cell]
        if positions:
            last = pieces[positions[-1]]
            pieces[positions[-1]] = Piece(last.source, last.cell, (*last.checkpoints, question))
            problems.append(
                f"{question}: no check cell; judged after its answer in cell {last.cell + 1}"
            )
        else:
            at_end.append(question)
            problems.append(f"{question}: no check cell and no answer cell; judged at the end")
    return Script(tuple(pieces), tuple(at_end), tuple(problems))


def answer_cells(notebook: Any, questions: Sequence[str]) -> dict[str, list[int]]:
    """Return the indices of the tagged answer cells that stand before each question's check."""
    found: dict[str, list[int]] = {question: [] for question in questions}
    waiting: list[int] = []
    for index, cell in enumerate(notebook.cells):
        if ANSWER_TAGS & _tags(cell):
            waiting.append(index)
        for question in _CHECK.findall(cell.source) if cell.cell_type == "code" else ():
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
        for question in _CHECK.findall(cell.source)
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


def _tags(cell: Any) -> set[str]:
    """A cell's tags, if they are tags: the metadata may hold anything."""
    tags = cell.metadata.get("tags")
    return {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()


def _last_answer(
    notebook: Any, reference: Any, solution: Any, question: str, questions: Sequence[str]
) -> int | None:
    """Find the last cell that answers a question: by id, by text, or by the names it assigns."""
    expected = [reference.cells[i] for i in answer_cells(reference, questions)[question]]
    ids = {cell.get("id") for cell in expected} - {None}
    texts = {cell.source.strip() for cell in expected}
    solved = [solution.cells[i].source for i in answer_cells(solution, questions)[question]]
    names = {name for source in solved for name in _assigned(source)}
    code = [(i, cell) for i, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    for matches in (
        [i for i, cell in code if cell.get("id") in ids],
        [i for i, cell in code if cell.source.strip() in texts],
        [i for i, cell in code if names & set(_assigned(cell.source))],
    ):
        if matches:
            return matches[-1]
    return None


def _assigned(source: str) -> Iterator[str]:
    """Yield the names that a cell assigns at its top level."""
    body = _statements(_python(source)) or []
    for statement in body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign | ast.AugAssign):
            targets = [statement.target]
        for target in targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id


def parsed(source: str) -> ast.Module:
    """Parse a cell as Python, below a cell magic if there is one; empty where it is not Python."""
    if source.lstrip().startswith("%%"):
        magic = source.lstrip().partition("\n")[0]
        python = magic[2:].partition(" ")[0] in _PYTHON_MAGICS
        source = source.replace(magic, "", 1) if python else ""  # the lines keep their numbers
    source = source.encode("utf-8", "replace").decode()
    return ast.Module(body=_statements(_python(source)) or [], type_ignores=[])


def _python(source: str) -> str:
    """Return a cell as Python: magics and shell lines become calls, as IPython runs them.

    A cell that begins with a cell magic stays as it is.
    """
    if _statements(source) is None and not source.lstrip().startswith("%%"):
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            return str(TransformerManager().transform_cell(source))
        except (SyntaxError, ValueError, RuntimeError):
            return source
    return source


def _statements(source: str) -> list[ast.stmt] | None:
    """Parse Python that anybody may have written; None where it is not Python."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _cut(source: str, cell: int, questions: frozenset[str]) -> Iterator[Piece]:
    """Cut one cell before and after each top-level check statement; drop what is never run."""
    source = source.encode("utf-8", "replace").decode()
    text = _python(source)
    body = _statements(text)
    if body is None:
        yield _piece(_NEVER_RUN_LINE.sub("", source), cell, questions)
        return
    lines = _LINE.findall(text.encode())
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    raw, done = b"".join(lines), 0
    for statement in body:
        method = _notebook_call(statement)
        if method is None:
            continue
        begin = starts[statement.lineno - 1] + statement.col_offset
        end = starts[(statement.end_lineno or 1) - 1] + (statement.end_col_offset or 0)
        before = raw[done:begin].decode().strip(" \t;\r\n")
        if before:
            yield _piece(before, cell, questions)
        if method not in _NEVER_RUN:
            yield _piece(raw[begin:end].decode(), cell, questions, is_check=True)
        done = end
    rest = raw[done:].decode()
    rest = rest if done == 0 else rest.lstrip(" \t;")
    if rest.strip():
        yield _piece(rest, cell, questions)


def _notebook_call(statement: ast.stmt) -> str | None:
    """Return "check", "check_all" or "export" for a statement that calls that on a name."""
    value = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    if not isinstance(value.func.value, ast.Name):
        return None
    constant = len(value.args) == 1 and isinstance(value.args[0], ast.Constant)
    if value.func.attr == "check" and constant:
        return "check"
    return value.func.attr if value.func.attr in _NEVER_RUN else None


def _piece(source: str, cell: int, questions: frozenset[str], *, is_check: bool = False) -> Piece:
    found = dict.fromkeys(name for name in _CHECK.findall(source) if name in questions)
    return Piece(source, cell, tuple(found), is_check)
