"""The untrusted format in which values leave the sandbox, and its strict decoder.

A checkpoint is a folder: `manifest.json` and one file of raw little-endian bytes per array. The
manifest is `{"version": 1, "values": {name: node}}`; a name that the student never defined is
absent. A message of a session has nodes of the same kinds, and its arrays follow it. A node is an
object whose `"t"` is one of

    none  unfilled                        nothing more; `unfilled` is a stub's `...`
    bool  int  float  text                `v`: true/false, decimal digits, `float.hex`, the text
    list  tuple                           `v`: nodes
    dict                                  `v`: pairs of nodes
    array                                 `dtype`, `shape`, `file`
    scalar                                `dtype`, `v`: its bytes in hexadecimal digits
    texts                                 `shape`, `lengths` (-1: None, -2: NaN) and `text`: arrays
    instance                              `type`: a key of `values.KINDS`; `v`: its parts, nodes
    library                               `name`: a function or class of `library.LIBRARY`
    model                                 `config`: Keras' JSON; `weights`: array nodes
    history                               `history`, `epoch`, `params`: nodes
    remote                                a function, class or object that stays with the student:
                                          `id`, `kind`, `type` and what `RemoteClaim` says
    other                                 `type`: the name of a type that does not cross

Everything in it is a claim made by hostile code: the decoder follows no link, maps no file,
unpickles nothing, and checks every size before it allocates. Values come out as exact built-in or
NumPy types, or as claims that `rebuild` turns into objects.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from autograder.errors import WireError
from autograder.judge import fields
from autograder.judge.fields import Array, Node
from autograder.judge.source import Budget, Folder, Source, read_file
from autograder.wall import kinds, library, values

VERSION = 1
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 32 << 20
MAX_DEPTH = 20
MAX_DOC = 10_000
"""Characters of a docstring, or of a signature."""
MAX_BASES = 20
MAX_NAMES = 100
_TEXT_BYTES = 64
"""What a text of an array takes beside its characters."""
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


@dataclass(frozen=True, slots=True)
class InstanceClaim:
    """A value of a known type as its parts, which `values.build` makes the value of."""

    key: str
    parts: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RemoteClaim:
    """What stays in the student's process, and the number by which that process knows it.

    `bases` of a class and `class_id` of an object are numbers of the student's own classes.
    `abilities` are the special methods of an object, or of a class' objects; `errors` names the
    exceptions among a class and those above it.
    """

    id: int
    kind: str
    type_name: str
    name: str = ""
    doc: str = ""
    signature: str = ""
    bases: tuple[int, ...] = ()
    class_id: int | None = None
    abilities: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def decode(folder: int, budget: Budget | None = None) -> dict[str, object]:
    """Read one checkpoint from an open directory descriptor.

    Returns the values by name. Raises WireError for anything that breaks the format.
    """
    try:
        manifest = parse(read_file(folder, MANIFEST, MAX_MANIFEST_BYTES).tobytes())
    except ValueError as error:
        raise WireError(f"{MANIFEST}: not JSON ({error})") from None
    if (
        type(manifest) is not dict
        or type(manifest.get("version")) is not int
        or manifest["version"] != VERSION
    ):
        raise WireError(f"{MANIFEST}: not version {VERSION} of the format")
    nodes = manifest.get("values")
    if not isinstance(nodes, dict) or not all(map(fields.is_name, nodes)):
        raise WireError(f"{MANIFEST}: `values` must map variable names to nodes")
    decoder = Decoder(Folder(folder), budget or Budget())
    return {name: decoder.node(node, name) for name, node in nodes.items()}


def parse(raw: bytes) -> object:
    """Parse JSON without what Python adds to it: NaN, infinities, keys that stand twice.

    Raises ValueError.
    """
    try:
        return fields.json_of(raw.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested without end") from None


class Decoder:
    """Decodes nodes, within what is left of a budget."""

    def __init__(self, source: Source, budget: Budget) -> None:
        """Take arrays from `source`. Several decoders may share a budget."""
        self._source = source
        self._budget = budget

    def node(self, node: object, where: str, depth: int = 0) -> object:
        """Return the value or claim of a node. Raises WireError, which says `where`."""
        self._budget.take(where, nodes=1)
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
                return fields.scalar(kind, node.get("v"), where)
            case "list" | "tuple":
                items = self._items(node, where, depth)
                return items if kind == "list" else tuple(items)
            case "dict":
                return self._dict(node, where, depth)
            case "array":
                return self._array(node, where)
            case "scalar":
                return _numpy_scalar(node, where)
            case "texts":
                return self._texts(node, where)
            case "instance":
                return self._instance(node, where, depth)
            case "library":
                return _library(node, where)
            case "remote":
                return _remote(node, where)
            case "model":
                return self._model(node, where)
            case "history":
                return HistoryClaim(
                    self._part(node, "history", dict, where, depth),
                    self._part(node, "epoch", list, where, depth),
                    self._part(node, "params", dict, where, depth),
                )
            case "other":
                return OtherClaim(fields.text(node, "type", where)[:80])
        raise WireError(f"{where}: unknown kind {kind[:40]!r}")

    def _part(self, node: Node, key: str, kind: type[T], where: str, depth: int) -> T:
        part = self.node(node.get(key), f"{where}.{key}", depth + 1)
        if type(part) is kind:
            return part
        raise WireError(f"{where}.{key}: not a {kind.__name__}")

    def _dict(self, node: Node, where: str, depth: int) -> dict[object, object]:
        result: dict[object, object] = {}
        for pair in fields.items(node, "v", where):
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError(f"{where}: a dict is a list of pairs")
            key = self.node(pair[0], f"{where} key", depth + 1)
            if not _is_key(key):
                raise WireError(f"{where}: a key of type {type(key).__name__}")
            result[key] = self.node(pair[1], f"{where}[{str(key)[:40]!r}]", depth + 1)
        return result

    def _items(self, node: Node, where: str, depth: int) -> list[object]:
        return [
            self.node(item, f"{where}[{i}]", depth + 1)
            for i, item in enumerate(fields.items(node, "v", where))
        ]

    def _instance(self, node: Node, where: str, depth: int) -> InstanceClaim:
        key = fields.text(node, "type", where, fields.MAX_NAME)
        if key not in values.KINDS:
            raise WireError(f"{where}: a value of type {key[:40]!r}")
        return InstanceClaim(key, tuple(self._items(node, where, depth)))

    def _array(self, node: Node, where: str) -> Array:
        given = fields.text(node, "dtype", where)
        dtype = kinds.dtype_of(given)
        if dtype is None:
            raise WireError(f"{where}: dtype {given[:40]!r} is not allowed")
        shape = fields.shape(node, where)
        size = math.prod(max(n, 1) for n in shape) * dtype.itemsize
        self._budget.take(where, array_bytes=size)
        name = fields.text(node, "file", where)
        if not _FILE.fullmatch(name):
            raise WireError(f"{where}: {name[:40]!r} is not an array file")
        raw = self._source.read(name, size if 0 not in shape else 0)
        array: Array = raw.view(dtype).reshape(shape)
        _check_content(array, where)
        return array

    def _texts(self, node: Node, where: str) -> Array:
        """Return an array of texts, and of None and NaN; its memory is charged beforehand."""
        shape = fields.shape(node, where)
        lengths, text = (
            self._vector(node.get(key), dtype, f"{where}.{key}")
            for key, dtype in (("lengths", "int64"), ("text", "uint8"))
        )
        self._budget.take(where, array_bytes=_TEXT_BYTES * len(lengths) + 4 * len(text))
        if len(lengths) and int(lengths.min()) < -2:
            raise WireError(f"{where}: a text of a length that is none")
        try:
            array: Array = kinds.texts(shape, lengths, text.tobytes())
        except ValueError as error:
            raise WireError(f"{where}: {error}") from None
        return array

    def _vector(self, node: object, dtype: str, where: str) -> Array:
        """Return an array of one dimension and this type."""
        if not isinstance(node, dict) or node.get("t") != "array" or node.get("dtype") != dtype:
            raise WireError(f"{where}: not an array of {dtype}")
        self._budget.take(where, nodes=1)
        array = self._array(node, where)
        if array.ndim != 1:
            raise WireError(f"{where}: not a vector")
        return array

    def _model(self, node: Node, where: str) -> ModelClaim:
        try:
            config = fields.json_of(fields.text(node, "config", where, MAX_MANIFEST_BYTES))
        except (ValueError, RecursionError):
            raise WireError(f"{where}: a model's configuration that is not JSON") from None
        if not isinstance(config, dict):
            raise WireError(f"{where}: a model's configuration that is not an object")
        weights = []
        for i, item in enumerate(fields.items(node, "weights", where)):
            self._budget.take(where, nodes=1)
            if not isinstance(item, dict) or item.get("t") != "array":
                raise WireError(f"{where}: weights[{i}] is not an array")
            weights.append(self._array(item, f"{where}.weights[{i}]"))
        return ModelClaim(config, tuple(weights))


_KEYS = (str, int, float, bool, type(None), np.generic, RemoteClaim)


def _is_key(key: object) -> bool:
    """Whether a decoded value can be a key: an atom, or a tuple or known value of such."""
    if isinstance(key, tuple):
        return all(map(_is_key, key))
    if isinstance(key, InstanceClaim):
        return all(map(_is_key, key.parts))
    return isinstance(key, _KEYS) or callable(key)


def _numpy_scalar(node: Node, where: str) -> object:
    dtype, digits = fields.text(node, "dtype", where), fields.text(node, "v", where)
    try:
        array: Array = kinds.scalar(dtype, digits)
    except ValueError as error:
        raise WireError(f"{where}: {error}") from None
    _check_content(array, where)
    return array[()]


def _check_content(array: Array, where: str) -> None:
    """Refuse bytes that no honest value of this type has."""
    kind = array.dtype.kind
    if kind == "b" and array.size and int(array.reshape(-1).view(np.uint8).max()) > 1:
        raise WireError(f"{where}: a bool that is neither 0 nor 1")
    if kind == "U" and not fields.are_characters(array.reshape(-1).view("<u4")):
        raise WireError(f"{where}: a text of what is no character")


def _library(node: Node, where: str) -> object:
    try:
        return library.library(fields.text(node, "name", where, fields.MAX_NAME))
    except (ImportError, ValueError) as error:
        raise WireError(f"{where}: {error}") from None


def _remote(node: Node, where: str) -> RemoteClaim:
    kind = fields.text(node, "kind", where, fields.MAX_NAME)
    if kind not in ("function", "class", "object"):
        raise WireError(f"{where}: what is remote is no {kind[:40]!r}")
    texts = {
        key: fields.text({key: node.get(key, "")}, key, where, limit)
        for key, limit in (("name", fields.MAX_NAME), ("doc", MAX_DOC), ("signature", MAX_DOC))
    }
    bases = [
        fields.handle(base, where)
        for base in fields.items({"bases": node.get("bases", [])}, "bases", where)
    ]
    if len(bases) > MAX_BASES:
        raise WireError(f"{where}: more than {MAX_BASES} bases")
    class_ = node.get("class")
    return RemoteClaim(
        fields.handle(node.get("id"), where),
        kind,
        fields.text(node, "type", where, fields.MAX_NAME),
        bases=tuple(bases),
        class_id=None if class_ is None else fields.handle(class_, where),
        abilities=_names(node, "abilities", where),
        errors=_names(node, "errors", where),
        **texts,
    )


def _names(node: Node, key: str, where: str) -> tuple[str, ...]:
    if len(names := fields.items({key: node.get(key, [])}, key, where)) > MAX_NAMES:
        raise WireError(f"{where}: more than {MAX_NAMES} {key}")
    return tuple(fields.text({key: name}, key, where, fields.MAX_NAME) for name in names)
