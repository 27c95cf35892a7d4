"""What the hidden tests of `tensors` share: inputs, right results, and how answers are written.

- A student's function is called with arrays of shapes and dtypes that no public test has. Half of
  the numbers are drawn from what only this installation knows, so that nobody can store results.
- What a function should return is computed here, by NumPy, and never handed to it.
- Whether an answer loops is read from the notebook's own text (`sources`), with the functions that
  it calls. That text can hide its words; where it does, a human is told (`Suspicious`), and
  no mark changes.

Only the hidden tests import this module. In plain Otter nothing sets `sources`: then the tests on
how an answer is written pass.
"""

import ast
import builtins
import hashlib
import textwrap
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Function = Callable[..., Any]

# The judge sets these two, plain Otter does not: what the notebook defines, text by name, and what
# only this installation knows.
sources: Mapping[str, str] | None = None
secret = ""

# float32 has 24 bits; a sum of 20 products, made in another order, differs by less than this.
TOLERANCE = 1e-4
# Two digits in 10,000 may be a tie that another order of adding decides otherwise.
DIGITS_AGREE = 0.9995
NO_FIT = (ValueError, AssertionError, IndexError, TypeError)


class Suspicious(UserWarning):
    """A flag, "name: evidence": no mark changes, and a human is told."""


# --- inputs -----------------------------------------------------------------------------------


def _random(purpose: str) -> np.random.Generator:
    """Return randomness that is the same for everybody here, and unknown to everybody."""
    digest = hashlib.sha256(f"{secret}\0{purpose}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big"))


def matrices(purpose: str, *shapes: tuple[int, ...]) -> list[Array]:
    """Return an array of each shape: eighths from -4 to 4, whose sums and products are exact."""
    random = _random(purpose)
    return [random.integers(-32, 33, shape) / 8 for shape in shapes]


def _kinds(purpose: str, *shapes: tuple[int, ...]) -> Iterator[tuple[str, list[Array]]]:
    """Yield arrays of these shapes, of many kinds, with words for the kind."""
    arrays = matrices(purpose, *shapes)
    yield "of float64", arrays
    yield "of float32", [array.astype(np.float32) for array in arrays]
    yield "of integers", [np.round(array).astype(np.int64) for array in arrays]
    yield "of integers and float64", [np.round(arrays[0]).astype(np.int64), *arrays[1:]]
    yield "of negative numbers", [-np.abs(array) - 1 for array in arrays]
    yield "in another order in memory", [np.asfortranarray(array) for array in arrays]
    yield "read backwards", [array[::-1] for array in arrays]


# --- what a function returns ------------------------------------------------------------------


def _shown(arguments: Sequence[object]) -> str:
    """Say what a function was called with, without its numbers."""
    parts = [
        f"{array.dtype} of shape {array.shape}" if isinstance(array, np.ndarray) else str(array)
        for array in arguments
    ]
    return ", ".join(parts)


def _result(name: str, function: Function, arguments: Sequence[Any]) -> Array:
    """Call a student's function; assert that it returns numbers."""
    try:
        result = function(*arguments)
    except Exception as error:  # noqa: BLE001 - whatever the student's function raises
        raise AssertionError(
            f"`{name}` of {_shown(arguments)} raised {type(error).__name__}: {error}"
        ) from None
    assert result is not None, f"`{name}` returned nothing. Does it end with `return`?"
    assert result is not ..., f"`{name}` is not filled in yet: it returned `...`."
    array = np.asarray(result)
    assert array.dtype.kind in "fiub", f"`{name}` returned {type(result).__name__}, no numbers."
    return array


def check(
    name: str, function: Function, arguments: Sequence[Any], right: object, kind: str = ""
) -> None:
    """Assert that a function of these arguments returns what is right."""
    result, expected = _result(name, function, arguments), np.asarray(right)
    called = f"`{name}` of {_shown(arguments)}{kind and f' ({kind})'}"
    assert result.shape == expected.shape, (
        f"{called} has shape {result.shape}, expected {expected.shape}."
    )
    if not np.allclose(result, expected, rtol=TOLERANCE, atol=TOLERANCE):
        place = tuple(map(int, np.argwhere(~np.isclose(result, expected, TOLERANCE))[0]))
        raise AssertionError(
            f"{called} has {result[place]} at {place}, expected {expected[place]}."
        )


def check_kinds(
    name: str, function: Function, right: Function, shapes: Sequence[Sequence[tuple[int, ...]]]
) -> None:
    """Assert that a function agrees with another one on arrays of all kinds and these shapes."""
    for number, each in enumerate(shapes):
        for kind, arguments in _kinds(f"{name} {number}", *each):
            expected = right(*[array.copy() for array in arguments])
            check(name, function, arguments, expected, kind)


def check_unchanged(name: str, function: Function, arguments: Sequence[Any]) -> None:
    """Assert that a function leaves its arguments alone."""
    before = [np.copy(array) for array in arguments]
    _result(name, function, arguments)
    for number, (array, copy) in enumerate(zip(arguments, before, strict=True)):
        assert np.array_equal(array, copy), (
            f"`{name}` changed its argument {number + 1}. Whoever called it still needs that: put "
            "the results into a new array."
        )


def check_refuses(name: str, function: Function, fits: Sequence[Any], *others: Any) -> None:
    """Assert that a function raises an error for shapes that do not fit, and for no others."""
    _result(name, function, fits)
    for arguments in others:
        try:
            function(*arguments)
        except NO_FIT:
            continue
        raise AssertionError(
            f"`{name}` of {_shown(arguments)} raised no error, though these do not fit."
        )


MATRICES: tuple[tuple[int, int], ...] = ((3, 4), (0, 3), (2, 0), (1, 6), (5, 1), (7, 9))


def check_relu(name: str, relu: Function, *more: tuple[int, ...]) -> None:
    """Assert that a function is relu, on matrices and arrays of `more` shapes."""
    check_kinds(name, relu, lambda x: np.maximum(x, 0), [(shape,) for shape in (*MATRICES, *more)])


def check_add(name: str, add: Function, *more: tuple[int, ...]) -> None:
    """Assert that a function adds, matrices and arrays of `more` shapes."""
    check_kinds(name, add, np.add, [(shape, shape) for shape in (*MATRICES, *more)])


def check_add_vector(name: str, add: Function) -> None:
    """Assert that a function adds a vector to each row of a matrix; square ones are included."""
    shapes = (*MATRICES, (4, 4))
    check_kinds(name, add, np.add, [((rows, columns), (columns,)) for rows, columns in shapes])


def check_matmul(name: str, matmul: Function) -> None:
    """Assert that a function is the tensor product of two matrices."""
    sizes = ((2, 3, 4), (0, 3, 2), (2, 0, 3), (3, 2, 0), (1, 5, 1), (4, 1, 4), (3, 3, 3))
    check_kinds(name, matmul, np.matmul, [((rows, n), (n, columns)) for rows, n, columns in sizes])


def check_batch(batch: Function) -> None:
    """Assert that a function gives batches of arrays of any rank, the last one as it comes."""
    for shape, size in (((10,), 3), ((7, 2), 7), ((9, 2, 2), 4), ((5, 1, 2, 3), 10), ((0, 4), 2)):
        (x,) = matrices(f"batch {shape}", shape)
        for kind, values in (("float64", x), ("of integers", np.round(x).astype(np.int16))):
            for number in range(-(-len(x) // size) + 1):
                right = values[number * size : (number + 1) * size]
                check("batch", batch, (values, number, size), right, kind)


def rotated(points: Array, degrees: float) -> Array:
    """Return points, shape (n, 2), turned about the origin, against the clock."""
    turn = np.deg2rad(degrees)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return np.asarray(points @ matrix.T)


def check_rotate(rotate: Function) -> None:
    """Assert that a function turns points, many and none, by angles of all sizes."""
    for degrees in (0, 30, 90, -45, 123.4, 400):
        for count in (1, 2, 6, 0):
            for kind, (points,) in _kinds(f"rotate {degrees} {count}", (count, 2)):
                check("rotate", rotate, (points, degrees), rotated(points, degrees), kind)


def check_dense(dense: Function) -> None:
    """Assert that a function is a dense layer with relu, of any size."""
    for rows, inputs, units in ((1, 3, 2), (4, 2, 5), (3, 6, 1), (0, 2, 3), (5, 5, 5)):
        shapes = (rows, inputs), (inputs, units), (units,)
        for kind, arguments in _kinds(f"dense {shapes}", *shapes):
            x, weights, biases = arguments
            right = np.maximum(x @ weights + biases, 0)
            check("dense", dense, arguments, right, kind)


def digits(images: Array, W1: Array, b1: Array, W2: Array, b2: Array) -> Array:  # noqa: N803
    """Return what a network of two layers reads: shape (n,); grey levels go from 0 to 255."""
    rows = images.reshape((len(images), -1)).astype(np.float32) / 255
    hidden = np.maximum(rows @ W1.astype(np.float32) + b1.astype(np.float32), 0)
    return np.asarray((hidden @ W2.astype(np.float32) + b2.astype(np.float32)).argmax(axis=1))


def check_read(read: Function) -> None:
    """Assert that a function reads other images with other networks, whose scores are negative."""
    # White pixels are 1, and neither 0.996 nor 1.004: another digit would have the largest score.
    weights = [np.full((4, 1), 0.25), np.zeros(1), np.array([[1000.0, 0, 2000]])]
    weights.append(np.array([0.0, 998, -1003]))
    white = np.full((3, 2, 2), 255, np.uint8)
    check("read", read, (white, *weights), np.zeros(3), "white images")
    for count, rows, columns, units, classes in (
        (40, 4, 3, 7, 5),
        (1, 6, 6, 3, 10),
        (60, 2, 9, 8, 3),
    ):
        random = _random(f"read {count}")
        images = random.integers(0, 256, (count, rows, columns)).astype(np.uint8)
        shapes = (rows * columns, units), (units,), (units, classes), (classes,)
        weights = [random.normal(size=shape).astype(np.float32) for shape in shapes]
        weights[3] -= 30  # no score is positive
        check("read", read, (images, *weights), digits(images, *weights))


def check_predicted(predicted: object, images: Array, *weights: Array) -> None:
    """Assert that these are the digits that the network reads in these images."""
    right = digits(np.asarray(images), *map(np.asarray, weights))
    found = np.asarray(predicted)
    assert found.shape == right.shape and found.dtype.kind in "fiu", (
        f"`predicted_digits` has shape {found.shape}, expected {right.shape}."
    )
    written = _parsed((sources or {}).get("predicted_digits", ""))
    assert written is None or "digits_of_predict" not in _names_used(written), (
        "`predicted_digits` are taken from digits_of_predict. Compute them with `read`."
    )
    share = float((found == right).mean())
    assert share >= DIGITS_AGREE, (
        f"{share:.1%} of `predicted_digits` are what the network reads, expected all of them."
    )


def check_shapes(**shapes: tuple[object, tuple[int, ...]]) -> None:
    """Assert that predicted shapes are right: by name, the prediction and the shape."""
    wrong = [
        f"`{name}` is {found}, and NumPy says {right}"
        for name, (found, right) in shapes.items()
        if _as_shape(found) != right
    ]
    assert not wrong, "; ".join(wrong)


def _as_shape(shape: object) -> object:
    return tuple(shape) if isinstance(shape, (tuple, list)) else shape


# --- how an answer is written -----------------------------------------------------------------

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_HIDDEN_LOOPS = {"map", "filter", "reduce", "starmap", "accumulate", "vectorize", "frompyfunc"}
_HIDDEN_LOOPS |= {"apply_along_axis", "apply_over_axes", "nditer", "ndenumerate", "ndindex"}
_HIDDEN_LOOPS |= {"fromiter", "fromfunction"}
_HIDING = {"exec", "eval", "compile", "getattr", "setattr", "vars", "globals", "locals"}
_HIDING |= {"__import__", "import_module", "attrgetter", "methodcaller"}
_HARMLESS_DUNDERS = {"__name__", "__doc__", "__init__", "__call__"}
# What a loop may ask of NumPy: to make an array, or to say something about one.
_MAKES = {"zeros", "zeros_like", "empty", "empty_like", "ones", "ones_like", "full", "full_like"}
_MAKES |= {"array", "asarray", "copy", "ndindex", "ndenumerate", "arange", "shape", "ndim", "size"}
_MAKES |= {"array_equal", "result_type", "promote_types", "dtype", "ndarray", "issubdtype"}
_MAKES |= {"float16", "float32", "float64", "int8", "int16", "int32", "int64", "integer"}
_MAY_HELP = {"math", "itertools", "functools", "typing", "copy", "collections"}
_COMPUTES = {"dot", "sum", "clip", "max", "min", "prod", "mean", "cumsum", "choose", "put", "take"}
_KEEPS = {"copy", "array", "asarray", "zeros_like", "empty_like", "ones_like", "full_like"}
_KEEPS |= {"astype", "tolist", "list", "tuple", "reversed", "sorted"}
"""What has as many axes as its first argument, or as that whose method it is."""


@dataclass(frozen=True)
class _Code:
    """An answer's text with that of all it calls, as far as the notebook defines it."""

    name: str
    parts: Mapping[str, ast.stmt]
    """The statements that define the answer and what it calls, by name."""
    modules: Mapping[str, str]
    """What the names of imported things stand for: `np` for `numpy`."""
    returns: frozenset[str]
    """Those that lead back to themselves."""

    def nodes(self) -> Iterator[ast.AST]:
        """Yield all that the answer consists of."""
        for part in self.parts.values():
            yield from ast.walk(part)

    def full(self, node: ast.AST) -> str:
        """Return a dotted name, with what its first part stands for; empty for anything else."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        return ".".join([self.modules.get(node.id, node.id), *reversed(parts)])

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef | ast.Lambda]:
        """Return the functions among the parts, those within others included."""
        found: dict[str, ast.FunctionDef | ast.Lambda] = {}
        for node in self.nodes():
            if isinstance(node, ast.FunctionDef):
                found[node.name] = node
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
                found |= {t.id: node.value for t in node.targets if isinstance(t, ast.Name)}
        return found


def _code(name: str) -> _Code:
    """Read an answer. Asserts that the notebook defines it by name."""
    texts = sources or {}
    assert name in texts, (
        f"No cell above the check defines `{name}` by name. Define it with `def {name}(...):`."
    )
    modules: dict[str, str] = {}
    for text in texts.values():
        if text.lstrip().startswith(("import ", "from ")):
            modules |= _imported(_parsed(text))
    parts: dict[str, ast.stmt] = {}
    calls: dict[str, set[str]] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in parts or (statement := _parsed(texts[current])) is None:
            continue
        parts[current] = statement
        modules |= _imported(statement)
        calls[current] = {each for each in _names_used(statement) if each in texts}
        waiting += sorted(calls[current])
    return _Code(name, parts, modules, frozenset(_that_return(calls)))


def _parsed(text: str) -> ast.stmt | None:
    """Return the statement that a text is; None where it is none by itself."""
    try:
        body = ast.parse(textwrap.dedent(text)).body
    except (SyntaxError, ValueError, RecursionError):
        return None
    return body[0] if body else None


def _imported(statement: ast.stmt | None) -> dict[str, str]:
    """Return what the names that a statement imports stand for, at any depth."""
    found: dict[str, str] = {}
    for node in ast.walk(statement) if statement else ():
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                found[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return found


def _is_called(statement: ast.stmt) -> bool:
    """Whether what a statement makes can be a function, and not only a value."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return True
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    return isinstance(value, (ast.Lambda, ast.Name, ast.Attribute, ast.Call, ast.IfExp))


def _names_used(statement: ast.stmt) -> set[str]:
    """Return the names that a statement uses and does not bind itself."""
    used, bound = set[str](), set[str]()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, ast.FunctionDef) and node is not statement:
            bound.add(node.name)
    return used - bound


def _that_return(calls: Mapping[str, set[str]]) -> Iterator[str]:
    """Yield the functions that call themselves, perhaps through others."""
    for start in calls:
        seen, waiting = set[str](), sorted(calls[start])
        while waiting:
            current = waiting.pop()
            if current == start:
                yield start
                break
            if current not in seen:
                seen.add(current)
                waiting += sorted(calls.get(current, ()))


def _loops(code: _Code) -> Iterator[str]:
    """Yield what of an answer goes through the numbers one by one."""
    called = [part for name, part in code.parts.items() if name == code.name or _is_called(part)]
    for node in (node for part in called for node in ast.walk(part)):
        if isinstance(node, _LOOPS):
            yield f"a loop (`{ast.unparse(node).splitlines()[0][:60]}`)"
        elif isinstance(node, _COMPREHENSIONS):
            yield f"a loop in brackets (`{ast.unparse(node)[:60]}`)"
        elif isinstance(node, ast.Name | ast.Attribute):
            name = code.full(node)
            if name.rpartition(".")[2] in _HIDDEN_LOOPS and not isinstance(node.ctx, ast.Store):
                yield f"`{ast.unparse(node)}`, which loops"
    yield from (f"`{name}`, which calls itself" for name in sorted(code.returns))
    for name, function in code.functions.items():
        if name not in code.parts and any(
            isinstance(node, ast.Name) and node.id == name for node in ast.walk(function)
        ):
            yield f"`{name}`, which calls itself"


def _tell_of_hidden_words(code: _Code) -> None:
    """Raise a flag where an answer's text may say something else than what is run."""
    for node in code.nodes():
        word = ""
        if isinstance(node, ast.Name | ast.Attribute):
            last = node.id if isinstance(node, ast.Name) else node.attr
            dunder = last.startswith("__") and last not in _HARMLESS_DUNDERS
            word = last if last in _HIDING or dunder else ""
        if word:
            warnings.warn(f"source: `{code.name}` uses {word}", Suspicious, stacklevel=2)


def check_vectorised(name: str, function: Function, arguments: Sequence[Any]) -> None:
    """Assert that a function that does something has no loop, nor what it calls."""
    _result(name, function, arguments)
    if sources is None:
        return
    code = _code(name)
    _tell_of_hidden_words(code)
    loops = list(_loops(code))
    assert not loops, (
        f"`{name}` goes through the numbers one by one: it has {loops[0]}. NumPy does the whole "
        "array in one expression."
    )


def check_naive(name: str, function: Function, arguments: Sequence[Array]) -> None:
    """Assert that a function that does something computes in loops of its own."""
    _result(name, function, arguments)
    if sources is None:
        return
    code = _code(name)
    _tell_of_hidden_words(code)
    for reason in _libraries(code):
        raise AssertionError(f"`{name}` uses {reason}. Here plain Python does the arithmetic.")
    assert any(_loops(code)), f"`{name}` has no loop. Go through the numbers one by one."
    ranked = _Ranks(code)
    if name in code.functions:
        ranked.call(code.functions[name], [array.ndim for array in arguments])
    for reason in ranked.reasons:
        raise AssertionError(
            f"`{name}` computes with several numbers at once: {reason}. Take single numbers, such "
            "as x[i, j]."
        )


def _libraries(code: _Code) -> Iterator[str]:
    """Yield what of an answer is computed by a library."""
    own = {*code.parts, *code.functions, *dir(builtins)}
    for part in code.parts.values():
        nodes = list(ast.walk(part))
        bound = {node.id for node in nodes if isinstance(node, ast.Name)} - _names_used(part)
        bound |= {node.arg for node in nodes if isinstance(node, ast.arg)}
        inner = {node.value for node in nodes if isinstance(node, ast.Attribute)}
        for node in nodes:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
                yield "`@`"
            elif isinstance(node, ast.Name | ast.Attribute) and node not in inner:
                # Where there is `from numpy import *`, an unknown name may be NumPy's.
                known = own | bound | _MAKES
                hidden = isinstance(node, ast.Name) and "*" in code.modules and node.id not in known
                computes = isinstance(node, ast.Attribute) and node.attr in _COMPUTES
                if hidden or computes or _is_of_library(code, node):
                    yield f"`{ast.unparse(node)}`"


def _is_of_library(code: _Code, node: ast.AST) -> bool:
    """Whether a name is something of a module that may compute."""
    first, _, rest = code.full(node).partition(".")
    if first == "numpy":
        return rest.partition(".")[0] not in {*_MAKES, ""}
    modules = {name.partition(".")[0] for name in code.modules.values()}
    return bool(rest) and first in modules - _MAY_HELP


@dataclass
class _Ranks:
    """Follows how many axes the values in a naive answer have: 0 for a number, None if unknown."""

    code: _Code
    reasons: list[str] = field(default_factory=list)
    depth: int = 0

    def call(self, function: ast.FunctionDef | ast.Lambda, ranks: Sequence[int | None]) -> None:
        """Look at a function that is called with values of these ranks."""
        if self.depth > 5:
            return
        self.depth += 1
        names = [argument.arg for argument in function.args.args]
        known: dict[str, int | None] = dict(zip(names, ranks, strict=False))
        body = function.body
        for statement in body if isinstance(body, list) else [ast.Return(body)]:
            self._statement(statement, known)
        self.depth -= 1

    def _statement(self, node: ast.stmt, known: dict[str, int | None]) -> None:
        match node:
            case ast.FunctionDef():
                return
            case ast.Assign(targets=targets, value=value):
                rank = self._rank(value, known)
                for target in targets:
                    self._bind(target, rank, known)
            case ast.AugAssign(target=target, value=value):
                self._alone(node, [target, value], known)
            case ast.For(target=target, iter=iterable):
                self._each(target, iterable, known)
        for name, part in ast.iter_fields(node):
            for each in part if isinstance(part, list) else [part]:
                if isinstance(each, ast.stmt):
                    self._statement(each, known)
                elif isinstance(each, ast.expr) and name in ("test", "value", "exc", "msg"):
                    self._rank(each, known)

    def _bind(self, target: ast.expr, rank: int | None, known: dict[str, int | None]) -> None:
        if isinstance(target, ast.Name):
            known[target.id] = rank
        elif isinstance(target, (ast.Tuple, ast.List)):
            for each in target.elts:
                self._bind(each, rank - 1 if rank else None, known)

    def _each(self, target: ast.expr, iterable: ast.expr, known: dict[str, int | None]) -> None:
        """Bind what a loop goes through."""
        called = self.code.full(iterable.func) if isinstance(iterable, ast.Call) else ""
        arguments = iterable.args if isinstance(iterable, ast.Call) else []
        inner = target.elts if isinstance(target, ast.Tuple) else []
        if called == "range":
            self._bind(target, 0, known)
        elif called in ("itertools.product", "numpy.ndindex"):
            for each in inner:
                self._bind(each, 0, known)
        elif called == "zip" and len(inner) == len(arguments):
            for each, argument in zip(inner, arguments, strict=True):
                self._each(each, argument, known)
        elif called == "enumerate" and len(inner) == 2 and arguments:
            self._bind(inner[0], 0, known)
            self._each(inner[1], arguments[0], known)
        else:
            rank = self._rank(iterable, known)
            self._bind(target, rank - 1 if rank else None, known)

    def _rank(self, node: ast.expr, known: dict[str, int | None]) -> int | None:
        match node:
            case ast.Name(id=name):
                return known.get(name)
            case ast.Constant(value=int() | float()):
                return 0
            case ast.Attribute(value=value, attr=attribute):
                rank = self._rank(value, known)
                return {"T": rank, "flat": 1 if rank else None}.get(attribute)
            case ast.Subscript(value=value, slice=index):
                return self._part(value, index, known)
            case ast.BinOp(left=left, right=right):
                return self._alone(node, [left, right], known)
            case ast.Compare(left=left, comparators=others, ops=operators):
                if any(
                    isinstance(each, (ast.Is, ast.IsNot, ast.In, ast.NotIn)) for each in operators
                ):
                    return 0
                return self._alone(node, [left, *others], known)
            case ast.UnaryOp(operand=operand):
                return self._alone(node, [operand], known)
            case ast.Call():
                return self._called(node, known)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                inner = dict(known)
                for generator in node.generators:
                    self._each(generator.target, generator.iter, inner)
                    for test in generator.ifs:
                        self._rank(test, inner)
                if not isinstance(node, ast.DictComp):
                    self._rank(node.elt, inner)
                return None
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self._rank(child, known)
        return None

    def _alone(
        self, node: ast.AST, parts: Sequence[ast.expr], known: dict[str, int | None]
    ) -> int | None:
        """Note arithmetic on more than single numbers."""
        ranks = [self._rank(part, known) for part in parts]
        if any(ranks):
            self.reasons.append(f"`{ast.unparse(node).splitlines()[0][:60]}`")
        return 0 if ranks == [0] * len(ranks) else None

    def _part(self, value: ast.expr, index: ast.expr, known: dict[str, int | None]) -> int | None:
        rank = self._rank(value, known)
        for each in index.elts if isinstance(index, ast.Tuple) else [index]:
            if isinstance(each, ast.Slice):
                continue
            place = self._rank(each, known)
            if place:
                self.reasons.append(f"`{ast.unparse(value)[:30]}[{ast.unparse(index)[:30]}]`")
            rank = None if rank is None or place != 0 else rank - 1
        return rank

    def _called(self, node: ast.Call, known: dict[str, int | None]) -> int | None:
        name = self.code.full(node.func)
        last = name.rpartition(".")[2]
        ranks = [self._rank(argument, known) for argument in node.args]
        if isinstance(node.func, ast.Attribute) and not name.startswith("numpy."):
            ranks = [self._rank(node.func.value, known), *ranks]
            last = node.func.attr
        whole = name in ("abs", "divmod", "max", "min", "pow", "round")
        unread = not isinstance(node.func, ast.Name | ast.Attribute | ast.Lambda)
        if name in self.code.functions or isinstance(node.func, ast.Lambda):
            function = node.func if isinstance(node.func, ast.Lambda) else self.code.functions[name]
            self.call(function, ranks)
        elif (whole or unread) and any(ranks):
            self.reasons.append(f"`{ast.unparse(node)[:60]}`")
        elif last in _KEEPS and ranks:
            return ranks[0]
        elif name in ("numpy.zeros", "numpy.empty", "numpy.ones", "numpy.full") and node.args:
            shape = node.args[0]
            if isinstance(shape, ast.Tuple):
                return len(shape.elts)
            if isinstance(shape, ast.Attribute) and shape.attr == "shape":
                return self._rank(shape.value, known)
        elif name in ("len", "int", "float", "max", "min", "sum", "math.fsum"):
            return 0 if not any(rank is None for rank in ranks) or name == "len" else None
        return None


_CLOCKS = {"perf_counter", "perf_counter_ns", "monotonic", "process_time", "time", "time_ns"}
_CLOCKS |= {"timeit", "repeat", "autorange", "now"}


def check_measured(**numbers: float) -> None:
    """Assert that numbers of seconds, by name, come from a clock and were not typed in."""
    for name, number in numbers.items():
        assert np.asarray(number).dtype.kind in "fi", f"`{name}` is no number of seconds."
        if sources is None:
            return
        assert _follows_a_clock(name), (
            f"No clock is read for `{name}`: was it typed in? Use seconds(...)."
        )
        for call in ast.walk(_parsed(sources.get(name, "")) or ast.Pass()):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "seconds":
                given = [ast.unparse(argument) for argument in call.args]
                assert len(given) >= 3 or "*" in "".join(given), (
                    f"seconds({', '.join(given)}) does not have all that it needs: a function and "
                    "its two arguments."
                )


def _follows_a_clock(name: str) -> bool:
    """Whether a value is computed from what a clock gave, perhaps by way of other names."""
    texts, waiting, seen = sources or {}, [name], set[str]()
    while waiting:
        current = waiting.pop()
        statement = _parsed(texts.get(current, ""))
        if current in seen or statement is None:
            continue
        seen.add(current)
        nodes = list(ast.walk(statement))
        words = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
        words |= {
            str(node.value).partition(" ")[0] for node in nodes if isinstance(node, ast.Constant)
        }
        used = _names_used(statement)
        if _CLOCKS & (words | used):
            return True
        waiting += sorted(used & set(texts))
    return False
