"""What a notebook's cells define, as text: a test may want to read how an answer was written."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from autograder.notebook.cells import Cell
from autograder.notebook.cut import lines_of
from autograder.records import Piece, Reading, Script

_Blocks = ast.If | ast.For | ast.While | ast.With | ast.Try
"""Statements whose inner ones are at the top level, too."""


def definitions(script: Script, cells: Sequence[Cell]) -> tuple[Mapping[str, str], ...]:
    """Return, for each piece, the text of the last statement that binds each of its names.

    Only what is bound at the top level counts: functions, classes, imports, values.
    """
    return tuple(
        {} if piece.is_check else _of_cell(_cell_of(piece, cells[piece.cell]))
        for piece in script.pieces
    )


def sources_at(reading: Reading, question: str) -> dict[str, str]:
    """Return what was defined, by name, when a question is checked for the last time."""
    numbers = [
        number
        for number, piece in enumerate(reading.script.pieces)
        if question in piece.checkpoints
    ]
    end = numbers[-1] + 1 if numbers else len(reading.definitions)
    return {name: text for piece in reading.definitions[:end] for name, text in piece.items()}


def _cell_of(piece: Piece, cell: Cell) -> Cell:
    """A piece as a cell: its own one, which was parsed already, where it is all of that."""
    is_same = piece.source in (cell.code, cell.python.text)
    return cell if is_same else replace(cell, kind="code", source=piece.source)


def _of_cell(cell: Cell) -> dict[str, str]:
    lines, starts = lines_of(cell.code if cell.python.body is None else cell.python.text)
    raw = b"\n".join(lines)
    found: dict[str, str] = {}
    for statement in _top_level(cell.body):
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(each.lineno for each in decorators)])
        text = raw[starts[first - 1] : starts[(statement.end_lineno or 1)]].decode()
        found |= dict.fromkeys(_bound(statement), text.strip("\n"))
    return found


def _top_level(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in body:
        yield statement
        if isinstance(statement, _Blocks):
            inner = [getattr(statement, part, []) for part in ("body", "orelse", "finalbody")]
            inner += [handler.body for handler in getattr(statement, "handlers", [])]
            for block in inner:
                yield from _top_level(block)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds by itself, not by those within it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield alias.asname or alias.name.partition(".")[0]
    else:
        fields = dict(ast.iter_fields(statement))
        own = [fields.get(part) for part in ("target", "items", "test")]
        parts = own if isinstance(statement, _Blocks) else [statement]
        for node in chain.from_iterable(map(ast.walk, _nodes(parts))):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _nodes(parts: Iterable[object]) -> Iterator[ast.AST]:
    """Yield the syntax nodes among parts of a statement, which may be lists or nothing."""
    for part in parts:
        for each in part if isinstance(part, list) else [part]:
            if isinstance(each, ast.AST):
                yield each
