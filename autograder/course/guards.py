"""What the build makes of a script's test cells in exception format, before Otter Assign."""

from __future__ import annotations

import ast
from pathlib import Path

from autograder import words
from autograder.errors import ConfigError

_GUARDS = (("None", words.NOT_DEFINED), ("...", words.NOT_FILLED_IN))


def prepared(source: str, master: Path) -> str:
    """Return a test cell as one function that fails in plain words where a variable is missing.

    Otter Assign takes a cell's first function and drops the rest without a word: imports, helpers
    and other code become part of the function. A cell that begins with no test stays as it is.
    """
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise ConfigError(f"{master}: a test cell is not Python: {error}") from None
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    tests = [function for function in functions if function.name.startswith("test")] or functions
    if len(tests) > 1:
        raise ConfigError(
            f"{master}: a test cell is one test case, but one holds "
            f"{', '.join(function.name for function in tests)}: give each a cell of its own"
        )
    if not tests:
        return source
    test = tests[0]
    head = [node for node in body if _is_text(node)]
    others = [node for node in body if node not in (*head, test) and not _calls(node, test.name)]
    if not others:
        return _guarded(source, test)
    test.body = [*_guards(test), *others, *test.body]
    first = next(node for node in body if node not in head)
    return "\n".join([*source.splitlines()[: first.lineno - 1], ast.unparse(test)])


def _is_text(node: ast.stmt) -> bool:
    """Whether a statement is nothing but a text, as the configuration of a test is."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _calls(node: ast.stmt, name: str) -> bool:
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) == name


def _guards(test: ast.FunctionDef) -> list[ast.stmt]:
    """Return statements that say which of a test's variables is missing.

    Only students need them, in their notebooks: the judge finds that out by itself.
    """
    names = [argument.arg for argument in test.args.args]
    if "env" in names or ast.unparse(test.args) != ", ".join(names):
        return []
    lines = [
        f"assert {name} is not {value}, {text.format(name=name)!r}"
        for name in names
        for value, text in _GUARDS
    ]
    return ast.parse("\n".join(lines)).body


def _guarded(source: str, test: ast.FunctionDef) -> str:
    """Return a cell with its test's guards; where the body shares a line with `def`, without."""
    first, lines = test.body[0], source.splitlines()
    begin = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", []))])
    if begin <= test.lineno or lines[begin - 1][: first.col_offset].strip():
        return source
    guards = [f"{' ' * first.col_offset}{ast.unparse(guard)}" for guard in _guards(test)]
    return "\n".join([*lines[: begin - 1], *guards, *lines[begin - 1 :]])
