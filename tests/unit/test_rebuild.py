"""Keras models that crossed are the same models; hostile configurations are refused."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.errors import WireError
from autograder.judge import rebuild
from autograder.judge.wire import ModelClaim, OtherClaim
from tests.unit.test_wire import cross

pytestmark = pytest.mark.filterwarnings("ignore")  # Keras has opinions on what students write
Make = Callable[[Any], Any]
INPUTS = np.random.default_rng(0).random((3, 8), "float32")
IMAGES = np.random.default_rng(0).random((2, 8, 8, 1), "float32")


def sequential(keras: Any, *layers: Any) -> Any:
    return keras.Sequential([keras.Input((8,)), *layers])


def called(model: Any, inputs: Any = INPUTS) -> Any:
    model(inputs)
    return model


def functional(keras: Any, make: Callable[[Any, Any], Any], *shape: int) -> Any:
    inputs = keras.Input(shape or (8,))
    return keras.Model(inputs, make(keras.layers, inputs))


def shared(layers: Any, inputs: Any) -> Any:
    layer = layers.Dense(8)
    return layer(layer(inputs))


def trained(keras: Any) -> Any:
    model = small(keras)
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    model.fit(INPUTS, np.eye(3, 4), epochs=2, verbose=0)
    return model


def small(keras: Any) -> Any:
    hidden, last = (keras.layers.Dense(n, a) for n, a in ((5, "relu"), (4, "softmax")))
    return sequential(keras, hidden, last)


MODELS: dict[str, Make] = {
    "dense": lambda k: small(k),
    "trained": lambda k: trained(k),
    "input shape in the layer": lambda k: k.Sequential([k.layers.Dense(4, input_shape=(8,))]),
    "batch shape": lambda k: k.Sequential([k.Input(batch_shape=(3, 8)), k.layers.Dense(4)]),
    "no input, called": lambda k: called(k.Sequential([k.layers.Dense(4)])),
    "no input, fitted shape": lambda k: called(k.Sequential([k.layers.Dense(4), k.layers.ReLU()])),
    "names": lambda k: k.Sequential([k.Input((8,), name="pixels"), k.layers.Dense(4, name="größe")], name="mine"),
    "tf.nn.softmax": lambda k: sequential(k, k.layers.Dense(4, activation=tf().nn.softmax)),
    "tf.nn.log_softmax": lambda k: sequential(k, k.layers.Dense(4, activation=tf().nn.log_softmax)),
    "relu of keras.ops": lambda k: sequential(k, k.layers.Dense(4, activation=k.ops.relu)),
    "tf.tanh": lambda k: sequential(k, k.layers.Dense(4, activation=tf().tanh), k.layers.Activation(tf().math.sigmoid)),
    "tf.nn.relu": lambda k: sequential(k, k.layers.Dense(4, activation=tf().nn.relu)),
    "activation as function": lambda k: sequential(k, k.layers.Dense(4, k.activations.gelu)),
    "activation as layer": lambda k: sequential(k, k.layers.Dense(4), k.layers.Softmax()),
    "activation layer": lambda k: sequential(k, k.layers.Dense(4), k.layers.Activation("tanh")),
    "dropout": lambda k: sequential(k, k.layers.Dense(4), k.layers.Dropout(0.5, seed=1)),
    "batch normalisation": lambda k: sequential(k, k.layers.BatchNormalization(), k.layers.Dense(4)),
    "layer normalisation": lambda k: sequential(k, k.layers.LayerNormalization(), k.layers.PReLU()),
    "rescaling": lambda k: sequential(k, k.layers.Rescaling(1 / 255), k.layers.Dense(4)),
    "initialisers": lambda k: sequential(k, k.layers.Dense(4, kernel_initializer=k.initializers.HeNormal(seed=1), bias_initializer="ones")),
    "regularisers": lambda k: sequential(k, k.layers.Dense(4, kernel_regularizer=k.regularizers.L1L2(0.1, 0.2), bias_regularizer="l2")),
    "constraints": lambda k: sequential(k, k.layers.Dense(4, kernel_constraint=k.constraints.MaxNorm(2))),
    "frozen": lambda k: sequential(k, k.layers.Dense(4, trainable=False)),
    "without bias": lambda k: sequential(k, k.layers.Dense(4, use_bias=False)),
    "double precision": lambda k: sequential(k, k.layers.Dense(4, dtype="float64")),
    "mixed precision": lambda k: sequential(k, k.layers.Dense(4, dtype="mixed_bfloat16")),
    "nested": lambda k: sequential(k, k.Sequential([k.layers.Dense(8), k.layers.BatchNormalization()]), small(k)),
    "functional": lambda k: functional(k, lambda y, i: y.Dense(4)(y.Dense(5, "relu")(i))),
    "branches": lambda k: functional(k, lambda y, i: y.Concatenate()([y.Dense(2)(i), y.Dense(3)(i)])),
    "several outputs": lambda k: functional(k, lambda y, i: [y.Dense(2)(i), y.Dense(3)(i)]),
    "skip": lambda k: functional(k, lambda y, i: y.Add()([y.Dense(8)(i), i])),
    "shared layer": lambda k: functional(k, shared),
    "a model within": lambda k: functional(k, lambda _, i: small(k)(i)),
    "flattened images": lambda k: k.Sequential([k.Input((8, 8, 1)), k.layers.Flatten(), k.layers.Dense(4)]),
    "convolution": lambda k: k.Sequential([k.Input((8, 8, 1)), k.layers.Conv2D(2, 3), k.layers.MaxPooling2D(), k.layers.Flatten()]),
    "convolution, no input": lambda k: called(k.Sequential([k.layers.Conv2D(2, 3), k.layers.GlobalAveragePooling2D()]), IMAGES),
}  # fmt: skip


def tf() -> Any:
    import tensorflow

    return tensorflow


def plain(config: Any) -> Any:
    """A configuration as plain JSON, a function as its name in Keras."""
    if isinstance(config, dict) and config.get("class_name") == "function":
        return config["config"].removesuffix("_v2")
    if isinstance(config, dict):
        return {key: plain(value) for key, value in config.items()}
    return [plain(item) for item in config] if isinstance(config, list | tuple) else config


@pytest.mark.parametrize("case", MODELS)
def test_models_come_out_the_same(case: str, keras: Any) -> None:
    model = MODELS[case](keras)
    notes: list[str] = []
    found = rebuild.value(cross(model), notes)
    assert (type(found), notes) == (type(model), [])
    assert plain(found.get_config()) == plain(model.get_config())
    inputs = IMAGES if len(model.input_shape) == 4 else INPUTS
    for one, other in zip(outputs(found, inputs), outputs(model, inputs), strict=True):
        np.testing.assert_array_equal(one, other)
    for one, other in zip(found.get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def outputs(model: Any, inputs: Any) -> list[Any]:
    found = model(inputs, training=False)
    return [np.asarray(each) for each in (found if isinstance(found, list) else [found])]


UNBUILT: dict[str, Make] = {
    "empty": lambda k: k.Sequential(),
    "no input": lambda k: k.Sequential([k.layers.Dense(4, "relu"), k.layers.Dense(2)]),
}


@pytest.mark.parametrize("case", UNBUILT)
def test_unbuilt_models_stay_so(case: str, keras: Any) -> None:
    model = UNBUILT[case](keras)
    found = rebuild.value(cross(model), [])
    assert not found.built and found.get_config() == model.get_config()


# ---------------------------------------------------------------- compiled

COMPILED: dict[str, Callable[[Any], dict[str, Any]]] = {
    "names": lambda k: {"optimizer": "rmsprop", "loss": "categorical_crossentropy", "metrics": ["accuracy"]},
    "short names": lambda k: {"optimizer": "adam", "loss": "mse", "metrics": ["acc", "mae"]},
    "objects": lambda k: {"optimizer": k.optimizers.RMSprop(0.01), "loss": k.losses.CategoricalCrossentropy(from_logits=True), "metrics": [k.metrics.CategoricalAccuracy(name="accuracy")]},
    "momentum": lambda k: {"optimizer": k.optimizers.SGD(0.1, momentum=0.9, clipnorm=1.0), "loss": "mse"},
    "schedule": lambda k: {"optimizer": k.optimizers.Adam(k.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9)), "loss": "mse"},
    "tensorflow.keras": lambda k: {"optimizer": tf().keras.optimizers.RMSprop(), "loss": tf().keras.losses.CategoricalCrossentropy()},
    "lists": lambda k: {"optimizer": "sgd", "loss": ["mse"], "metrics": [["accuracy"]]},
    "weights": lambda k: {"optimizer": "sgd", "loss": "mse", "loss_weights": 0.5, "weighted_metrics": ["mse"]},
}  # fmt: skip


@pytest.mark.parametrize("case", COMPILED)
def test_what_a_model_was_compiled_with_crosses(case: str, keras: Any) -> None:
    model = small(keras)
    notes: list[str] = []
    model.compile(**COMPILED[case](keras))
    found = rebuild.value(cross(model), notes)
    assert notes == []
    one, other = (plain(m.get_compile_config()) for m in (found, model))
    for part in ("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics"):
        assert one[part] == other[part]
    one, other = (m.evaluate(INPUTS, np.eye(3, 4), verbose=0) for m in (found, model))
    assert one == other


def test_how_a_model_runs_is_the_judges_choice(keras: Any, models: Any) -> None:
    model = small(keras)
    model.compile("sgd", "mse", run_eagerly=True, steps_per_execution=7, jit_compile=True)
    claim = cross(model)
    notes: list[str] = []
    claim.config["compile_config"]["unknown"] = 1
    found = models.model(claim, notes)
    assert (found.run_eagerly, found.steps_per_execution, notes) == (False, 1, [])
    assert found.compiled


def own_loss(truth: Any, found: Any) -> Any:
    return truth - found


def test_functions_cross_by_name_and_own_ones_cannot_be_called(keras: Any) -> None:
    known, own, nameless = (small(keras) for _ in range(3))
    known.compile("sgd", keras.losses.mean_squared_error, metrics=[keras.metrics.binary_accuracy])
    own.compile("sgd", own_loss)
    nameless.compile("sgd", lambda truth, found: truth - found)
    notes: list[str] = []
    found = rebuild.value(cross(known), notes)
    assert found.get_compile_config()["loss"] == "mean_squared_error"
    stub = rebuild.value(cross(own), notes).loss
    assert stub.__name__ == "own_loss"
    assert rebuild.value(cross(nameless), notes).loss.__name__ == "<lambda>"
    assert notes == []
    with pytest.raises(NotImplementedError, match="own_loss"):
        stub(1, 2)


def namesake(name: str) -> Callable[..., Any]:
    """A function of the student's own that is called like one of Keras'."""
    exec(f"def {name}(*given): return given[-1]", namespace := {})
    own: Callable[..., Any] = namespace[name]
    return own


@pytest.mark.parametrize(
    "name", ["relu", "softmax", "softmax_v2", "log_softmax_v2", "mean_squared_error"]
)
def test_an_own_activation_under_a_name_of_keras_is_refused(
    name: str, keras: Any, models: Any
) -> None:
    own = namesake(name)
    for model in (
        sequential(keras, keras.layers.Dense(4, activation=own)),
        sequential(keras, keras.Sequential([keras.layers.Activation(own)])),
    ):
        claim = cross(model)
        with pytest.raises(WireError, match=f"own function 'own {name}'"):
            models.model(claim, [])
        assert own.__name__ == name


def test_own_losses_and_metrics_under_a_name_of_keras_are_not_keras_own(keras: Any) -> None:
    model = small(keras)
    model.compile("sgd", namesake("mean_squared_error"), metrics=[[namesake("binary_accuracy")]])
    found = rebuild.value(cross(model), [])
    assert found.loss.__name__ == "own mean_squared_error"
    assert found.get_compile_config()["metrics"][0][0]["config"] == "own binary_accuracy"


REFUSED_COMPILATION: dict[str, Any] = {
    "unknown optimiser": {"optimizer": "fastest", "loss": "mse"},
    "loss as number": {"optimizer": "sgd", "loss": {"a": {"b": 10**9}}},
    "object from elsewhere": {"optimizer": {"module": "os", "class_name": "system", "config": {}}},
    "registered": {"loss": {"module": "keras.losses", "class_name": "Mine", "config": {}, "registered_name": "m>Mine"}},
    "deep": {"optimizer": json.loads('{"a":' * 500 + "1" + "}" * 500)},
    "long": {"optimizer": "x" * 2_000},
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_COMPILATION)
def test_a_refused_compilation_leaves_the_model_and_a_note(
    case: str, keras: Any, models: Any
) -> None:
    claim = honest(keras)
    notes: list[str] = []
    claim.config["compile_config"] = REFUSED_COMPILATION[case]
    found = models.model(claim, notes)
    assert len(found.get_weights()) == 4 and not found.compiled
    assert [note.split(":")[0] for note in notes] == [
        "what the model was compiled with was refused"
    ]


# ---------------------------------------------------------------- other values


def test_a_history_is_one_again(keras: Any) -> None:
    original = small(keras)
    original.compile("sgd", "mse")
    original = original.fit(INPUTS, np.eye(3, 4), epochs=2, verbose=0)
    found = rebuild.value(cross(original), [])
    assert type(found) is keras.callbacks.History
    for part in ("history", "epoch", "params"):
        assert getattr(found, part) == getattr(original, part)


@pytest.mark.parametrize(
    ("given", "name"), [("Mine", "Mine"), ("a\0b/c<d>", "abcd"), ("", "object"), ("é.x", "é.x")]
)
def test_what_does_not_cross_has_only_a_types_name(given: str, name: str) -> None:
    found = rebuild.value(OtherClaim(given), [])
    assert (type(found).__name__, repr(found)) == (name, f"<{name}>")


def test_own_classes_cross_as_their_name(keras: Any) -> None:
    own = type("Mine", (keras.Model,), {})()
    for value, name in [(own, "Mine"), (keras.layers.Dense(1), "Dense")]:
        assert cross(value) == OtherClaim(name)


def test_tensors_cross_as_arrays(keras: Any) -> None:
    tensors = [tf().constant([1, 2]), tf().Variable([1.5]), tf().cast([1.5], "bfloat16")]
    found = cross(tensors)
    assert [array.dtype.name for array in found] == ["int32", "float32", "float32"]
    assert [array.tolist() for array in found] == [[1, 2], [1.5], [1.5]]


# ---------------------------------------------------------------- hostile


@cache
def _honest(keras: Any) -> ModelClaim:
    model = small(keras)
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    claim = cross(model)
    assert isinstance(claim, ModelClaim)
    return claim


def honest(keras: Any) -> ModelClaim:
    return copy.deepcopy(_honest(keras))


def put(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of a configuration at a path like `config/layers/1/module`."""

    def change(config: Any) -> None:
        *parts, last = (int(part) if part.isdigit() else part for part in path.split("/"))
        for part in parts:
            config = config[part]
        config[last] = value

    return change


def layer(name: Any, module: Any = "keras.layers", registered: Any = None, **config: Any) -> Any:
    return {"module": module, "class_name": name, "config": config, "registered_name": registered}


DENSE, ACTIVATION = "config/layers/1", "config/layers/1/config/activation"
CODE = {"class_name": "__lambda__", "config": {"value": "4wAAAAAAAAAA"}}
HOSTILE: dict[str, Callable[[dict[str, Any]], None]] = {
    "Lambda": put(DENSE, layer("Lambda", function=CODE)),
    "Lambda without module": put(DENSE, layer("Lambda", None, function=CODE)),
    "a lambda as activation": put(ACTIVATION, CODE),
    "a lambda with module": put(ACTIVATION, {"module": "builtins", **CODE}),
    "a lambda as function": put(ACTIVATION, {"module": "builtins", "class_name": "function", "config": CODE}),
    "a function from elsewhere": put(ACTIVATION, layer("function", "os", config="system")),
    "a registered layer": put(DENSE, layer("Dense", registered="mine>Dense")),
    "a registered name alone": put(f"{DENSE}/registered_name", "mine>Dense"),
    "a module outside keras": put(f"{DENSE}/module", "os"),
    "a module like keras": put(DENSE, layer("Dense", "keras_evil.layers")),
    "the internals of keras": put(DENSE, layer("Dense", "keras.src.layers.core.dense")),
    "a function of keras": put(DENSE, layer("get_file", "keras.utils")),
    "TFSMLayer": put(DENSE, layer("TFSMLayer", filepath="/tmp/x")),
    "TorchModuleWrapper": put(DENSE, layer("TorchModuleWrapper")),
    "StringLookup": put(DENSE, layer("StringLookup", vocabulary="/etc/passwd")),
    "a numpy array": put(DENSE, {"class_name": "__numpy__", "config": {"value": [1], "dtype": "O"}}),
    "a type specification": put(ACTIVATION, {"class_name": "__typespec__", "spec_name": "x", "module": "os", "spec_config": []}),
    "an unknown layer": put(DENSE, layer("Magic")),
    "an initialiser from a file": put(f"{DENSE}/config/kernel_initializer", layer("load", "numpy")),
    "a getter as initialiser": put(f"{DENSE}/config/kernel_initializer", layer("get", "keras.initializers")),
    "an initialiser of nothing": put(f"{DENSE}/config/kernel_initializer", "no such"),
    "another model class": put("class_name", "Model"),
    "a model's class as list": put("class_name", ["Sequential"]),
    "a model's class as object": put("class_name", {}),
    "no model class": lambda config: config.clear(),
    "a model elsewhere": put("module", "os"),
    "a model's module as list": put("module", ["keras"]),
    "a class as list": put(f"{DENSE}/class_name", ["Dense"]),
    "a module as object": put(f"{DENSE}/module", {"a": 1}),
    "no configuration": put("config", None),
    "a configuration as list": put("config", []),
    "layers as object": put("config/layers", {"0": 1}),
    "layers of numbers": put("config/layers", [1, 2]),
    "a layer within itself": put(DENSE, {}),
    "a huge number": put(f"{DENSE}/config/units", 10**9),
    "an infinite number": put(f"{DENSE}/config/units", float("inf")),
    "not a number": put(f"{DENSE}/config/units", float("nan")),
    "a negative number": put(f"{DENSE}/config/units", -5),
    "units as text": put(f"{DENSE}/config/units", "five"),
    "an unknown argument": put(f"{DENSE}/config/magic", 1),
    "a long text": put("config/name", "x" * 1_001),
    "a long key": put("config/" + "x" * 1_001, 1),
    "a name of two parts": put("config/name", "a/b"),
    "deep nesting": put(DENSE, json.loads("[" * 60 + "]" * 60)),
    "too many parts": put(DENSE, [0] * 20_001),
    "too many layers": put("config/layers", [layer("Identity")] * 65),
    "too many layers within layers": put(DENSE, layer("Sequential", "keras", layers=[layer("Identity")] * 65)),
    "another shape": put(f"{DENSE}/config/units", 6),
    "one layer less": put("config/layers/2", layer("Dropout", rate=0.5)),
}  # fmt: skip


LEFT_TO_KERAS = {
    "an initialiser of nothing", "no configuration", "a configuration as list", "layers as object",
    "layers of numbers", "a layer within itself", "a negative number", "units as text",
    "an unknown argument", "a name of two parts", "another shape", "one layer less",
}  # fmt: skip
"""Harmless nonsense; all else is refused before Keras sees any of it."""


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_configurations_are_refused(case: str, keras: Any, models: Any) -> None:
    claim = honest(keras)
    assert models.model(claim, []).count_params() == 69
    HOSTILE[case](claim.config)
    with pytest.raises(WireError) as caught:
        models.model(claim, [])
    late = any(words in str(caught.value) for words in ("Keras refuses", "do not fit"))
    assert late == (case in LEFT_TO_KERAS)


WRONG_WEIGHTS: dict[str, Callable[[list[Any]], list[Any]]] = {
    "none": lambda w: [],
    "one less": lambda w: w[:-1],
    "one more": lambda w: [*w, w[0]],
    "another order": lambda w: w[::-1],
    "another shape": lambda w: [w[0].T, *w[1:]],
    "no dimensions": lambda w: [np.float32(1), *w[1:]],
    "empty": lambda w: [np.zeros((0, 5), "float32"), *w[1:]],
}


@pytest.mark.parametrize("case", WRONG_WEIGHTS)
def test_weights_that_do_not_fit_are_refused(case: str, keras: Any, models: Any) -> None:
    claim = honest(keras)
    weights = WRONG_WEIGHTS[case](list(claim.weights))
    with pytest.raises(WireError, match="weights"):
        models.model(ModelClaim(claim.config, tuple(weights)), [])


SHAPES: list[Any] = [None, 8, "8", [], [None], [None, "8"], [None, 0], [None, 10**9], [None] * 7]


@pytest.mark.parametrize("shape", SHAPES, ids=repr)
def test_a_built_model_needs_a_true_input_shape(shape: Any, keras: Any, models: Any) -> None:
    claim = honest(keras)
    del claim.config["config"]["layers"][0]
    claim.config["config"].pop("build_input_shape", None)
    claim.config["build_config"] = {"input_shape": [3, 8]}
    assert models.model(claim, []).input_shape == (None, 8)
    claim.config["build_config"] = {"input_shape": shape}
    with pytest.raises(WireError, match=r"without an input shape|that is not a shape"):
        models.model(claim, [])


# ---------------------------------------------------------------- fuzzing


def paths(part: Any, here: str = "") -> Iterator[str]:
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, value in items:
        yield f"{here}{key}"
        if isinstance(value, dict | list):
            yield from paths(value, f"{here}{key}/")


NAMES = ["Dense", "Lambda", "Sequential", "function", "keras", "keras.layers", "keras.losses", ""]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 50) | st.floats(-1e9, 1e9)
    | st.sampled_from([*NAMES, "relu", "é", "x" * 1_001, 10**30, float("nan"), "class_name"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["class_name", "module", "config", "registered_name", "name", "x"]),
        inner, max_size=4),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_changed_configuration_is_rebuilt_or_refused(
    keras: Any, models: Any, data: st.DataObject
) -> None:
    claim = honest(keras)
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(sorted(paths(claim.config))))
        put(path, data.draw(JUNK))(claim.config)
    try:
        found = models.model(claim, [])
    except WireError as error:
        assert str(error)
    else:
        assert isinstance(found, keras.Model)


def test_a_model_where_the_assignment_has_no_keras_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "autograder.judge.models", None)
    monkeypatch.delattr(sys.modules["autograder.judge"], "models", raising=False)
    with pytest.raises(WireError, match="does not import"):
        rebuild.value(ModelClaim({}, ()), [])
