"""Flags that a notebook's text raises, and those that a class raises together.

A flag changes no mark: it shows a human where to look, with the evidence.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from autograder import notebook as notebooks
from autograder.records import Flag, Grade

LONG_TEXT = 20_000
_GRADING = frozenset({"otter", "nbclient", "ipykernel", "autograder"})
_INSPECTING = frozenset({"inspect", "gc", "ctypes", "ptrace", "faulthandler"})
_PATCHED = frozenset(
    ["numpy", "np", "tensorflow", "tf", "keras", "builtins", "otter", "grader", "IPython"]
)
_HARMLESS = frozenset({"collect", "getsource", "signature"})
_INTERNALS = frozenset(
    ["sys.modules", "sys._getframe", "sys._current_frames", "sys.settrace", "sys.setprofile"]
)
_FRAMES = frozenset({"f_back", "f_globals", "f_locals", "__subclasses__", "user_ns"})
_PLACES = ("/proc/", "tests/", "tests\\", ".OTTER_LOG", "otter_config", "/sandbox")
_SETTERS = frozenset(
    ["setdefault", "update", "run_line_magic", "run_cell_magic", "system", "getoutput"]
)
_EQUALITY = frozenset({"__eq__", "__ne__", "__lt__", "__gt__", "__ge__", "__le__"})


def source_flags(notebook: Any, reference: Any) -> list[Flag]:
    """Return what a notebook's text does that no answer needs; the course's own cells are known."""
    known = {cell.source.strip() for cell in reference.cells}
    found = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and cell.source.strip() not in known:
            found += [
                Flag("source", f"cell {index + 1}, line {line}: {what}")
                for line, what in _suspicions(notebooks.parsed(cell.source))
            ]
    return list(dict.fromkeys(found))


def _suspicions(tree: ast.AST) -> Iterator[tuple[int, str]]:
    modules = dict(_modules(tree))
    for node in ast.walk(tree):
        for look in (_imports, _defines, _assigns, _texts, _calls):
            for what in look(node, modules):
                yield getattr(node, "lineno", 1), what
    yield from _surroundings(tree)


def _modules(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the names under which a cell knows modules, and what they are."""
    yield from ((name, name) for name in _PATCHED)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], alias.name


def _imports(node: ast.AST, _: dict[str, str]) -> Iterator[str]:
    names: list[str] = []
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    for name in names:
        if name.partition(".")[0] in _GRADING:
            yield f"imports {name}"


def _defines(node: ast.AST, _: dict[str, str]) -> Iterator[str]:
    names = []
    if isinstance(node, ast.FunctionDef):
        names = [node.name]
    elif isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
    for name in names:
        if name in _EQUALITY:
            yield f"defines {name}"


def _assigns(node: ast.AST, modules: dict[str, str]) -> Iterator[str]:
    """An assignment to an attribute of a module or of one of its classes."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    for target in targets:
        if isinstance(target, ast.Attribute) and _root(target) in modules:
            yield f"changes {ast.unparse(target)}"


def _texts(node: ast.AST, _: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        if len(node.value) > LONG_TEXT:
            yield f"holds {len(node.value):,} characters of text"
        for place in _PLACES:
            if isinstance(node.value, str) and place in f"{node.value}/":
                yield f"names {place}"


def _calls(node: ast.AST, modules: dict[str, str]) -> Iterator[str]:
    """Calls and attributes that look into the process, its environment, or change modules."""
    if isinstance(node, ast.Attribute):
        text = ast.unparse(node)
        inspects = modules.get(_root(node), "") in _INSPECTING and node.attr not in _HARMLESS
        if inspects or text in _INTERNALS:
            yield f"uses {text}"
        elif node.attr in _FRAMES:
            yield f"uses {node.attr}"
    if not isinstance(node, ast.Call):
        return
    name = ast.unparse(node.func)
    if name in ("setattr", "delattr") and node.args and _root(node.args[0]) in modules:
        yield f"changes {ast.unparse(node.args[0])} by {name}"
    elif name in ("os.getenv", "os.getppid"):
        yield f"asks {name}"
    elif name == "globals":
        yield "calls globals"


def _surroundings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Where the environment is read or IPython is reached for; magics and setting are harmless."""
    harmless = set()
    for node in ast.walk(tree):
        stores = isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load)
        if stores or (isinstance(node, ast.Attribute) and node.attr in _SETTERS):
            harmless.add(id(node.value))  # type: ignore[attr-defined]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute | ast.Call) or id(node) in harmless:
            continue
        if (text := ast.unparse(node)) in ("os.environ", "get_ipython()"):
            yield node.lineno, f"uses {text}"


def _root(node: ast.expr) -> str:
    """Return the name at the bottom of `a.b.c`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def identical(grades: Iterable[Grade], fact: str) -> dict[str, list[Flag]]:
    """Return flags by submission where a measured fact, a text, is the same in several of them."""
    owners: dict[str, list[str]] = {}
    for grade in grades:
        if value := grade.facts.get(fact):
            owners.setdefault(str(value), []).append(grade.submission)
    name = fact.replace("_", " ")
    return {
        owner: [Flag(f"identical {name}", f"as in {', '.join(o for o in same if o != owner)}")]
        for same in owners.values()
        if len(same) > 1
        for owner in same
    }
