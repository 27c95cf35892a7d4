"""Writes values in the format that the judge's `wire` describes and decodes, and reads them.

Both sides use it: the judge imports it, and the kernel gets its text with the probe's. So it
imports nothing of ours but what the kernel gets as well, and knows of no library that is not
loaded already.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from autograder.wall.kinds import NUMERIC, PLAIN, check, dtype_name, dtype_of, scalar, texts
from autograder.wall.library import library, library_name
from autograder.wall.tables import TABLES

LARGEST_LIST = 100_000
MOST_NODES = 400_000
"""Of one variable; lists within one another could otherwise have no end."""
KINDS = PLAIN | NUMERIC | TABLES
"""What is written as its parts, by the type's package and name."""
Node = dict[str, Any]


class TooManyError(Exception):
    """A variable of more values than cross."""


def key_of(value: object) -> str:
    """Return the name under which a value's type stands in `KINDS`, if it does."""
    cls = type(value)
    fields = cls.__dict__.get("_fields")
    if cls.__bases__ == (tuple,) and isinstance(fields, tuple):
        own = {name for name in cls.__dict__ if not name.startswith("_")}
        return "collections.namedtuple" if own == set(fields) else ""
    if cls.__module__ == "numpy.dtypes":
        return "numpy.dtype"
    return f"{cls.__module__.partition('.')[0]}.{cls.__name__}"


def build(key: str, parts: Sequence[object]) -> object:
    """Make a value from its parts. Raises ValueError, TypeError or what its library raises."""
    kind = KINDS[key]
    if kind.types is not None:
        check(parts, kind.types)
    return kind.build(*parts)


class Writer:
    """Turns values into nodes, and arrays into files or `blobs`."""

    def __init__(
        self, folder: str | None = None, remote: Callable[[object], Node | None] | None = None
    ) -> None:
        """Write arrays into `folder`, which must exist, or else collect them in `blobs`.

        `remote` may return a node for a value that does not cross.
        """
        self.folder = folder
        self.blobs: list[Any] = []
        self.files = 0
        self.nodes = 0
        self.remote = remote

    def node(self, value: object, depth: int = 0) -> Node:
        """Return the node of any value. Raises TooManyError."""
        self.nodes = self.nodes + 1 if depth else 0
        if self.nodes > MOST_NODES:
            raise TooManyError
        if value is None:
            return {"t": "none"}
        if value is ...:
            return {"t": "unfilled"}
        if type(value) is bool:
            return {"t": "bool", "v": value}
        if type(value) is int and abs(value) < 10**900:
            return {"t": "int", "v": str(value)}
        if type(value) is float:
            return {"t": "float", "v": value.hex()}
        if type(value) is str and len(value) < 1 << 20 and self.is_utf8(value):
            return {"t": "text", "v": value}
        if isinstance(value, (list, tuple, dict)) and type(value) in (list, tuple, dict):
            fits = len(value) <= LARGEST_LIST and depth < 12
            return self.container(value, depth) if fits else self.other(value)
        numpy = sys.modules.get("numpy")
        if numpy is not None and type(value) in (numpy.ndarray, numpy.memmap):
            return self.array(value, depth)
        if numpy is not None and isinstance(value, numpy.generic):
            return self.scalar(value)
        key = key_of(value)
        if key in KINDS:
            return self.instance(key, value, depth)
        if name := library_name(value):
            return {"t": "library", "name": name}
        return self.tensor_or_model(value, depth)

    def is_utf8(self, text: str) -> bool:
        """Whether a text can be written at all: half of a surrogate pair cannot."""
        return text.encode("utf-8", "ignore").decode("utf-8") == text

    def container(
        self, value: list[object] | tuple[object, ...] | dict[object, object], depth: int
    ) -> Node:
        """Return the node of a list, tuple or dict."""
        if type(value) is dict:
            pairs = [[self.node(k, depth + 1), self.node(v, depth + 1)] for k, v in value.items()]
            whole = all(key["t"] != "other" for key, _ in pairs)
            return {"t": "dict", "v": pairs} if whole else self.other(value)
        nodes = [self.node(item, depth + 1) for item in value]
        return {"t": type(value).__name__, "v": nodes}

    def instance(self, key: str, value: Any, depth: int) -> Node:
        """Return the node of a value that is written as its parts, if all of them cross."""
        kind = KINDS[key]
        try:
            parts = list(kind.parts(value))
            fits = len(parts) <= LARGEST_LIST and depth < 13
            nodes = [self.node(part, depth + 1) for part in parts] if fits else []
        except TooManyError:
            raise
        except Exception:  # noqa: BLE001 - a part that cannot be read
            return self.other(value)
        behind = ("other",) if kind.types is None else ("other", "remote")
        if not fits or any(node["t"] in behind for node in nodes):
            return self.other(value)
        return {"t": "instance", "type": key, "v": nodes}

    def tensor_or_model(self, value: Any, depth: int) -> Node:
        """Return the node of what TensorFlow, Keras and PyTorch make, or the type's name."""
        tensorflow, keras = sys.modules.get("tensorflow"), sys.modules.get("keras")
        torch = sys.modules.get("torch")
        if tensorflow is not None and isinstance(value, (tensorflow.Tensor, tensorflow.Variable)):
            return self.array(value.numpy(), depth)
        if torch is not None and type(value) in (torch.Tensor, torch.nn.Parameter):
            return self.array(value.detach().cpu().numpy(), depth)
        if keras is not None and type(value) in (keras.Sequential, keras.Model):
            return self.model(value)
        if keras is not None and isinstance(value, keras.Model):
            functional = type(value).__module__.startswith("keras.src.models")
            return self.model(value) if functional else self.other(value)
        if keras is not None and isinstance(value, keras.callbacks.History):
            params = value.params if isinstance(value.params, dict) else {}
            parts = {"history": dict(value.history), "epoch": list(value.epoch), "params": params}
            return {"t": "history", **{k: self.node(v, depth + 1) for k, v in parts.items()}}
        return self.other(value)

    def other(self, value: object) -> Node:
        """Return the node of a value that does not cross."""
        node = self.remote(value) if self.remote is not None else None
        return node or {"t": "other", "type": str(type(value).__name__)[:80]}

    def model(self, value: Any) -> Node:
        """Return the node of a Keras model."""
        weights = [self.array(weight) for weight in value.get_weights()]
        namesakes = {function: function.__name__ for function in self.namesakes(value)}
        try:
            for function, name in namesakes.items():
                function.__name__ = f"own {name}"
            return {"t": "model", "config": value.to_json(), "weights": weights}
        finally:
            for function, name in namesakes.items():
                function.__name__ = name

    def namesakes(self, model: Any) -> list[Any]:
        """Return a model's functions that are called like one of Keras' and are the student's own.

        Keras writes down nothing but a function's name, and would read its own for them.
        """
        keras, tensorflow = sys.modules["keras"], sys.modules["tensorflow"]
        of_keras = [vars(keras.activations), vars(keras.losses), vars(keras.metrics)]
        of_others = [vars(keras.ops), vars(tensorflow), vars(tensorflow.nn), vars(tensorflow.math)]
        libraries = {id(part) for space in of_keras + of_others for part in space.values()}
        names = {name for space in of_keras for name in space} | {"softmax_v2", "log_softmax_v2"}
        compiled = getattr(getattr(model, "_compile_config", None), "config", {})
        parts = [*model._flatten_layers(), *keras.tree.flatten(compiled)]
        parts += [part for whole in parts for part in getattr(whole, "__dict__", {}).values()]
        return [
            part
            for part in parts
            if type(part) is type(self.namesakes.__func__)  # type: ignore[attr-defined]
            and part.__name__ in names
            and id(part) not in libraries
        ]

    def scalar(self, value: Any) -> Node:
        """Return the node of NumPy's scalar, with its bytes."""
        import numpy

        array = numpy.asarray(value)
        if array.dtype.name == "bfloat16":
            array = array.astype("float32")
        dtype = dtype_name(array.dtype)
        if dtype is None or type(value).__module__ not in ("numpy", "ml_dtypes"):
            return self.other(value)
        raw = array.astype(array.dtype.newbyteorder("<")).tobytes()
        fits = len(raw) < 1 << 19
        return {"t": "scalar", "dtype": dtype, "v": raw.hex()} if fits else self.other(value)

    def array(self, value: Any, depth: int = 0) -> Node:
        """Write one array, and return its node."""
        import numpy

        array = numpy.asarray(value)
        if array.dtype.name == "bfloat16":
            array = array.astype("float32")
        if array.dtype.name == "object":
            return self.texts(array) or self.instance("numpy.ndarray", array, depth)
        dtype = dtype_name(array.dtype)
        if dtype is None:
            node = self.other(value)
            named = {"type": f"{node['type']} of {array.dtype.name}"[:80]}
            return {**node, **named} if node["t"] == "other" else node
        name = f"{self.files}.bin"
        self.files += 1
        array = numpy.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(array.shape)
        if self.folder is None:
            self.blobs.append(array.reshape(-1).view("uint8"))
        else:
            with open(os.path.join(self.folder, name), "wb") as file:  # noqa: PTH118, PTH123
                array.tofile(file)
        shape: list[int] = list(map(int, array.shape))
        return {"t": "array", "dtype": dtype, "shape": shape, "file": name}

    def texts(self, array: Any) -> Node | None:
        """Return the node of an array of nothing but texts, and None and NaN where one is missing.

        So a table's column is two arrays, and not a node for each of its lines.
        """
        import numpy

        items = array.ravel().tolist()
        kinds = (str, type(None), float)
        if not items or any(type(x) not in kinds or (type(x) is float and x == x) for x in items):
            return None
        lengths = [len(x) if type(x) is str else -1 if x is None else -2 for x in items]
        try:
            raw = "".join(x for x in items if type(x) is str).encode("utf-8")
        except UnicodeEncodeError:
            return None
        arrays = {
            "lengths": self.array(numpy.array(lengths, "int64")),
            "text": self.array(numpy.frombuffer(raw, "uint8")),
        }
        return {"t": "texts", "shape": list(map(int, array.shape)), **arrays}


class Reader:
    """Turns nodes back into values, on the student's side: what the judge sends is trusted."""

    def __init__(self, blobs: Sequence[Any], remote: Callable[[Node], object]) -> None:
        """Read arrays from `blobs`; `remote` returns the student's own object of a node."""
        self.blobs = blobs
        self.remote = remote

    def value(self, node: Node) -> Any:
        """Return the value of a node."""
        kind, content = node["t"], node.get("v")
        if kind in ("none", "bool", "text"):
            return content
        if kind == "unfilled":
            return ...
        if kind in ("int", "float"):
            return int(content) if kind == "int" else float.fromhex(content)  # type: ignore
        if kind in ("list", "tuple", "instance"):
            items = [self.value(item) for item in content]  # type: ignore[union-attr]
            if kind == "instance":
                return build(node["type"], items)
            return items if kind == "list" else tuple(items)
        if kind == "dict":
            return {self.value(key): self.value(item) for key, item in content}  # type: ignore
        if kind == "array":
            return self.array(node)
        if kind == "scalar":
            return scalar(node["dtype"], node["v"])[()]
        if kind == "texts":
            raw = self.array(node["text"]).tobytes()
            return texts(node["shape"], self.array(node["lengths"]), raw)
        return library(node["name"]) if kind == "library" else self.remote(node)

    def array(self, node: Node) -> Any:
        """Return an array of memory of its own."""
        import numpy

        blob = self.blobs[int(node["file"].removesuffix(".bin"))]
        raw = numpy.frombuffer(blob, "uint8").copy()
        return raw.view(dtype_of(node["dtype"])).reshape(node["shape"])
