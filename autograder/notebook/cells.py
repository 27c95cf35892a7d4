"""A notebook's cells, as everything else takes them; each text is read as Python once at most."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from autograder.notebook.read import MAGIC_LINE, PARSED_OPERATORS, operators

PYTHON_MAGICS = ("capture", "prun", "python", "python3", "time", "timeit")
"""Cell magics below which Python stands."""
_TRANSFORMED = 200_000
"""What IPython translates at most: characters times lines that begin with `!` or `%`."""
_MAGIC_LINES = 1_000
_NESTED = re.compile(r"(?:[-+~(\[{][ \t]*+)++")
_DEEP = 3_000
"""No parser goes that deep; it would only take its time to say so."""
_MOST_NAMES = 20
"""In `a.b.c`; each part of a chain is looked at, so that a long one would be read many times."""
_WORD = re.compile(r"\b\w++(?=[ \t]*+=)")
_FENCED = re.compile(r"```(?:python|py)?[ \t]*\n(.*)\n```", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Python:
    """A text as Python."""

    text: str
    """Magics and shell lines are calls, as IPython runs them."""
    body: list[ast.stmt] | None
    """Its statements; None where it is not Python, stands below a cell magic, or is too much."""


@dataclass(frozen=True)
class Cell:
    """One cell. What follows from its text is made when it is first asked for, once."""

    index: int
    kind: str
    """`code`, `markdown` or `raw`; or what a damaged file has there."""
    source: str
    """Lines end with a line feed, whatever they ended with in the file."""
    id: str
    """Empty where there is none."""
    tags: frozenset[str]
    tests: tuple[str, ...] = ()
    """Questions that Otter judges after this cell, by its metadata: they have no check cell."""

    @cached_property
    def code(self) -> str:
        """The source; of a text that is nothing but a fence, what is in the fence."""
        fenced = _FENCED.fullmatch(self.source.strip()) if self.kind != "code" else None
        return fenced.group(1) if fenced else self.source

    @cached_property
    def python(self) -> Python:
        """The code as Python."""
        return as_python(self.code)

    @cached_property
    def body(self) -> list[ast.stmt]:
        """The statements, those below a cell magic as well; empty where it is not Python."""
        source = self.code.lstrip()
        if self.python.body is not None or not source.startswith("%%"):
            return self.python.body or []
        magic = source.partition("\n")[0]
        if magic[2:].partition(" ")[0] not in PYTHON_MAGICS:
            return []
        return as_python(self.code.replace(magic, "", 1)).body or []  # lines keep their numbers

    @cached_property
    def assigns(self) -> frozenset[str]:
        """The names that are assigned at the top level, be it to `...`."""
        return frozenset(_assigned(self.python.body or [], stubs=True))

    @cached_property
    def makes(self) -> frozenset[str]:
        """The names that are assigned at the top level, to something other than `...`."""
        return frozenset(_assigned(self.python.body or [], stubs=False))

    @cached_property
    def binds(self) -> frozenset[str]:
        """All names that the cell may bind: those it assigns or imports, at any depth."""
        if not self.body:
            return frozenset(_WORD.findall(self.code))
        nodes = [node for statement in self.body for node in ast.walk(statement)]
        stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        return frozenset(stored | {n.asname or n.name for n in nodes if isinstance(n, ast.alias)})


def cells_of(notebook: Any) -> tuple[Cell, ...]:
    """Return the cells of a notebook in version 4, as `read` gives it."""
    return tuple(
        Cell(index, cell.cell_type, cell.source, _text(cell.get("id")), _tags(cell), _tests(cell))
        for index, cell in enumerate(notebook.cells)
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _tags(cell: Any) -> frozenset[str]:
    """A cell's tags, if they are tags: the metadata may hold anything."""
    tags = cell.metadata.get("tags")
    return frozenset(tag for tag in tags if _text(tag)) if isinstance(tags, list) else frozenset()


def _tests(cell: Any) -> tuple[str, ...]:
    """The questions that Otter Assign left to be judged after a cell."""
    own = cell.metadata.get("otter")
    tests = own.get("tests") if isinstance(own, dict) else None
    return tuple(test for test in tests if _text(test)) if isinstance(tests, list) else ()


def _assigned(body: list[ast.stmt], *, stubs: bool) -> Iterator[str]:
    for statement in body:
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


def as_python(source: str) -> Python:
    """Read a text as Python; one that begins with a cell magic stays as it is."""
    if source.lstrip().startswith("%%"):
        return Python(source, None)
    body = statements(source)
    if body is not None:
        return Python(source, body)
    text = _translated(source)
    is_same = text.rstrip("\n") == source.rstrip("\n")
    return Python(source, None) if is_same else Python(text, statements(text))


def _translated(source: str) -> str:
    """Return a text with its magics and shell lines as calls; as it is where that fails."""
    from IPython.core.inputtransformer2 import TransformerManager

    magic_lines = MAGIC_LINE.findall(source)
    try:
        if len(source) * (len(magic_lines) + 1) <= _TRANSFORMED:
            return str(TransformerManager().transform_cell(source))
        if len(magic_lines) > _MAGIC_LINES or any(len(line) > _MAGIC_LINES for line in magic_lines):
            return source
        translate = TransformerManager().transform_cell  # reads a cell anew for each such line
        return MAGIC_LINE.sub(lambda line: str(translate(line.group())).rstrip("\n"), source)
    except (SyntaxError, ValueError, RuntimeError, RecursionError):
        return source


def statements(source: str) -> list[ast.stmt] | None:
    """Parse Python that anybody may have written; None where it is not Python, or too much."""
    if len(source) > PARSED_OPERATORS and operators(source) > PARSED_OPERATORS:
        return None
    if any(_depth(opening.group()) >= _DEEP for opening in _NESTED.finditer(source)):
        return None
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _depth(opening: str) -> int:
    """Return how many operators and brackets stand in a row, whatever is between them."""
    return len(opening) - opening.count(" ") - opening.count("\t")


def dotted(node: ast.AST) -> str:
    """Return `a.b` for such an expression, `a().b` for a call in it; empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < _MOST_NAMES:
        parts.append(node.attr)
        node = node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        parts.append(f"{node.func.id}()")
    elif isinstance(node, ast.Name):
        parts.append(node.id)
    else:
        return ""
    return ".".join(reversed(parts))
