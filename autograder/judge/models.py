"""Rebuilds Keras' models from what crossed the wall, from an allow-list of Keras' own parts.

Runs in the judge's process only. A configuration is checked as plain JSON first; nothing in it can
name code: no Lambda, no custom object, no module outside Keras.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import keras

from autograder.errors import WireError
from autograder.judge import graph
from autograder.judge.wire import ModelClaim

# fmt: off
_LAYERS = frozenset([
    "InputLayer", "Dense", "Flatten", "Reshape", "Permute", "RepeatVector", "Identity", "Rescaling",
    "Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax",
    "Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "SpatialDropout1D",
    "SpatialDropout2D", "BatchNormalization", "LayerNormalization", "UnitNormalization",
    "Conv1D", "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "ZeroPadding2D",
    "Cropping2D", "MaxPooling1D", "MaxPooling2D", "AveragePooling1D", "AveragePooling2D",
    "UpSampling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate",
])
# fmt: on
_MODELS = frozenset({"Sequential", "Functional"})
_NAMESPACES = {
    "keras.initializers": keras.initializers,
    "keras.regularizers": keras.regularizers,
    "keras.constraints": keras.constraints,
    "keras.optimizers": keras.optimizers,
    "keras.optimizers.schedules": keras.optimizers.schedules,
    "keras.losses": keras.losses,
    "keras.metrics": keras.metrics,
}
"""Where classes come from that hold data; none of them computes an answer."""
_OPERATIONS = frozenset(["keras.src.ops.numpy", "keras.src.ops.nn"])
"""Where those come from that compute, as `inputs / 255` does in a functional model."""
_COMPUTES = _OPERATIONS | {"keras.layers"}
_COMPILED = ("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics")
"""What is taken over; how the student's process ran its steps is no matter here."""
_FUNCTION_ALIASES = {"softmax_v2": "softmax", "log_softmax_v2": "log_softmax"}
_LARGEST_NUMBER = 10_000_000
_LARGEST_STEP = 1_000
_STEPS = frozenset(
    ["strides", "dilation_rate", "kernel_size", "pool_size", "size", "padding", "cropping", "n"]
)
"""Settings with a bound of their own: TensorFlow ends its process at some larger ones."""
_LONGEST_TEXT = 1_000
_MAX_PARTS = 20_000
_MAX_LAYERS = 64
"""Of layers and operations: Keras takes a time that grows with the square of their number."""
_MAX_DEPTH = 40


def history(metrics: object, epoch: object, params: object) -> Any:
    """Return what `fit` returned, as a claim says."""
    result = keras.callbacks.History()
    result.history, result.epoch = metrics, epoch
    result.set_params(params)
    return result


def model(claim: ModelClaim, notes: list[str]) -> Any:
    """Rebuild a model: layers, then weights, then what it was compiled with."""
    config = claim.config
    compiled = config.get("compile_config")
    if str(config.get("class_name")) not in _MODELS:
        raise WireError(f"a model of class {str(config.get('class_name'))[:40]!r}")
    parts = _Parts()
    rebuilt = parts.object(
        {key: config.get(key) for key in ("module", "class_name", "config", "registered_name")}
    )
    try:
        if claim.weights and not rebuilt.built:
            rebuilt.build(_input_shape(config))
        graph.check(rebuilt)
        rebuilt.set_weights(list(claim.weights))
    except WireError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever hostile shapes provoke in Keras
        raise WireError(f"weights that do not fit the model ({_short(error)})") from None
    if isinstance(compiled, dict) and compiled:
        try:
            rebuilt.compile(
                **{key: parts.any(compiled[key]) for key in _COMPILED if key in compiled}
            )
        except Exception as error:  # noqa: BLE001 - whatever a hostile configuration provokes
            notes.append(f"what the model was compiled with was refused: {_short(error)}")
    return rebuilt


def _input_shape(config: Mapping[str, object]) -> tuple[int | None, ...]:
    build = config.get("build_config")
    shape = build.get("input_shape") if isinstance(build, dict) else None
    if not isinstance(shape, list) or not 2 <= len(shape) <= 6:
        raise WireError("a built model without an input shape")
    if not all(type(n) is int and 0 < n <= 100_000 for n in shape[1:]):
        raise WireError("a model's input shape that is not a shape")
    return (None, *shape[1:])


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"


class _Parts:
    """Checks and deserialises Keras' JSON, with what is left of the budget."""

    def __init__(self) -> None:
        self._left = _MAX_PARTS
        self._layers_left = _MAX_LAYERS

    def any(self, part: object) -> object:
        """Deserialise one argument of `compile`: objects, names, or containers of them."""
        if isinstance(part, dict) and part.get("class_name") == "__lambda__":
            return _stub("<lambda>")
        if isinstance(part, dict) and part.get("class_name") == "function":
            name = str(part.get("config"))
            return name if _is_keras_function(name) else _stub(name)
        if isinstance(part, dict) and "class_name" in part:
            return self.object(part)
        if isinstance(part, dict):
            return {str(key): self.any(item) for key, item in part.items()}
        if isinstance(part, list):
            return [self.any(item) for item in part]
        return self._plain(part, 0)

    def object(self, part: Mapping[str, object]) -> Any:
        """Deserialise one object or function."""
        checked = self._plain(part, 0)
        if not isinstance(checked, dict):
            return checked  # a function, by its name
        try:
            return keras.saving.deserialize_keras_object(checked, safe_mode=True)
        except Exception as error:  # noqa: BLE001 - whatever a hostile configuration provokes
            raise WireError(f"a configuration that Keras refuses ({_short(error)})") from None

    def _plain(self, part: Any, depth: int, largest: int = _LARGEST_NUMBER) -> Any:
        """Return a checked copy of plain JSON, with functions replaced by their names."""
        self._left -= 1
        if self._left < 0 or depth > _MAX_DEPTH:
            raise WireError("a model's configuration that is too large")
        if isinstance(part, dict):
            if "class_name" in part:
                if name := _check_class(part):
                    return name
                self._layers_left -= part.get("module") in _COMPUTES
                if self._layers_left < 0:
                    raise WireError(f"a model of more than {_MAX_LAYERS} layers and operations")
            return {
                self._key(key): self._plain(
                    item, depth + 1, _LARGEST_STEP if key in _STEPS else _LARGEST_NUMBER
                )
                for key, item in part.items()
            }
        if isinstance(part, list):
            return [self._plain(item, depth + 1, largest) for item in part]
        if isinstance(part, str) and len(part) > _LONGEST_TEXT:
            raise WireError("a model's configuration with a long text")
        if isinstance(part, int | float) and not abs(part) <= largest:
            raise WireError(f"a model's configuration with the number {part!r:.30}")
        return part

    def _key(self, key: str) -> str:
        if len(key) > _LONGEST_TEXT:
            raise WireError("a model's configuration with a long key")
        return key


def _check_class(part: dict[str, Any]) -> str | None:
    """Refuse a class that is not on the list. Return the name of an allowed function."""
    name, module, registered = part["class_name"], part.get("module"), part.get("registered_name")
    if not isinstance(name, str) or not isinstance(module, str | None):
        raise WireError("a model's configuration with a class that is not a name")
    if registered not in (None, name):
        raise WireError(f"a registered object: {str(registered)[:60]!r}")
    if name == "function" and module == "builtins" and isinstance(part.get("config"), str):
        known = str(_FUNCTION_ALIASES.get(part["config"], part["config"]))
        if _is_keras_function(known):
            return known
        raise WireError(f"the student's own function {known[:60]!r}, which does not cross the wall")
    if name in _LAYERS and module == "keras.layers":
        return None
    if name in _MODELS and (module or "").startswith("keras"):
        return None
    if name == "DTypePolicy" and module == "keras":
        return None
    if name == "__keras_tensor__" and module is None:
        return None
    if module in _OPERATIONS and name in graph.OPERATIONS:
        return None
    space = _NAMESPACES.get(module or "")
    if space is not None and name[:1].isalpha() and inspect.isclass(getattr(space, name, None)):
        return None
    raise WireError(f"a model with {str(module)[:60]}.{name[:60]}, which does not cross the wall")


def _is_keras_function(name: str) -> bool:
    return any(
        inspect.isfunction(getattr(space, name, None))
        for space in (keras.activations, keras.losses, keras.metrics)
    )


def _stub(name: str) -> Callable[..., NoReturn]:
    """Stand in for a student's own function: tests see its name; calling it fails."""

    def own_function(*_: object, **__: object) -> NoReturn:
        raise NotImplementedError(f"the student's own function `{name}` does not cross the wall")

    own_function.__name__ = name[:80]
    return own_function
