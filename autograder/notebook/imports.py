"""Which modules a notebook imports, as its text says; nothing is executed."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from autograder.notebook.cells import as_python
from autograder.notebook.lacks import own_files
from autograder.records import Script


def imported(script: Script) -> frozenset[str]:
    """Return the first parts of the modules that a notebook needs and does not write itself.

    An import that is tried (`try: … except ImportError`) is not needed.
    """
    bodies = [as_python(piece.source).body or [] for piece in script.pieces]
    statements = [statement for body in bodies for statement in body]
    own = own_files(statements, [piece.source for piece in script.pieces])
    names = frozenset(needed(statements))
    return names - {file.removesuffix(".py") for file in own if file.endswith(".py")}


def needed(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the first parts of the modules that code imports, but for imports that are tried."""
    return (name.partition(".")[0] for name in dotted_names(nodes))


def dotted_names(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield what code imports, but for imports that are tried: `a.b` for `from a import b`."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}".removesuffix(".*") for alias in node.names)
        elif not isinstance(node, ast.Try):
            yield from dotted_names(ast.iter_child_nodes(node))
