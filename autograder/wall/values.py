"""Writes values in the format that the judge's `wire` describes and decodes.

Both sides use it: the judge imports it, and the kernel gets its text with the probe's. So it
imports nothing of ours, and knows of no library that is not loaded already.
"""

from __future__ import annotations

import os
import sys
from typing import Any

LARGEST_LIST = 100_000
DTYPES = {"bool", "float16", "float32", "float64"} | {
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
}


class Writer:
    """Turns values into nodes, and arrays into files."""

    def __init__(self, folder: str) -> None:
        """Write into `folder`, which must exist."""
        self.folder = folder
        self.files = 0

    def node(self, value: object, depth: int = 0) -> dict[str, object]:
        """Return the node of any value."""
        numpy = sys.modules.get("numpy")
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
        if numpy is not None and isinstance(value, numpy.generic):
            return self.array(numpy.asarray(value), "scalar")
        if numpy is not None and isinstance(value, numpy.ndarray):
            return self.array(value)
        return self.tensor_or_model(value, depth)

    def is_utf8(self, text: str) -> bool:
        """Whether a text can be written at all: half of a surrogate pair cannot."""
        return text.encode("utf-8", "ignore").decode("utf-8") == text

    def container(
        self, value: list[object] | tuple[object, ...] | dict[object, object], depth: int
    ) -> dict[str, object]:
        """Return the node of a list, tuple or dict."""
        if type(value) is dict:
            pairs = [[self.node(k, depth + 1), self.node(v, depth + 1)] for k, v in value.items()]
            return {"t": "dict", "v": pairs}
        nodes = [self.node(item, depth + 1) for item in value]
        return {"t": type(value).__name__, "v": nodes}

    def tensor_or_model(self, value: object, depth: int) -> dict[str, object]:
        """Return the node of what TensorFlow and Keras make, or the type's name."""
        tensorflow, keras = sys.modules.get("tensorflow"), sys.modules.get("keras")
        if tensorflow is not None and isinstance(value, (tensorflow.Tensor, tensorflow.Variable)):
            return self.array(value.numpy())
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

    def other(self, value: object) -> dict[str, object]:
        """Return the node of a value that does not cross."""
        return {"t": "other", "type": str(type(value).__name__)[:80]}

    def model(self, value: Any) -> dict[str, object]:
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

    def array(self, value: object, kind: str = "array") -> dict[str, object]:
        """Write one array, and return its node."""
        import numpy

        array = numpy.asarray(value)
        if array.dtype.name == "bfloat16":
            array = array.astype("float32")
        if array.dtype.name not in DTYPES:
            return {"t": "other", "type": f"{type(value).__name__} of {array.dtype.name}"[:80]}
        name = f"{self.files}.bin"
        self.files += 1
        array = numpy.ascontiguousarray(array, array.dtype.newbyteorder("<")).reshape(array.shape)
        with open(os.path.join(self.folder, name), "wb") as file:  # noqa: PTH118, PTH123
            array.tofile(file)
        shape: list[int] = list(map(int, array.shape))
        return {"t": kind, "dtype": array.dtype.name, "shape": shape, "file": name}
