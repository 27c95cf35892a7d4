"""The untrusted format in which values leave the sandbox, and its strict decoder.

A checkpoint is a folder: `manifest.json` and one file of raw little-endian bytes per array. The
manifest is `{"version": 1, "values": {name: node}}`; a name that the student never defined is
absent. A node is an object whose `"t"` is one of

    none  unfilled                        nothing more; `unfilled` is a stub's `...`
    bool  int  float  text                `v`: true/false, decimal digits, `float.hex`, the text
    list  tuple                           `v`: nodes
    dict                                  `v`: pairs of nodes
    array  scalar                         `dtype`, `shape`, `file` (a scalar has the shape [])
    model                                 `config`: Keras' JSON; `weights`: array nodes
    history                               `history`, `epoch`, `params`: nodes
    other                                 `type`: the name of a type that does not cross

Everything in it is a claim made by hostile code: the decoder follows no link, maps no file,
unpickles nothing, and checks every size before it allocates. Values come out as exact built-in or
NumPy types.
"""

from __future__ import annotations

import json
import math
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import numpy as np

from autograder.errors import WireError

VERSION = 1
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 32 << 20
MAX_ARRAY_BYTES = 1 << 30
"""All arrays of one checkpoint together; q1's two image arrays take 220 MB."""
MAX_NODES = 400_000
MAX_DEPTH = 16
MAX_DIMENSIONS = 8
MAX_TEXT = 1 << 20
MAX_DIGITS = 1_000
MAX_NAME = 200

# fmt: off
_DTYPES: Mapping[str, str] = {
    "bool": "?",
    "int8": "<i1", "int16": "<i2", "int32": "<i4", "int64": "<i8",
    "uint8": "<u1", "uint16": "<u2", "uint32": "<u4", "uint64": "<u8",
    "float16": "<f2", "float32": "<f4", "float64": "<f8",
}
# fmt: on
Array = np.ndarray[Any, np.dtype[Any]]
Node = Mapping[str, object]
T = TypeVar("T")
_FILE = re.compile(r"[0-9]{1,6}\.bin")


@dataclass(frozen=True, slots=True)
class ModelClaim:
    """A Keras model as configuration and weights; nothing of it has been checked by Keras yet."""

    config: dict[str, object]
    weights: tuple[Array, ...]


@dataclass(frozen=True, slots=True)
class HistoryClaim:
    """What `fit` returned: metrics per epoch, epoch numbers, parameters."""

    history: dict[object, object]
    epoch: list[object]
    params: dict[object, object]


@dataclass(frozen=True, slots=True)
class OtherClaim:
    """A value of a type that does not cross; only the type's name does."""

    type_name: str


def decode(folder: int) -> dict[str, object]:
    """Read one checkpoint from an open directory descriptor.

    Returns the values by name. Raises WireError for anything that breaks the format.
    """
    raw = _read(folder, MANIFEST, MAX_MANIFEST_BYTES)
    try:
        manifest = _json(raw.tobytes().decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"{MANIFEST}: not JSON ({error})") from None
    if (
        type(manifest) is not dict
        or type(manifest.get("version")) is not int
        or manifest["version"] != VERSION
    ):
        raise WireError(f"{MANIFEST}: not version {VERSION} of the format")
    values = manifest.get("values")
    if not isinstance(values, dict) or not all(map(_is_name, values)):
        raise WireError(f"{MANIFEST}: `values` must map variable names to nodes")
    decoder = _Decoder(folder)
    return {name: decoder.node(node, name, 0) for name, node in values.items()}


class _Decoder:
    """Decodes nodes, with what is left of each budget."""

    def __init__(self, folder: int) -> None:
        self._folder = folder
        self._nodes = MAX_NODES
        self._bytes = MAX_ARRAY_BYTES

    def node(self, node: object, where: str, depth: int) -> object:
        self._nodes -= 1
        if self._nodes < 0:
            raise WireError(f"more than {MAX_NODES} values")
        if depth > MAX_DEPTH:
            raise WireError(f"{where}: nested deeper than {MAX_DEPTH}")
        if not isinstance(node, dict) or not isinstance(node.get("t"), str):
            raise WireError(f"{where}: not a node")
        kind = node["t"]
        match kind:
            case "none":
                return None
            case "unfilled":
                return ...
            case "bool" | "int" | "float" | "text":
                return _scalar(kind, node.get("v"), where)
            case "list" | "tuple":
                items = [
                    self.node(item, f"{where}[{i}]", depth + 1)
                    for i, item in enumerate(_list(node, "v", where))
                ]
                return items if kind == "list" else tuple(items)
            case "dict":
                return self._dict(node, where, depth)
            case "array":
                return self._array(node, where)
            case "scalar":
                return self._numpy_scalar(node, where)
            case "model":
                return self._model(node, where)
            case "history":
                return HistoryClaim(
                    self._part(node, "history", dict, where, depth),
                    self._part(node, "epoch", list, where, depth),
                    self._part(node, "params", dict, where, depth),
                )
            case "other":
                return OtherClaim(_text(node, "type", where)[:80])
        raise WireError(f"{where}: unknown kind {kind[:40]!r}")

    def _part(self, node: Node, key: str, kind: type[T], where: str, depth: int) -> T:
        part = self.node(node.get(key), f"{where}.{key}", depth + 1)
        if type(part) is kind:
            return part
        raise WireError(f"{where}.{key}: not a {kind.__name__}")

    def _dict(self, node: Node, where: str, depth: int) -> dict[object, object]:
        result: dict[object, object] = {}
        for pair in _list(node, "v", where):
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError(f"{where}: a dict is a list of pairs")
            key = self.node(pair[0], f"{where} key", depth + 1)
            if type(key) not in (str, int, float, bool, type(None)):
                raise WireError(f"{where}: a key of type {type(key).__name__}")
            result[key] = self.node(pair[1], f"{where}[{str(key)[:40]!r}]", depth + 1)
        return result

    def _array(self, node: Node, where: str) -> Array:
        dtype = _DTYPES.get(_text(node, "dtype", where))
        if dtype is None:
            raise WireError(f"{where}: dtype {str(node.get('dtype'))[:40]!r} is not allowed")
        given = _list(node, "shape", where)
        shape = [n for n in given if type(n) is int and 0 <= n < 1 << 40]
        if len(shape) > MAX_DIMENSIONS or len(shape) < len(given):
            raise WireError(f"{where}: not a shape")
        size = math.prod(max(n, 1) for n in shape) * np.dtype(dtype).itemsize
        self._bytes -= size
        if self._bytes < 0:
            raise WireError(f"{where}: more than {MAX_ARRAY_BYTES >> 20} MB of arrays")
        name = _text(node, "file", where)
        if not _FILE.fullmatch(name):
            raise WireError(f"{where}: {name[:40]!r} is not an array file")
        raw = _read(self._folder, name, size if 0 not in shape else 0, exact=True)
        array = raw.view(dtype).reshape(shape)
        if dtype == "?" and array.size and int(array.view(np.uint8).max()) > 1:
            raise WireError(f"{where}: a bool that is neither 0 nor 1")
        return array

    def _numpy_scalar(self, node: Node, where: str) -> object:
        array = self._array(node, where)
        if array.shape != ():
            raise WireError(f"{where}: a scalar has no dimensions")
        return array[()]

    def _model(self, node: Node, where: str) -> ModelClaim:
        try:
            config = _json(_text(node, "config", where, MAX_MANIFEST_BYTES))
        except (ValueError, RecursionError):
            raise WireError(f"{where}: a model's configuration that is not JSON") from None
        if not isinstance(config, dict):
            raise WireError(f"{where}: a model's configuration that is not an object")
        weights = []
        for i, item in enumerate(_list(node, "weights", where)):
            self._nodes -= 1
            if not isinstance(item, dict) or item.get("t") != "array" or self._nodes < 0:
                raise WireError(f"{where}: weights[{i}] is not an array")
            weights.append(self._array(item, f"{where}.weights[{i}]"))
        return ModelClaim(config, tuple(weights))


def _scalar(kind: str, value: object, where: str) -> bool | int | float | str:
    if kind == "bool" and isinstance(value, bool):
        return value
    if isinstance(value, str) and kind == "text" and len(value) <= MAX_TEXT and _is_utf8(value):
        return value
    try:
        if isinstance(value, str) and kind == "int" and len(value) <= MAX_DIGITS:
            return int(value)
        if isinstance(value, str) and kind == "float" and len(value) <= MAX_DIGITS:
            return float.fromhex(value)
    except (ValueError, OverflowError):
        pass
    raise WireError(f"{where}: not a {kind}")


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _is_name(name: str) -> bool:
    return name.isidentifier() and len(name) <= MAX_NAME


def _json(text: str) -> object:
    """Parse JSON without what Python adds to it: NaN, infinities, keys that stand twice."""
    return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key that stands twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _text(node: Node, key: str, where: str, limit: int = MAX_TEXT) -> str:
    value = node.get(key)
    if not isinstance(value, str) or len(value) > limit or not _is_utf8(value):
        raise WireError(f"{where}: `{key}` is not a text")
    return value


def _list(node: Node, key: str, where: str) -> list[object]:
    value = node.get(key)
    if not isinstance(value, list):
        raise WireError(f"{where}: `{key}` is not a list")
    return value


def _read(
    folder: int, name: str, limit: int, *, exact: bool = False
) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Read a regular file, without following links, into memory of its own."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        raise WireError(f"{name}: {error.strerror}") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            raise WireError(f"{name}: not a regular file")
        if status.st_size > limit or (exact and status.st_size != limit):
            raise WireError(f"{name}: {status.st_size} bytes where {limit} were announced")
        buffer = np.empty(status.st_size, np.uint8)
        done = 0
        while done < len(buffer):
            count = os.readv(descriptor, [buffer.data[done:]])
            if count == 0:
                raise WireError(f"{name}: shorter than announced")
            done += count
        return buffer
    finally:
        os.close(descriptor)
