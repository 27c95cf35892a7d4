"""Cuts a code cell into the pieces that are run one by one.

A cell is cut before and after each top-level check, so that the state right after it can be judged.
Exports and what concerns only the place where the notebook was written are left out.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.notebook.cells import CHECK, as_python, statements
from autograder.notebook.platforms import binds, why_left_out, without_lines
from autograder.records import Piece

_NEVER_RUN = frozenset({"check_all", "export"})
_NEVER_RUN_LINE = re.compile(
    r"^[ \t]*+(?P<name>\w++)\.(?P<method>check_all|export)\([^\n]*\)[ \t]*+(?:;[ \t]*+)?$",
    re.MULTILINE,
)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""Lines as Python counts them: `splitlines` would also cut at form feeds and the like."""
_LOOSE = re.compile(r"(?:question|frage|exercise|task)(?=\d)")
_SHOWN = 1_000
EXPORT = "`export` and `check_all` are not run when graded"


@dataclass(slots=True)
class Cutter:
    """Cuts the cells of one notebook; remembers what it did on the way."""

    questions: Sequence[str]
    platform: frozenset[str]
    """Names that stand for Colab's or Kaggle's modules, up to where the notebook rebinds them."""
    init: str
    """The course's own `grader = otter.Notebook("mnist.ipynb")`; empty where it has none."""
    spelt: dict[str, str] = field(default_factory=dict)
    """How a question's check is written, where that is not the question's name."""
    left_out: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    """By cell: statements that are not run, and why."""
    graders: set[str] = field(default_factory=lambda: {"grader"})
    """Names of the grader: another object's `export` is the student's own."""
    renamed: dict[int, str] = field(default_factory=dict)
    """By cell: how the grader was started, where the course starts it otherwise."""

    def cut(self, source: str, cell: int) -> Iterator[Piece]:
        """Yield a cell's pieces."""
        source = source.encode("utf-8", "replace").decode()
        text = as_python(source)
        body = statements(text)
        if body is None and not source.lstrip().startswith("%%"):
            source = self._without_lines(source, cell)
            text = as_python(source)
            body = statements(text)
        if body is None:
            text = _NEVER_RUN_LINE.sub(
                lambda line: "" if self._is_never_run(*line.group("name", "method")) else line[0],
                self._without_lines(source, cell),
            )
            if text.strip():
                yield self._piece(text, cell, CHECK.findall(text))
            return
        if (changed := self._cleaned(text, body, cell)) is not None:
            text, body = changed, statements(changed) or []
            if not any(not isinstance(each, ast.Pass) for each in body):
                return
        yield from self._around_checks(text, body, cell)

    def _around_checks(self, text: str, body: list[ast.stmt], cell: int) -> Iterator[Piece]:
        lines, starts = _starts(text)
        raw, done, since = b"".join(lines), 0, 0
        for number, statement in enumerate(body):
            method = self._call(statement)
            if method is None:
                continue
            begin, end = _span(statement, starts)
            before = raw[done:begin].decode().strip(" \t;\r\n")
            if before:
                yield self._piece(before, cell, _checks(body[since:number]))
            if method in _NEVER_RUN:
                self.left_out.setdefault(cell, []).append((method, EXPORT))
            else:
                found = _checks([statement])
                yield self._piece(raw[begin:end].decode(), cell, found, is_check=True)
            done, since = end, number + 1
        rest = raw[done:].decode()
        rest = rest if done == 0 else rest.lstrip(" \t;")
        if rest.strip():
            yield self._piece(rest, cell, _checks(body[since:]))

    def _piece(
        self, source: str, cell: int, named: Sequence[str], *, is_check: bool = False
    ) -> Piece:
        found: dict[str, None] = {}
        for name in named:
            question = self.question(name)
            if question:
                found[question] = None
                if name != question:
                    self.spelt.setdefault(question, name)
        return Piece(source, cell, tuple(found), is_check)

    def question(self, name: str) -> str:
        """Return the question that a check means: `Q1`, `q01`, `q 1` and `question1` are `q1`."""
        if name in self.questions:
            return name
        same = [each for each in self.questions if _loosely(each) == _loosely(name)]
        return same[0] if len(same) == 1 else ""

    def _without_lines(self, source: str, cell: int) -> str:
        text = without_lines(source)
        if text != source:
            why = "installs or fetches something"
            self.left_out.setdefault(cell, []).append(("lines", why))
        return text

    def _cleaned(self, text: str, body: list[ast.stmt], cell: int) -> str | None:
        """Return a cell's text without leftovers, and with the course's own start of the grader."""
        changes = []
        lines, starts = _starts(text)
        for statement in body:
            why = why_left_out(statement, self.platform)
            self.platform -= frozenset() if why else self.platform.intersection(binds(statement))
            if started := _started(statement):
                self.graders.add(started[0])
            if why:
                changes.append((statement, "pass"))
                self.left_out.setdefault(cell, []).append((_first_line(lines, statement), why))
            elif name := self._other_start(statement):
                changes.append((statement, f"{name} = {self.init.partition('=')[2].strip()}"))
                self.renamed[cell] = _first_line(lines, statement)
        if not changes:
            return None
        raw, parts, done = b"".join(lines), [], 0
        for statement, new in changes:
            begin, end = _span(statement, starts)
            parts += [raw[done:begin], new.encode()]
            done = end
        return b"".join([*parts, raw[done:]]).decode()

    def _other_start(self, statement: ast.stmt) -> str:
        """Return the name of the grader where it is started otherwise than the course does."""
        started = _started(statement)
        course = _started(ast.parse(self.init).body[0]) if self.init and started else None
        if started is None or course is None:
            return ""
        return started[0] if _arguments(started[1]) != _arguments(course[1]) else ""

    def _call(self, statement: ast.stmt) -> str | None:
        """Return "check", "check_all" or "export" for a statement that calls that on a name."""
        value = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
        if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
            return None
        if not isinstance(value.func.value, ast.Name):
            return None
        if value.func.attr == "check" and len(value.args) == 1:
            named = value.args[0]
            forgotten = isinstance(named, ast.Name) and self.question(named.id)
            return "check" if forgotten or isinstance(named, ast.Constant) else None
        method = value.func.attr
        return method if self._is_never_run(value.func.value.id, method) else None

    def _is_never_run(self, name: str, method: str) -> bool:
        """Whether a method would run all checks, or write the file that Otter hands in."""
        own = {*self.graders, self.init.partition("=")[0].strip()}
        return method == "check_all" or (method == "export" and name in own)


def _arguments(call: ast.Call) -> list[str]:
    return [ast.dump(each) for each in (*call.args, *call.keywords)]


def start_of_grader(sources: Iterable[str]) -> str:
    """Return the statement with which a notebook makes its grader; empty where none does."""
    for source in sources:
        for statement in statements(as_python(source)) or []:
            if _started(statement) is not None:
                return ast.unparse(statement)
    return ""


def _started(statement: ast.stmt) -> tuple[str, ast.Call] | None:
    """Return the name and the call in `grader = otter.Notebook(...)`."""
    if not isinstance(statement, ast.Assign) or not isinstance(statement.targets[0], ast.Name):
        return None
    value = statement.value
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Attribute):
        return None
    return (statement.targets[0].id, value) if value.func.attr == "Notebook" else None


def _checks(body: Sequence[ast.stmt]) -> list[str]:
    """Return what is checked in some statements, at any depth, in the order of the text."""
    found = []
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = _named(node) if node.func.attr == "check" else ""
                if named:
                    found.append((node.lineno, node.col_offset, named))
    return [name for _, _, name in sorted(found)]


def _named(call: ast.Call) -> str:
    """Return what a call of `check` names: a text, or a name whose quotes were forgotten."""
    if not call.args:
        return ""
    first = call.args[0]
    if isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return first.id if isinstance(first, ast.Name) else ""


def _loosely(name: str) -> str:
    """Return a question's name without what people write differently."""
    short = re.sub(r"[\s_.-]", "", name[:80]).casefold()
    return re.sub(r"(?<!\d)0+(?=\d)", "", _LOOSE.sub("q", short))


def _starts(text: str) -> tuple[list[bytes], list[int]]:
    """Return a text's lines, and at which byte each begins."""
    lines = _LINE.findall(text.encode())
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return lines, starts


def _span(statement: ast.stmt, starts: Sequence[int]) -> tuple[int, int]:
    begin = starts[statement.lineno - 1] + statement.col_offset
    return begin, starts[(statement.end_lineno or 1) - 1] + (statement.end_col_offset or 0)


def _first_line(lines: Sequence[bytes], statement: ast.stmt) -> str:
    """Return a statement's line as it was written, if IPython translated it."""
    # A line can be long and hold many statements: no more of it is read than may be shown.
    text = lines[statement.lineno - 1][:_SHOWN].decode(errors="ignore").strip()
    if shell := re.match(r"get_ipython\(\)\.system\('(.*)'\)$", text):
        text = f"!{shell.group(1)}"
    elif magic := re.match(r"get_ipython\(\)\.run_line_magic\('(\w+)', '(.*)'\)$", text):
        text = f"%{magic.group(1)} {magic.group(2)}"
    return text[:80]
