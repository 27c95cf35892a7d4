"""Refuses networks that do not answer each row by itself, or that nobody can evaluate.

A network is asked with many images at once. Where its answer for one of them can depend on the
image's place or on its companions, its weights may be a table of answers: no training is needed.
So an operation is taken over only where it is known to work row by row; axis 0 counts the rows.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Iterator
from typing import Any

import keras

from autograder.errors import WireError

# fmt: off
_ELEMENTWISE = frozenset([
    "Absolute", "Abs", "Add", "Subtract", "Multiply", "Divide", "TrueDivide", "DivideNoNan",
    "FloorDivide", "Mod", "Power", "Negative", "Reciprocal", "Square", "Sqrt", "Exp", "Expm1",
    "Log", "Log1p", "Log2", "Log10", "Sin", "Cos", "Tan", "Arctan", "Sinh", "Cosh", "Tanh", "Sign",
    "Floor", "Ceil", "Round", "Clip", "Maximum", "Minimum", "Where", "Equal", "NotEqual", "Greater",
    "GreaterEqual", "Less", "LessEqual", "LogicalAnd", "LogicalOr", "LogicalNot",
    "Relu", "Relu6", "Sigmoid", "Softplus", "Softsign", "Silu", "LogSigmoid", "LeakyRelu",
    "HardSigmoid", "HardSilu", "Elu", "Selu", "Gelu", "Celu", "HardTanh", "Threshold",
])
_ALONG_AN_AXIS = frozenset(["Softmax", "LogSoftmax", "Sum", "Mean", "Max", "Min", "Concatenate"])
OPERATIONS = _ELEMENTWISE | _ALONG_AN_AXIS | {"Reshape"}
"""Classes of `keras.ops` that work row by row, given the arguments that `check` lets pass."""
_ACTIVATIONS = frozenset(["Activation", "ReLU", "LeakyReLU", "ELU", "Softmax"])
"""Layers that may stand where a function is expected."""
# fmt: on
_MOST_WORK = 500_000_000
"""Multiplications for one row; a network with convolutions for small images takes 10 million."""
_LARGEST_ROW = 1 << 22
"""Numbers that one row may become: in blocks of some thousand rows more would fill any memory."""


def check(model: Any) -> None:
    """Refuse a model that may mix rows, or takes more work for a row than anyone has time for.

    Of a model that is not built yet only its layers can be looked at. Raises WireError.
    """
    if _work(model, {}) > _MOST_WORK:
        raise WireError(f"a model that takes more than {_MOST_WORK:,} multiplications for a row")


def _work(model: Any, known: dict[int, int]) -> int:
    """Check every part of a model; return its multiplications for one row."""
    if id(model) in known:
        return known[id(model)]
    work, nodes = 0, list(_nodes(model))
    for layer in () if nodes else model.layers:
        _check_layer(layer, None)
    for node in nodes:
        _check_shapes(node)
        operation = node.operation
        if isinstance(operation, keras.layers.Layer):
            _check_layer(operation, len(node.outputs[0].shape))
            _check_layers_arguments(node)
        else:
            _check_operation(node)
        work += sum(_size(tensor.shape) for tensor in node.outputs)
        if isinstance(operation, keras.Model):
            work += _work(operation, known)
        elif isinstance(operation, keras.layers.Layer):
            work += _multiplications(operation, node.outputs[0].shape)
    known[id(model)] = work
    return work


def _nodes(model: Any) -> Iterator[Any]:
    """Yield each use of a layer or an operation; nothing where the model is not built."""
    graph = getattr(model, "_functional", model)
    for nodes in getattr(graph, "_nodes_by_depth", {}).values():
        yield from nodes


def _size(shape: tuple[int | None, ...]) -> int:
    return math.prod(size or 1 for size in shape[1:])


def _multiplications(layer: Any, shape: tuple[int | None, ...]) -> int:
    """Return at most how many multiplications make one row of a layer: positions x weights."""
    channels = getattr(layer, "filters", None) or shape[-1] or 1
    weights = sum(int(math.prod(weight.shape)) for weight in layer.weights)
    return -(-_size(shape) // int(channels)) * weights


def _check_shapes(node: Any) -> None:
    """Refuse what changes the number of rows, or leaves rows without an axis of their own."""
    rows = {tensor.shape[:1] for tensor in (*node.input_tensors, *node.outputs)}
    if len(rows) > 1 or any(len(tensor.shape) < 2 for tensor in node.outputs):
        raise _mixes(node.operation)
    if any(_size(tensor.shape) > _LARGEST_ROW for tensor in node.outputs):
        raise WireError(f"a model whose {node.operation.name} makes too many numbers of a row")


def _check_layer(layer: Any, rank: int | None) -> None:
    """Refuse a layer that works along the rows. `rank` is of what it makes, where that is known."""
    if _reaches_rows(getattr(layer, "axis", -1), rank):
        raise _mixes(layer)
    for constant in (getattr(layer, "scale", 0), getattr(layer, "offset", 0)):
        if isinstance(constant, list | tuple) and any(
            isinstance(x, list | tuple) for x in constant
        ):
            raise _mixes(layer)  # a table with a line for each row
    activation = getattr(layer, "activation", None)
    if activation is None or _is_activation(activation):
        return
    if type(activation).__name__ not in _ACTIVATIONS:
        raise WireError(f"a model whose {layer.name} has an activation that is none")
    _check_layer(activation, rank)


def _is_activation(value: Any) -> bool:
    return inspect.isfunction(value) and vars(keras.activations).get(value.__name__) is value


def _check_layers_arguments(node: Any) -> None:
    """A layer takes one tensor, or one list of them: no mask, no table, no `training=True`."""
    arguments = node.arguments.args
    told = keras.tree.flatten(node.arguments.kwargs)
    given = keras.tree.flatten(arguments)
    plain = all(option is None or option is False for option in told)
    if len(arguments) > 1 or not plain or not all(map(keras.backend.is_keras_tensor, given)):
        raise _mixes(node.operation)


def _check_operation(node: Any) -> None:
    """Refuse an operation that is not known to work row by row with these arguments."""
    operation, arguments = node.operation, [*node.arguments.args, *node.arguments.kwargs.values()]
    settings = {key: v for key, v in operation.get_config().items() if key != "axis"}
    kind = type(operation).__name__
    if kind == "Reshape":
        sizes = [tensor.shape[1:] for tensor in (*node.input_tensors, *node.outputs)]
        right = None not in sum(sizes, ()) and len(set(map(math.prod, sizes))) == 1
    elif kind in _ELEMENTWISE:
        ranks = {len(tensor.shape) for tensor in node.input_tensors}
        right = len(ranks) == 1 and all(map(_is_plain, [*arguments, *settings.values()]))
    else:
        rank = len(node.input_tensors[0].shape)
        given = keras.tree.flatten(arguments)
        right = all(map(keras.backend.is_keras_tensor, given))
        right = right and all(map(_is_plain, settings.values()))
        right = right and kind in _ALONG_AN_AXIS and not _reaches_rows(operation.axis, rank)
    if not right:
        raise _mixes(operation)


def _is_plain(value: Any) -> bool:
    """Whether an argument is the same for each row: a tensor of rows, or no more than a number."""
    return (
        value is None
        or isinstance(value, bool | int | float | str)
        or (bool(keras.backend.is_keras_tensor(value)))
    )


def _reaches_rows(axis: Any, rank: int | None) -> bool:
    """Whether an axis, or one of several, is the one that counts the rows; None is all."""
    axes = axis if isinstance(axis, list | tuple) else [axis]
    if not all(type(each) is int for each in axes):
        return True
    if rank is None:
        return any(each < -1 or each == 0 for each in axes)
    return any(each % rank == 0 for each in axes)


def _mixes(part: Any) -> WireError:
    kind, name = type(part).__name__, str(part.name)[:40]
    return WireError(f"a model whose {kind} ({name}) may let one image decide another's answer")
