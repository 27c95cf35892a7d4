"""What one statement of a notebook or test reads, binds and changes, as its text says."""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# fmt: off
_CHANGES = frozenset([
    "add", "append", "appendleft", "clear", "discard", "extend", "extendleft", "fill", "insert",
    "pop", "popitem", "popleft", "put", "remove", "reverse", "rotate", "setdefault", "sort",
    "update", "write", "writelines",
])
"""Methods that change their object, whatever becomes of what they return."""
_CHANGES_ARGUMENTS = frozenset([
    "copyto", "fill_diagonal", "heapify", "heappop", "heappush", "insort", "place", "put",
    "putmask", "setattr", "shuffle",
])
"""Functions of libraries that change what they are given."""
_LEAVES_ALONE = frozenset([
    "all", "any", "bool", "dict", "display", "enumerate", "float", "format", "getattr", "hasattr",
    "help", "id", "int", "isinstance", "iter", "len", "list", "max", "min", "print", "range",
    "repr", "round", "set", "sorted", "str", "sum", "tuple", "type", "zip",
])
# fmt: on
_NO_STATEMENTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


@dataclass(frozen=True, slots=True)
class Effects:
    """What a statement does to the global names."""

    reads: frozenset[str] = frozenset()
    """Names that it needs, those that its functions need when they are called among them."""
    binds: frozenset[str] = frozenset()
    """Names that it gives an object, but for those that it imports."""
    imports: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    """Names whose objects it may change in place."""
    later: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By function or class that it defines: names whose objects that changes when it is used."""
    from_star: bool = False
    """Whether it imports names that only the module knows."""


def of(statement: ast.stmt) -> Effects:
    """Return what a statement does."""
    table = symtable.symtable(ast.unparse(statement), "statement", "exec")
    symbols = list(global_symbols(table))
    binds = {symbol.get_name() for symbol in symbols if symbol.is_assigned()}
    reads = {symbol.get_name() for symbol in symbols if symbol.is_referenced()}
    imports = {symbol.get_name() for symbol in symbols if symbol.is_imported()}
    for node in ast.walk(statement):  # the table takes `x += 1` for a new `x`
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            reads |= {node.target.id} & binds
    later: dict[str, frozenset[str]] = {}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        later[statement.name] = frozenset(set(_changed(statement)) & reads)
    return Effects(
        frozenset(reads),
        frozenset(binds),
        frozenset(imports),
        frozenset() if later else frozenset(set(_changed(statement)) & reads),
        later,
        any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(statement)),
    )


def global_symbols(table: symtable.SymbolTable) -> Iterator[symtable.Symbol]:
    """Yield the symbols of all scopes that stand for global names."""
    outermost = table.get_type() == "module"
    for symbol in table.get_symbols():
        if outermost or symbol.is_global():
            yield symbol
    for child in table.get_children():
        yield from global_symbols(child)


def _changed(statement: ast.stmt) -> Iterator[str]:
    """Yield the names of which some part is assigned or deleted, or a method changes the object."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            yield root(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from _changed_by(node.value, is_statement=True)
        elif isinstance(node, ast.Call):
            yield from _changed_by(node, is_statement=False)


def _changed_by(call: ast.Call, *, is_statement: bool) -> Iterator[str]:
    """Yield the names of objects that a call may change."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    function = call.func.id if isinstance(call.func, ast.Name) else method
    if method:
        in_place = any(keyword.arg == "inplace" for keyword in call.keywords)
        if is_statement or in_place or method in _CHANGES:
            yield root(call.func)
    by_function = is_statement and not method and function not in _LEAVES_ALONE
    if by_function or function in _CHANGES_ARGUMENTS:
        for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
            yield root(argument)


def root(node: ast.AST) -> str:
    """Return the name that an expression such as `a.b[0].c` begins with; empty for others."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Starred | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def imports_within(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield the import statements that run with a statement, not those of its functions."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        yield statement
    elif not isinstance(statement, _NO_STATEMENTS):
        for child in ast.iter_child_nodes(statement):
            if isinstance(child, ast.stmt | ast.excepthandler):
                yield from imports_within(child)  # type: ignore[arg-type]
