"""Which names cross the wall for a question's tests, and which the judge makes itself.

What students write stands in the answer cells; everything else of the notebook is staff code. So a
name crosses where an answer binds or changes it, or where it is computed from one that crosses. All
others that tests use come from the *context*: the statements of the notebook that make them, which
run in the judge.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.course import effects
from autograder.course.effects import Effects
from autograder.course.uses import BUILTINS, Uses
from autograder.errors import ConfigError
from autograder.notebook.cells import Cell, cells_of
from autograder.notebook.otter import (
    ANSWER_TAGS,
    IGNORE_TAG,
    checks,
    start_of,
    start_of_grader,
)

_MAGICS_THAT_BIND = frozenset({"run", "pylab", "load", "sql"})
_SETS_UP = ("filterwarnings", "option", "register", "seed", "set", "simplefilter", "use")
_RUN_TEXT = frozenset({"exec", "eval", "globals", "setattr"})


@dataclass(frozen=True, slots=True)
class Names:
    """What the tests of an assignment need."""

    crossing: Mapping[str, tuple[str, ...]]
    """By question: names whose values come from the student's process."""
    context: str
    """Code that makes the other names, each part below a comment with its cell; may be empty."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A top-level statement of the solved notebook, and where it stands."""

    node: ast.stmt
    cell: int
    is_answer: bool
    does: Effects


def names(
    notebook: Any,
    tests: Mapping[str, Uses],
    where: str,
    *,
    solved: bool = True,
    before_cells: str = "",
) -> Names:
    """Return what crosses for each question, and the context.

    `notebook` is the solved one; without a solution (`solved` is false) what students get will do.
    `before_cells` is code that runs before each cell.
    Raises ConfigError where a test uses a name that nothing makes.
    """
    cells = [c for c in cells_of(notebook) if c.kind == "code" and IGNORE_TAG not in c.tags]
    solution = _Solution(list(_statements(cells)), _checked(cells))
    crossing: dict[str, tuple[str, ...]] = {}
    needed: set[str] = set()
    for question, uses in tests.items():
        if uses.unknown and solved:
            raise ConfigError(
                f"{where}: question `{question}`: its test uses `{uses.unknown[0]}`, which its "
                "file does not make: import it there, or make it a parameter of the function"
            )
        own = [name for name in uses.names if solution.crosses(name, question)]
        others = [name for name in uses.names if name not in own]
        for name in others:
            if solution.is_unknown(name):
                if solved and not (name in uses.optional or solution.binds_dynamically):
                    raise ConfigError(
                        f"{where}: question `{question}`: its test uses `{name}`, which neither "
                        "the solution nor the test makes. Nobody could pass it."
                    )
                own.append(name)
        needed |= set(others) - set(own)
        own += sorted(solution.tainted - set(own)) if uses.all_names else []
        crossing[question] = tuple(own)
    return Names(crossing, _text(solution.context(needed - solution.tainted), before_cells))


def _checked(cells: Iterable[Cell]) -> dict[str, int]:
    """Return the cell of each question's last check."""
    return {question: cell.index for cell in cells for question in checks(cell.body)}


def _statements(cells: Sequence[Cell]) -> Iterator[_Statement]:
    """Yield the statements of a notebook that are its own, and not Otter's or IPython's."""
    grader = start_of_grader(cells).name or "grader"
    for cell in cells:
        for node in cell.body:
            does = effects.of(node)
            is_otters = start_of(node) is not None or ast.unparse(node) == "import otter"
            if not is_otters and grader not in does.reads:
                yield _Statement(node, cell.index, bool(ANSWER_TAGS & cell.tags), does)


class _Solution:
    """The solved notebook, as what its statements do to its names."""

    def __init__(self, statements: Sequence[_Statement], checked: Mapping[str, int]) -> None:
        self._answers = [each for each in statements if each.is_answer]
        self._given = [each for each in statements if not each.is_answer]
        self._checked = checked
        self._imports = [
            _Statement(node, each.cell, each.is_answer, effects.of(node))
            for each in statements
            for node in effects.imports_within(each.node)
            if each.is_answer or node is each.node
        ]
        self._modules = frozenset[str]().union(*(each.does.imports for each in statements))
        self._later = {k: v for each in statements for k, v in each.does.later.items()}
        self._bound = self._modules.union(*(each.does.binds for each in statements))
        self._has_star = any(each.does.from_star for each in self._imports)
        self.binds_dynamically = any(map(_binds_dynamically, statements))
        self.tainted = self._taint()
        """Names that cross, for one question or another."""

    def _changes(self, each: _Statement) -> set[str]:
        """Return the names that a statement binds or whose objects it may change."""
        changed = set(each.does.binds | each.does.changes)
        waiting = set(each.does.reads & self._later.keys())
        waiting |= each.does.later.keys() if each.is_answer else set()
        seen = set[str]()
        while waiting:
            name = waiting.pop()
            seen.add(name)
            changed |= self._later[name]
            waiting |= (self._later[name] & self._later.keys()) - seen
        return changed

    def _taint(self) -> set[str]:
        tainted = set[str]().union(*(self._changes(each) for each in self._answers))
        bound = frozenset[str]().union(*(each.does.binds for each in self._answers))
        tainted -= self._modules - bound
        for each in self._given:
            if "get_ipython" in each.does.reads:  # what a shell line says is nothing of ours
                tainted |= each.does.binds
        before = -1
        while len(tainted) > before:
            before = len(tainted)
            for each in self._given:
                if each.does.reads & tainted:
                    tainted |= self._changes(each) - self._modules
        return {name for name in tainted if not name.startswith("__")}

    def crosses(self, name: str, question: str) -> bool:
        """Whether a name's value comes from the student's process.

        So does one that the notebook itself changes below the question's check: it had another
        value there.
        """
        if name in self.tainted or name in self._modules:
            return name in self.tainted
        place = self._checked.get(question)
        last = [each.cell for each in self._given if name in self._changes(each)][-1:]
        return bool(place is not None and last and last[0] > place)

    def is_unknown(self, name: str) -> bool:
        """Whether nothing makes a name, as far as the text says."""
        return name not in self._bound and name not in BUILTINS and not self._has_star

    def _makes(self, each: _Statement) -> set[str]:
        """Return the names to whose making a statement of the context belongs."""
        made = self._changes(each) | each.does.imports
        return made if _sets_up(each.node) else made - (self._modules - each.does.imports)

    def context(self, needed: set[str]) -> list[_Statement]:
        """Return the statements that make these names, in their order."""
        given = [each for each in self._given if not isinstance(each.node, _IMPORTS)]
        given = [each for each in given if not each.does.reads & {*self.tainted, "get_ipython"}]
        chosen: list[_Statement] = []
        before = -1
        while len(needed) > before:
            before = len(needed)
            chosen = [each for each in given if self._makes(each) & needed]
            needed = needed.union(*(each.does.reads for each in chosen))
        unbound = needed - self._bound - BUILTINS
        chosen += [
            each
            for each in self._imports
            if each.does.imports & needed or (unbound and each.does.from_star)
        ]
        return sorted(chosen, key=lambda each: (each.cell, each.node.lineno))


_IMPORTS = (ast.Import, ast.ImportFrom)


def _sets_up(node: ast.stmt) -> bool:
    """Whether a statement is no call of a library, or one after which that works otherwise."""
    called = (
        node.value.func if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) else None
    )
    method = called.attr if isinstance(called, ast.Attribute) else ""
    return not method or method.startswith(_SETS_UP)


def _binds_dynamically(each: _Statement) -> bool:
    """Whether a statement may bind names that do not stand in it."""
    text = ast.unparse(each.node)
    magics = any(f"run_line_magic('{magic}'" in text for magic in _MAGICS_THAT_BIND)
    return each.does.from_star or magics or bool(each.does.reads & _RUN_TEXT)


def _text(statements: Sequence[_Statement], before_cells: str) -> str:
    lines: list[str] = []
    for number, each in enumerate(statements):
        if number == 0 or statements[number - 1].cell != each.cell:
            lines += [f"# cell {each.cell + 1}", *filter(None, [before_cells])]
        lines.append(ast.unparse(each.node))
    return "\n".join(lines) + "\n" if lines else ""
