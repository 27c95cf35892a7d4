"""Cuts a code cell into the pieces that are run one by one.

A cell is cut before and after each top-level check, so that the state right after it can be judged.
Exports and what concerns only the place where the notebook was written are left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.notebook.cells import Cell, Python, as_python
from autograder.notebook.otter import CHECK, Start, checks, question_of, start_of
from autograder.notebook.platforms import binds, why_left_out, without_lines
from autograder.records import Piece, Script

_NEVER_RUN = frozenset({"check_all", "export"})
_NEVER_RUN_LINE = re.compile(
    r"^[ \t]*+(?P<name>\w++)\.(?P<method>check_all|export)\([^\n]*\)[ \t]*+(?:;[ \t]*+)?$",
    re.MULTILINE,
)
_SHOWN = 1_000
EXPORT = "`export` and `check_all` are not run when graded"


@dataclass(slots=True)
class Cutter:
    """Cuts the cells of one notebook; remembers what it did on the way."""

    questions: Sequence[str]
    platform: frozenset[str]
    """Names that stand for Colab's or Kaggle's modules, up to where the notebook rebinds them."""
    start: Start
    """The course's own statement that makes the grader."""
    spelt: dict[str, str] = field(default_factory=dict)
    """How a question's check is written, where that is not the question's name."""
    left_out: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """By cell: statements that are not run, and why."""
    unbound: set[str] = field(default_factory=set)
    """Names that statements would bind which are not run."""
    graders: set[str] = field(default_factory=lambda: {"grader"})
    """Names of the grader: another object's `export` is the student's own."""
    other_starts: dict[int, str] = field(default_factory=dict)
    """By cell: how the grader was started, where the course starts it otherwise."""

    def cut(self, cell: Cell) -> Iterator[Piece]:
        """Yield a cell's pieces."""
        python, source = cell.python, cell.code
        if python.body is None:
            source = self._without_lines(source, cell.index)
            python = as_python(source) if source != cell.code else python
        if python.body is None:
            text = _NEVER_RUN_LINE.sub(
                lambda line: "" if self._is_never_run(*line.group("name", "method")) else line[0],
                source,
            )
            if text.strip():
                yield self._piece(text, cell.index, CHECK.findall(text))
            return
        lines, starts = lines_of(python.text)
        edits = self._edits(python.body, lines, cell.index)
        nothing = (edits.get(s) == "pass" or isinstance(s, ast.Pass) for s in python.body)
        if not edits or not all(nothing):
            yield from self._around_checks(python, edits, starts, cell.index)

    def _around_checks(
        self, python: Python, edits: Mapping[ast.stmt, str], starts: Sequence[int], cell: int
    ) -> Iterator[Piece]:
        """Yield the pieces of Python; `edits` holds what stands in place of some statements."""
        raw, done, is_first = python.text.encode(), 0, True
        parts, names = list[bytes](), list[str]()
        for statement in python.body or []:
            begin, end = span(statement, starts)
            method = None if statement in edits else self._call(statement)
            if statement in edits:
                parts += [raw[done:begin], edits[statement].encode()]
                done = end
            elif method is None:
                names += checks([statement])
            else:
                before = b"".join([*parts, raw[done:begin]]).decode().strip(" \t;\n")
                if before:
                    yield self._piece(before, cell, names)
                if method in _NEVER_RUN:
                    self.left_out.setdefault(cell, []).append((method, EXPORT))
                else:
                    check = raw[begin:end].decode()
                    yield self._piece(check, cell, checks([statement]), is_check=True)
                parts, names, done, is_first = [], [], end, False
        rest = b"".join([*parts, raw[done:]]).decode()
        rest = rest if is_first else rest.lstrip(" \t;")
        if rest.strip():
            yield self._piece(rest, cell, names)

    def _piece(
        self, source: str, cell: int, names: Sequence[str], *, is_check: bool = False
    ) -> Piece:
        asked: dict[str, None] = {}
        for name in names:
            question = question_of(name, self.questions)
            if question:
                asked[question] = None
                if name != question:
                    self.spelt.setdefault(question, name)
        return Piece(source, cell, tuple(asked), is_check)

    def _without_lines(self, source: str, cell: int) -> str:
        text = without_lines(source)
        if text != source:
            why = "installs or fetches something"
            self.left_out.setdefault(cell, []).append(("lines", why))
        return text

    def _edits(
        self, body: Sequence[ast.stmt], lines: Sequence[bytes], cell: int
    ) -> dict[ast.stmt, str]:
        """Return what is run in place of leftovers and of another start of the grader."""
        edits: dict[ast.stmt, str] = {}
        for statement in body:
            why = why_left_out(statement, self.platform)
            self.platform -= frozenset() if why else self.platform.intersection(binds(statement))
            start = start_of(statement)
            if start is not None:
                self.graders.add(start.name)
            if why:
                edits[statement] = "pass"
                self.unbound |= set(binds(statement))
                self.left_out.setdefault(cell, []).append((first_line(lines, statement), why))
            elif start and self.start.name and start.arguments != self.start.arguments:
                edits[statement] = f"{start.name} = {self.start.call}"
                self.other_starts[cell] = first_line(lines, statement)
        return edits

    def _call(self, statement: ast.stmt) -> str | None:
        """Return "check", "check_all" or "export" for a statement that calls that on a name."""
        value = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return None
        if not isinstance(value.func.value, ast.Name):
            return None
        if value.func.attr == "check" and len(value.args) == 1:
            argument = value.args[0]
            forgotten = isinstance(argument, ast.Name) and question_of(argument.id, self.questions)
            return "check" if forgotten or isinstance(argument, ast.Constant) else None
        method = value.func.attr
        return method if self._is_never_run(value.func.value.id, method) else None

    def _is_never_run(self, name: str, method: str) -> bool:
        """Whether a method would run all checks, or write the file that Otter hands in."""
        own = {*self.graders, self.start.name}
        return method == "check_all" or (method == "export" and name in own)


def lines_of(text: str) -> tuple[list[bytes], list[int]]:
    """Return a text's lines, and at which byte each begins."""
    # Not `splitlines`: that also cuts at form feeds and the like, and Python does not.
    lines = text.encode().split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return lines, starts


def span(statement: ast.stmt, starts: Sequence[int]) -> tuple[int, int]:
    """Return where a statement begins and ends, in bytes; `starts` is as `lines_of` gives it."""
    begin = starts[statement.lineno - 1] + statement.col_offset
    return begin, starts[(statement.end_lineno or 1) - 1] + (statement.end_col_offset or 0)


def first_line(lines: Sequence[bytes], statement: ast.stmt) -> str:
    """Return a statement's line as it was written, if IPython translated it."""
    # A line can be long and hold many statements: no more of it is read than may be shown.
    text = lines[statement.lineno - 1][:_SHOWN].decode(errors="ignore").strip()
    if shell := re.match(r"get_ipython\(\)\.system\('(.*)'\)$", text):
        text = f"!{shell.group(1)}"
    elif magic := re.match(r"get_ipython\(\)\.run_line_magic\('(\w+)', '(.*)'\)$", text):
        text = f"%{magic.group(1)} {magic.group(2)}"
    return text[:80]


def seeded(script: Script, code: str) -> Script:
    """Return a script in which code runs before each cell, as Otter seeds: nothing where it is ''.

    Like Otter, it leaves a cell out that a cell magic begins.
    """
    pieces: list[Piece] = []
    for number, piece in enumerate(script.pieces):
        is_first = number == 0 or script.pieces[number - 1].cell != piece.cell
        if code and is_first and not piece.source.startswith("%%"):
            pieces.append(Piece(code, piece.cell))
        pieces.append(piece)
    return replace(script, pieces=tuple(pieces))
