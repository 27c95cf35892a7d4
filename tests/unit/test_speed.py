"""Several steps per call change nothing that can be seen, and are not used where they might."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from autograder.sandbox import speed

pytestmark = [
    pytest.mark.filterwarnings("ignore:`shuffle=True` was passed"),  # two tests do, on purpose
    pytest.mark.filterwarnings("ignore:__array__ implementation"),  # of TensorFlow's variables
]
METHODS = ("fit", "evaluate", "predict")
X = np.random.default_rng(0).normal(size=(330, 20)).astype("float32")
Y = np.eye(10, dtype="float32")[np.random.default_rng(1).integers(0, 10, len(X))]


@pytest.fixture
def fast(keras: Any) -> Iterator[Callable[[], None]]:
    """A function that installs the wrappers; the original methods are put back afterwards."""
    originals = {name: getattr(keras.Model, name) for name in METHODS}
    yield speed.install
    for name, method in originals.items():
        setattr(keras.Model, name, method)


def network(keras: Any, **compiled: Any) -> Any:
    keras.utils.set_random_seed(1)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((20,)),
            layers.Dense(16, "relu"),
            layers.Dropout(0.3),
            layers.Dense(10, "softmax"),
        ]
    )
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"], **compiled)
    return model


def dataset(batch: int = 8) -> Any:
    import tensorflow as tf

    return tf.data.Dataset.from_tensor_slices((X, Y)).batch(batch)


WAYS: dict[str, Callable[[Any, Any], Any]] = {
    "fit": lambda k, m: m.fit(X, Y, batch_size=8, epochs=2, verbose=0).history,
    "fit with validation": lambda k, m: m.fit(X, Y, batch_size=8, epochs=1, verbose=0, validation_split=0.2).history,
    "fit a part of an endless data set": lambda k, m: m.fit(dataset().repeat(), steps_per_epoch=7, epochs=2, verbose=0).history,
    "fit with a part for validation": lambda k, m: m.fit(X, Y, batch_size=8, verbose=0, validation_data=dataset(), validation_steps=3).history,
    "fit until it is good": lambda k, m: m.fit(X, Y, batch_size=8, epochs=5, verbose=0, callbacks=[k.callbacks.EarlyStopping("loss", 0.1, 0), k.callbacks.LearningRateScheduler(lambda e, lr: lr / 2)]).history,
    "evaluate": lambda k, m: m.evaluate(X, Y, batch_size=8, verbose=0),
    "evaluate a part": lambda k, m: m.evaluate(X, Y, batch_size=8, steps=5, verbose=0),
    "predict": lambda k, m: m.predict(X, batch_size=8, verbose=0).tolist(),
    "predict a part": lambda k, m: m.predict(X, batch_size=8, steps=5, verbose=0).tolist(),
    "predict a part by position": lambda k, m: m.predict(X, 8, 0, 5).tolist(),
}  # fmt: skip


PACES = {"quick": float("inf"), "slow": 0.0}


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("way", WAYS)
def test_results_are_equal_to_the_bit(
    way: str, pace: str, keras: Any, fast: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "MOST_SECONDS", PACES[pace])
    results = []
    for several in (False, True):
        if several:
            fast()
        model = network(keras)
        found = WAYS[way](keras, model)
        weights = [weight.tobytes() for weight in model.get_weights()]
        results.append((found, weights, int(model.optimizer.iterations)))
    assert results[0] == results[1]


@pytest.fixture
def steps(keras: Any, fast: Callable[[], None]) -> list[int]:
    """How many steps each call was made with: the originals are replaced by recorders."""
    seen: list[int] = []

    def recorder(method: Callable[..., Any]) -> Callable[..., None]:
        @functools.wraps(method)
        def record(self: Any, *args: Any, **kwargs: Any) -> None:
            seen.append(self.steps_per_execution)

        return record

    for name in METHODS:
        setattr(keras.Model, name, recorder(getattr(keras.Model, name)))
    fast()
    return seen


def callback(keras: Any, hook: str) -> Any:
    return type("Mine", (keras.callbacks.Callback,), {hook: lambda *_: None})()


def fitted_with(hook: str) -> Callable[[Any], Any]:
    return lambda k: network(k).fit(X, Y, callbacks=[callback(k, hook)])


def with_attribute(keras: Any, hook: str) -> Any:
    found = keras.callbacks.Callback()
    setattr(found, hook, lambda *_: None)
    return found


def own_class(keras: Any) -> Any:
    inputs = keras.Input((20,))
    model = type("Mine", (keras.Model,), {})(inputs, keras.layers.Dense(10)(inputs))
    model.compile("sgd", "mse")
    return model


APPLIED: dict[str, Callable[[Any], Any]] = {
    "fit": lambda k: network(k).fit(X, Y),
    "evaluate": lambda k: network(k).evaluate(X, Y),
    "predict": lambda k: network(k).predict(X),
    "no callbacks": lambda k: network(k).fit(X, Y, callbacks=[None]),
    "a callback of epochs": lambda k: network(k).fit(X, Y, callbacks=[callback(k, "on_epoch_end")]),
    "early stopping": lambda k: network(k).fit(X, Y, callbacks=k.callbacks.EarlyStopping()),
    "compiled with one step": lambda k: network(k, steps_per_execution=1).fit(X, Y),
}  # fmt: skip


@pytest.mark.parametrize("case", APPLIED)
def test_steps_are_raised_where_nobody_can_tell(case: str, keras: Any, steps: list[int]) -> None:
    APPLIED[case](keras)
    assert len(steps) == 1 and steps[0] in speed.STEPS.values() and steps[0] > 1


LEFT: dict[str, tuple[Callable[[Any], Any], int]] = {
    **{
        f"callback with {hook}": (fitted_with(hook), 1) for hook in speed._BATCH_HOOKS
    },
    "callback by position": (lambda k: network(k).fit(X, Y, 8, 1, 0, [callback(k, "on_batch_end")]), 1),
    "callback with a hook put on": (lambda k: network(k).fit(X, Y, callbacks=with_attribute(k, "on_train_batch_end")), 1),
    "a lambda callback": (lambda k: network(k).fit(X, Y, callbacks=[k.callbacks.LambdaCallback(on_train_batch_end=lambda *_: None)]), 1),
    "a list of callbacks of Keras": (lambda k: network(k).fit(X, Y, callbacks=k.callbacks.CallbackList([])), 1),
    "not a callback": (lambda k: network(k).predict(X, callbacks=[object()]), 1),
    "eager": (lambda k: network(k, run_eagerly=True).fit(X, Y), 1),
    "steps that the student set": (lambda k: network(k, steps_per_execution=5).fit(X, Y), 5),
    "an own model class": (lambda k: own_class(k).fit(X, Y), 1),
    "fit a part": (lambda k: network(k).fit(X, Y, steps_per_epoch=2), 1),
    "validate a part": (lambda k: network(k).fit(X, Y, validation_data=(X, Y), validation_steps=2), 1),
    "evaluate a part": (lambda k: network(k).evaluate(X, Y, steps=2), 1),
    "predict a part": (lambda k: network(k).predict(X, steps=2), 1),
    "predict a part by position": (lambda k: network(k).predict(X, 8, 0, 2), 1),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT)
def test_steps_stay_where_somebody_could_tell(case: str, keras: Any, steps: list[int]) -> None:
    call, expected = LEFT[case]
    call(keras)
    assert steps == [expected]


def test_everything_run_eagerly_is_left_alone(keras: Any, steps: list[int]) -> None:
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    try:
        network(keras).fit(X, Y)
    finally:
        tf.config.run_functions_eagerly(False)
    assert steps == [1]


@pytest.mark.parametrize(("seconds", "expected"), [(0.0, 165), (float("inf"), 32)])
def test_slow_steps_are_made_one_by_one(
    seconds: float,
    expected: int,
    keras: Any,
    fast: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An interrupt waits for the end of a call into TensorFlow."""
    monkeypatch.setattr(speed, "MOST_SECONDS", seconds)
    fast()
    model, calls = network(keras), []
    make = type(model)._make_function

    def counting(self: Any, step: Any) -> Any:
        function = make(self, step)
        return lambda iterator: (calls.append(iterator), function(iterator))[1]

    monkeypatch.setattr(type(model), "_make_function", counting)
    model.fit(X, Y, batch_size=2, verbose=0)
    one_by_one = [call for call in calls if type(call) is type(iter([]))]
    assert len(one_by_one) == expected


@pytest.mark.parametrize("name", METHODS)
def test_steps_are_put_back_even_after_an_error(
    name: str, keras: Any, fast: Callable[[], None]
) -> None:
    import tensorflow as tf

    fast()
    model = network(keras)
    arguments = (X, Y) if name != "predict" else (X,)
    getattr(model, name)(*arguments, verbose=0)
    assert model.steps_per_execution == 1 and model.train_function is None
    with pytest.raises((tf.errors.InvalidArgumentError, ValueError)):  # when run, or traced
        getattr(model, name)(X[:, :3], *arguments[1:], verbose=0)
    assert model.steps_per_execution == 1 and model.train_function is None


def test_the_methods_keep_their_names_and_help(keras: Any, fast: Callable[[], None]) -> None:
    before = {name: getattr(keras.Model, name) for name in METHODS}
    fast()
    for name, method in before.items():
        wrapped = getattr(keras.Model, name)
        assert wrapped is not method
        assert (wrapped.__name__, wrapped.__doc__) == (name, method.__doc__)


def test_what_was_traced_is_used_again(keras: Any, fast: Callable[[], None]) -> None:
    fast()
    model, traced = network(keras), []
    step = type(model).test_step

    def counting(self: Any, data: Any) -> Any:
        traced.append(data)
        return step(self, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(model), "test_step", counting)
        model.evaluate(X, Y, verbose=0)
        model.fit(X, Y, verbose=0)
        first = len(traced)
        model.evaluate(X, Y, verbose=0)
        second = len(traced)
        model.compile("sgd", "mse", metrics=["accuracy"])
        model.evaluate(X, Y, verbose=0)
    assert 0 < first == second < len(traced)
    assert model.test_function is None


CHANGES: dict[str, Callable[[Any, Any], Any]] = {
    "compiled again": lambda k, m: m.compile("sgd", "mse", metrics=["mae"]),
    "a layer added": lambda k, m: m.add(k.layers.Dense(10, "softmax", kernel_initializer="ones")),
    "a layer removed and another put in its place": lambda k, m: (m.pop(), m.add(k.layers.Dense(10))),
    "frozen": lambda k, m: setattr(m.layers[0], "trainable", False),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_model_that_changes_is_traced_again(
    change: str, keras: Any, fast: Callable[[], None]
) -> None:
    results = []
    for several in (False, True):
        if several:
            fast()
        model = network(keras)
        model.fit(X, Y, verbose=0)
        model.predict(X, verbose=0)
        model.evaluate(X, Y, verbose=0)
        CHANGES[change](keras, model)
        if change != "compiled again":
            model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
        found = [model.evaluate(X, Y, verbose=0), model.fit(X, Y, verbose=0).history]
        results.append((found, model.predict(X, verbose=0).tolist()))
    assert results[0] == results[1]
