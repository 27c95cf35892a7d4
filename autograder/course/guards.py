"""What the build adds to the test functions of a script, in the exception format."""

from __future__ import annotations

import ast
from pathlib import Path

from autograder.errors import ConfigError

_GUARDS = (
    (
        "None",
        "`{name}` is not defined: run the cell that makes it, from top to bottom, and look at the "
        "first error above.",
    ),
    ("...", "`{name}` is not filled in yet: replace the `...` in the cell above the check."),
)


def with_guards(source: str, master: Path) -> str:
    """Make a test case fail in plain words where a variable is undefined or not filled in."""
    try:
        functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    except SyntaxError as error:
        raise ConfigError(f"{master}: a test cell is not Python: {error}") from None
    if len(functions) != 1:
        raise ConfigError(
            f"{master}: a test cell must hold exactly one function, but one holds "
            f"{[function.name for function in functions]}"
        )
    function = functions[0]
    names = [argument.arg for argument in function.args.args]
    if "env" in names or ast.unparse(function.args) != ", ".join(names):
        raise ConfigError(
            f"{master}: {function.name}({ast.unparse(function.args)}): name each variable that the "
            "test needs as a plain parameter; `env`, defaults, * and ** are not possible"
        )
    first = function.body[0]
    begin = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", []))])
    lines = source.splitlines()
    if begin <= function.lineno or lines[begin - 1][: first.col_offset].strip():
        raise ConfigError(f"{master}: {function.name}: begin its body on a line of its own")
    guards = [
        f"{' ' * first.col_offset}assert {name} is not {value}, {text.format(name=name)!r}"
        for name in names
        for value, text in _GUARDS
    ]
    return "\n".join([*lines[: begin - 1], *guards, *lines[begin - 1 :]])
