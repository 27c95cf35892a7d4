"""Which of a notebook's names the tests of a question use, in either of Otter's formats."""

from __future__ import annotations

import ast
import builtins
import doctest
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.course import effects
from autograder.notebook.cells import statements

BUILTINS = frozenset(dir(builtins))
_NAMESPACES = frozenset({"globals", "locals", "vars", "dir"})
_RUNS_TEXT = frozenset({"eval", "exec"})


@dataclass(frozen=True, slots=True)
class Uses:
    """What the tests of one question use."""

    names: tuple[str, ...]
    """In the order of the text; those of builtins are among them."""
    all_names: bool = False
    """Whether the tests look at the names themselves, as `vars()` does: any may matter."""
    optional: frozenset[str] = frozenset()
    """Those of the names that may be missing: the tests ask whether there are any such."""
    unknown: tuple[str, ...] = ()
    """Names that a test's own file should have and has not: every call of it fails."""


def in_doctests(cases: Sequence[str]) -> Uses:
    """Return what the cases of a test file in OK format use; each has names of its own."""
    names: dict[str, None] = {}
    dynamic = False
    for case in cases:
        bound: set[str] = set()
        for example in doctest.DocTestParser().get_examples(case):
            dynamic |= _used_by(example.source, bound, names)
    return Uses(tuple(name for name in names if _counts(name)), dynamic)


def _used_by(code: str, bound: set[str], names: dict[str, None]) -> bool:
    """Add to `names` what code uses that is not `bound` yet, and to `bound` what it binds.

    Returns whether it may use any other name, too.
    """
    dynamic = False
    for statement in statements(code) or ():
        done = effects.of(statement)
        own = set() if isinstance(statement, ast.Assign | ast.AugAssign) else done.binds
        names.update(dict.fromkeys(_in_order(statement, done.reads - bound - own)))
        for text in _texts_run(statement):
            dynamic |= text is None or _used_by(text, bound, names)
        dynamic |= _looks_at_names(statement)
        bound |= done.binds | done.imports
    return dynamic


def in_functions(source: str) -> Uses:
    """Return what a test file in exception format uses."""
    tree = ast.parse(source)
    names: dict[str, None] = {}
    optional: set[str] = set()
    dynamic = False
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef) or not _is_test(function):
            continue
        given = function.args
        parameters = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        names.update(dict.fromkeys(p.arg for p in parameters if p.arg != "env"))
        if any(parameter.arg == "env" for parameter in parameters):
            keys = list(_keys_of_env(function))
            names.update(dict.fromkeys(key for key, _ in keys if key))
            optional |= {key for key, is_needed in keys if not is_needed}
            optional -= {key for key, is_needed in keys if is_needed}
            dynamic |= "" in optional
    optional.discard("")
    counted = tuple(name for name in names if _counts(name))
    return Uses(counted, dynamic, frozenset(optional), _free(source))


def _counts(name: str) -> bool:
    return name != "_" and not name.startswith("__")


def _is_test(function: ast.FunctionDef) -> bool:
    return any("test_case" in ast.unparse(decorator) for decorator in function.decorator_list)


def _free(source: str) -> tuple[str, ...]:
    """Return the global names that a file reads and neither makes nor finds among builtins."""
    top = symtable.symtable(source, "test", "exec")
    symbols = list(effects.global_symbols(top))
    made = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    read = {s.get_name() for s in symbols if s.is_referenced()}
    return tuple(sorted(name for name in read - made - BUILTINS if _counts(name)))


def _keys_of_env(function: ast.FunctionDef) -> Iterator[tuple[str, bool]]:
    """Yield the names that are looked up in `env`, and whether they have to be there.

    The name is empty where `env` is used in any other way.
    """
    explained: set[int] = set()
    for node in ast.walk(function):
        key: ast.AST | None = None
        if isinstance(node, ast.Subscript):
            place, key = node.value, node.slice
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            place, key = node.comparators[0], node.left
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            place, key = node.func.value, node.args[0] if node.func.attr == "get" else None
        if isinstance(key, ast.Constant) and isinstance(key.value, str) and _is_env(place):
            explained.add(id(place))
            yield key.value, isinstance(node, ast.Subscript)
    for node in ast.walk(function):
        if _is_env(node) and id(node) not in explained:
            yield "", False


def _is_env(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "env"


def _looks_at_names(statement: ast.stmt) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _NAMESPACES
        and not node.args
        for node in ast.walk(statement)
    )


def _texts_run(statement: ast.stmt) -> Iterator[str | None]:
    """Yield the texts that a statement runs as code; None for what is no constant."""
    for node in ast.walk(statement):
        called = node.func if isinstance(node, ast.Call) and node.args else None
        if isinstance(called, ast.Name) and called.id in _RUNS_TEXT:
            text = node.args[0]  # type: ignore[attr-defined]
            is_text = isinstance(text, ast.Constant) and isinstance(text.value, str)
            yield text.value if is_text else None


def _in_order(statement: ast.stmt, names: frozenset[str]) -> list[str]:
    """Return names in the order in which they stand in a statement."""
    nodes = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
    nodes.sort(key=lambda node: (node.lineno, node.col_offset))
    return [name for name in dict.fromkeys(node.id for node in nodes) if name in names]
