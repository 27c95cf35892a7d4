"""Runs `fit`, `evaluate` and `predict` with several steps per call into TensorFlow.

Keras' own `steps_per_execution` leaves the arithmetic and its order as they are and saves the way
through Python between two steps: a third of the time of a small network. It is raised only while
one of the three methods runs, and only where nobody could tell: the student has not set it, the
model does not run eagerly, and no callback has a hook for batches.

An interrupt waits for the end of a call, so a network whose steps are slow makes them one by one.
"""

from __future__ import annotations

import functools
import inspect
import math
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import keras

STEPS = {"fit": 32, "evaluate": 32, "predict": 8}
"""Steps per call. `predict` is written out step by step in TensorFlow's graph: fewer are faster."""
MOST_SECONDS = 2.0
"""What one call may take: no longer does an interrupt wait."""
_MEASURED = 3
"""Steps that are measured; the first one traces as well, so the quickest counts."""
_FUNCTIONS = ("train_function", "test_function", "predict_function")
_TRACED = "_traced_for_several_steps"
_COUNTS = ("steps_per_epoch", "validation_steps", "steps")
_BATCH_HOOKS = (
    "on_batch_begin",
    "on_batch_end",
    *(
        f"on_{kind}_batch_{end}"
        for kind in ("train", "test", "predict")
        for end in ("begin", "end")
    ),
)


def install() -> None:
    """Wrap the three methods of Keras' models in this process."""
    import keras

    for name, steps in STEPS.items():
        setattr(keras.Model, name, _faster(getattr(keras.Model, name), steps))


def _faster(method: Callable[..., Any], steps: int) -> Callable[..., Any]:
    parameters = inspect.signature(method)

    @functools.wraps(method)
    def wrapper(self: keras.Model, *args: Any, **kwargs: Any) -> Any:
        try:
            given = parameters.bind(self, *args, **kwargs).arguments
        except TypeError:
            return method(self, *args, **kwargs)  # which says what is wrong
        if not _unnoticed(self, given):
            return method(self, *args, **kwargs)
        before = {attribute: getattr(self, attribute) for attribute in _FUNCTIONS}
        paced = {
            "train_function": _Paced(self, "train_step", steps),
            "test_function": _Paced(self, "test_step", steps),
        }
        _set(self, steps, _traced_before(self) or paced)
        try:
            return method(self, *args, **kwargs)
        finally:
            traced = {attribute: getattr(self, attribute) for attribute in _FUNCTIONS}
            object.__setattr__(self, _TRACED, (_made_for(self), traced))
            _set(self, 1, before)

    return wrapper


class _Paced:
    """Makes several steps per call where they are quick, as the first few show; else one by one.

    Stands in the place of a model's traced function, so each call gets Keras' iterator.
    """

    def __init__(self, model: keras.Model, step: str, steps: int) -> None:
        self._steps = steps
        self._function = model._make_function(getattr(model, step))
        self._measured = 0
        self._seconds = math.inf
        """What the quickest step took so far."""

    def __call__(self, iterator: Any) -> Any:
        """Make the steps of one call; returns the last one's logs, as Keras does."""
        if self._measured >= _MEASURED and self._seconds * self._steps <= MOST_SECONDS:
            return self._function(iterator)
        logs = None
        for _ in range(self._steps):
            data = iterator.get_next_as_optional()  # a step beyond the end would count as one
            if not data.has_value():
                break
            before = time.perf_counter()
            logs = self._function(iter([data.get_value()]))
            self._seconds = min(self._seconds, time.perf_counter() - before)
            self._measured += 1
        if logs is None:
            raise StopIteration
        return logs


def _unnoticed(model: keras.Model, given: Mapping[str, object]) -> bool:
    import keras
    import tensorflow as tf

    plain = type(model).__module__.startswith("keras.src.models")
    if not plain or model.steps_per_execution != 1 or model.run_eagerly:
        return False
    if tf.config.functions_run_eagerly():
        return False
    if any(given.get(name) is not None for name in _COUNTS):
        return False  # Keras would round the number of steps up to ours
    callbacks = given.get("callbacks")
    listed = callbacks if isinstance(callbacks, list | tuple) else [callbacks]
    return all(
        each is None or not _has_batch_hook(each, keras.callbacks.Callback) for each in listed
    )


def _has_batch_hook(callback: object, base: type) -> bool:
    """Whether a callback looks at batches; of what is not a Callback we assume it."""
    if not isinstance(callback, base):
        return True
    return any(
        name in vars(callback) or getattr(type(callback), name) is not getattr(base, name)
        for name in _BATCH_HOOKS
    )


def _made_for(model: keras.Model) -> list[object]:
    """What traced functions depend on: another compilation, layer or weight makes them stale."""
    return [getattr(model, "_compile_config", None), *model.layers, *model.trainable_variables]


def _traced_before(model: keras.Model) -> Mapping[str, object]:
    """Return the functions that an earlier call traced, where they still hold."""
    made_for, traced = getattr(model, _TRACED, ([], {}))
    now = _made_for(model)
    same = len(made_for) == len(now) and all(a is b for a, b in zip(made_for, now, strict=True))
    return traced if same else {}


def _set(model: keras.Model, steps: int, functions: Mapping[str, object]) -> None:
    """Change the number of steps, and with it the traced functions."""
    model.steps_per_execution = steps
    for attribute in _FUNCTIONS:
        setattr(model, attribute, functions.get(attribute))
