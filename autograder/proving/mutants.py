"""Makes mutants of a solution: the same notebook with one small change in one answer.

Each operator changes one place of a question's answer. What is made depends on the source alone, so
a mutant's name stays the same from run to run.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.notebook import otter
from autograder.notebook.cells import as_python

_POOLS = (
    ("relu", "sigmoid", "tanh", "softmax", "linear"),
    ("float32", "float64", "float16", "int32", "uint8"),
    ("rmsprop", "sgd", "adam", "adagrad"),
    ("categorical_crossentropy", "binary_crossentropy", "mse", "sparse_categorical_crossentropy"),
    ("accuracy", "mae", "top_k_categorical_accuracy"),
)
"""Texts of which each may stand where another one stands."""
_TWINS = (("train", "test"), ("images", "labels"), ("loss", "acc"))
"""Parts of names that are easily confused."""
_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.Sub: (ast.Add, ast.Div),
}
_METHODS = {"argmax": ("argmin", "max"), "evaluate": ("predict",), "predict": ("evaluate",)}

_Node = Any
"""A node of a syntax tree; of which class, the operator that changes it knows."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution with one change."""

    name: str
    question: str
    says: str
    source: str
    """The question's whole answer, changed."""


@dataclass(frozen=True, slots=True)
class _Change:
    says: str
    apply: Callable[[_Node], None]
    """Changes the node at the same place of a copy of the tree."""


def of_solution(solution: Any, questions: Sequence[str]) -> list[Mutant]:
    """Return the mutants of a solved notebook, question by question."""
    mutants: list[Mutant] = []
    for question, indices in otter.answer_cells(solution, questions).items():
        source = "\n".join(solution.cells[index].source for index in indices)
        mutants += _of_answer(question, source)
    return mutants


def _of_answer(question: str, source: str) -> Iterator[Mutant]:
    tree = ast.Module(body=as_python(source).body or [], type_ignores=[])
    texts = {ast.unparse(tree)}
    for position, node in enumerate(_walk(tree)):
        for change in _changes(node):
            changed = copy.deepcopy(tree)
            change.apply(_walk(changed)[position])
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text in texts:
                continue
            texts.add(text)
            digest = hashlib.sha256(text.encode()).hexdigest()[:8]
            line = getattr(node, "lineno", 1)
            yield Mutant(f"{question}-{digest}", question, f"line {line}: {change.says}", text)


def _walk(tree: ast.AST) -> list[_Node]:
    """Return all nodes, but for what is only printed: no test looks at that."""
    nodes: list[_Node] = [tree]
    for node in nodes:
        nodes += [child for child in ast.iter_child_nodes(node) if not _prints(child)]
    return nodes


def _prints(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and ast.unparse(node).startswith("print(")


def _changes(node: ast.AST) -> Iterator[_Change]:
    """Yield every change that the operators make at a node."""
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() as number):
            for other in dict.fromkeys((number + 1, number // 2)):
                if other != number:
                    yield _setting(f"{number} becomes {other}", "value", other)
        case ast.Constant(value=str() as text):
            for pool in _POOLS:
                for word in pool if text in pool else ():
                    if word != text:
                        yield _setting(f"{text!r} becomes {word!r}", "value", word)
        case ast.Name(id=name, ctx=ast.Load()):
            for twin in _twins(name):
                yield _setting(f"{name} becomes {twin}", "id", twin)
        case ast.BinOp(op=operator):
            for kind in _OPERATORS.get(type(operator), ()):
                says = f"{type(operator).__name__} becomes {kind.__name__}"
                yield _setting(says, "op", kind())
            left_out = "the right side of the operator is left out"
            yield _Change(left_out, lambda node: _become(node, node.left))
            yield _Change("the two sides of the operator change places", _swap_sides)
        case ast.Call():
            yield from _calls(node)
        case ast.Assign(targets=[ast.Tuple(elts=[_, _])]):
            swap = "the two results change places"
            yield _Change(swap, lambda node: node.targets[0].elts.reverse())
        case ast.List(elts=elements) if len(elements) > 1:
            yield from _lists(elements)
        case ast.Module(body=body):
            yield from _statements(body)


def _twins(name: str) -> Iterator[str]:
    for pair in _TWINS:
        for part, twin in (pair, pair[::-1]):
            if part in name:
                yield name.replace(part, twin)


def _calls(node: ast.Call) -> Iterator[_Change]:
    if isinstance(node.func, ast.Attribute):
        name = node.func.attr
        on_value = isinstance(node.func.value, ast.Call | ast.Name | ast.BinOp)
        if on_value and name in ("reshape", "astype"):
            left_out = f"the call of {name} is left out"
            yield _Change(left_out, lambda node: _become(node, node.func.value))
        for other in _METHODS.get(name, ()):
            yield _Change(f"{name} becomes {other}", _renaming(other))
    for index, keyword in enumerate(node.keywords):
        yield _Change(f"{keyword.arg}= is left out", _without("keywords", index))
    if len(node.args) == 2:
        yield _Change("the two arguments change places", _swapping("args", 0, 1))
    if len(node.args) > 1:
        yield _Change("the last argument is left out", _without("args", len(node.args) - 1))


def _lists(elements: list[ast.expr]) -> Iterator[_Change]:
    for index in range(len(elements)):
        yield _Change(f"element {index + 1} is left out", _without("elts", index))
        yield _Change(f"element {index + 1} stands twice", _doubling(index))
    for index in range(len(elements) - 1):
        says = f"elements {index + 1} and {index + 2} change places"
        yield _Change(says, _swapping("elts", index, index + 1))


def _statements(body: list[ast.stmt]) -> Iterator[_Change]:
    for index, statement in enumerate(body):
        if not _prints(statement):
            yield _Change(f"statement {index + 1} is left out", _without("body", index))
    for index in range(len(body) - 1):
        if _prints(body[index]) or _prints(body[index + 1]):
            continue
        says = f"statements {index + 1} and {index + 2} change places"
        yield _Change(says, _swapping("body", index, index + 1))


def _setting(says: str, attribute: str, value: object) -> _Change:
    return _Change(says, lambda node: setattr(node, attribute, value))


def _renaming(name: str) -> Callable[[_Node], None]:
    return lambda node: setattr(node.func, "attr", name)


def _without(attribute: str, index: int) -> Callable[[_Node], None]:
    return lambda node: getattr(node, attribute).pop(index)


def _swapping(attribute: str, first: int, second: int) -> Callable[[_Node], None]:
    def swap(node: _Node) -> None:
        items = getattr(node, attribute)
        items[first], items[second] = items[second], items[first]

    return swap


def _doubling(index: int) -> Callable[[_Node], None]:
    return lambda node: node.elts.insert(index, copy.deepcopy(node.elts[index]))


def _swap_sides(node: _Node) -> None:
    node.left, node.right = node.right, node.left


def _become(node: _Node, model: _Node) -> None:
    """Turn a node into another one, in place."""
    node.__class__ = model.__class__
    node.__dict__.clear()
    node.__dict__.update(vars(model))
