"""No network is taken over whose answer for an image may depend on its place or its companions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.errors import WireError
from autograder.judge.wire import ModelClaim
from tests.unit.test_rebuild import INPUTS, functional, sequential
from tests.unit.test_wire import cross

Make = Callable[[Any], Any]

pytestmark = pytest.mark.filterwarnings("ignore")


def between(keras: Any, make: Callable[[Any, Any], Any]) -> Any:
    """A model of two dense layers with operations between them: `make` of `ops` and a tensor."""

    def layers(layers: Any, inputs: Any) -> Any:
        hidden = layers.Dense(6, "relu")(inputs)
        return layers.Dense(4, "softmax")(make(keras.ops, hidden))

    return functional(keras, layers)


def with_batches_of_three(keras: Any, *layers: Any) -> Any:
    return keras.Sequential([keras.Input(batch_shape=(3, 8)), *layers])


ROW_BY_ROW: dict[str, Make] = {
    "scaled": lambda k: functional(k, lambda y, i: y.Dense(4)((i - 0.5) / 255)),
    "scaled by hand": lambda k: functional(k, lambda y, i: y.Dense(4)(k.ops.multiply(i, 1 / 255))),
    "relu by maximum": lambda k: between(k, lambda o, x: o.maximum(x, 0)),
    "clipped": lambda k: between(k, lambda o, x: o.clip(x, 0, 1)),
    "chosen": lambda k: between(k, lambda o, x: o.where(x > 0, x, 0.0)),
    "reshaped": lambda k: between(k, lambda o, x: o.reshape(x, (-1, 6))),
    "skip by an operation": lambda k: between(k, lambda _, x: x + x * 2),
    "mean of each row": lambda k: between(k, lambda o, x: o.mean(x, axis=-1, keepdims=True)),
    "softmax": lambda k: between(k, lambda o, x: o.softmax(x)),
    "softmax over axis 1": lambda k: between(k, lambda o, x: o.log_softmax(x, axis=1)),
    "joined": lambda k: between(k, lambda o, x: o.concatenate([x, x], axis=1)),
    "layers with an axis": lambda k: sequential(k, k.layers.UnitNormalization(axis=-1), k.layers.LayerNormalization(axis=1), k.layers.Softmax(axis=-1)),
    "images with an axis": lambda k: functional(k, lambda y, i: y.BatchNormalization(axis=-2)(y.Reshape((2, 4))(i))),
    "a layer as activation": lambda k: sequential(k, k.layers.Dense(4, k.layers.LeakyReLU(0.1)), k.layers.Dense(4, k.layers.Softmax())),
    "batches of one size": lambda k: with_batches_of_three(k, k.layers.BatchNormalization(), k.layers.Dense(4)),
    "not in training": lambda k: functional(k, lambda y, i: y.BatchNormalization()(i, training=False)),
}  # fmt: skip


@pytest.mark.parametrize("case", ROW_BY_ROW)
def test_what_works_row_by_row_is_taken_over(case: str, keras: Any, models: Any) -> None:
    model = ROW_BY_ROW[case](keras)
    found = models.model(cross(model), [])
    np.testing.assert_array_equal(found(INPUTS, training=False), model(INPUTS, training=False))


MIXING: dict[str, Make] = {
    "its place, counted": lambda k: between(k, lambda o, x: o.cumsum(x * 0 + 1, axis=0)),
    "turned round": lambda k: between(k, lambda o, x: o.flip(x, axis=0)),
    "rolled": lambda k: between(k, lambda o, x: o.roll(x, 1, axis=0)),
    "sorted": lambda k: between(k, lambda o, x: o.sort(x, axis=0)),
    "ranked": lambda k: between(k, lambda o, x: x * o.cast(o.argsort(x, axis=0), "float32")),
    "mean of all": lambda k: between(k, lambda o, x: x - o.mean(x)),
    "mean of all images": lambda k: between(k, lambda o, x: x - o.mean(x, axis=0, keepdims=True)),
    "the same from the end": lambda k: between(k, lambda o, x: x - o.max(x, axis=-2, keepdims=True)),
    "one of two axes": lambda k: between(k, lambda o, x: x - o.sum(x, axis=[0, 1], keepdims=True)),
    "softmax over images": lambda k: between(k, lambda o, x: o.softmax(x, axis=0)),
    "softmax over images, from the end": lambda k: between(k, lambda o, x: o.log_softmax(x, axis=-2)),
    "two images in a row": lambda k: between(k, lambda o, x: o.reshape(x, (-1, 12))),
    "half an image in a row": lambda k: between(k, lambda o, x: o.reshape(x, (-1, 3))),
    "transposed": lambda k: between(k, lambda o, x: o.transpose(o.transpose(x))),
    "each with each": lambda k: between(k, lambda o, x: o.matmul(o.matmul(x, o.transpose(x)), x)),
    "by einsum": lambda k: between(k, lambda o, x: o.einsum("ij,kj->ij", x, x)),
    "a number for each, then all": lambda k: between(k, lambda o, x: x + o.reshape(o.sum(x, axis=1), (-1, 1))),
    "all images in a row of one": lambda k: between(k, lambda o, x: o.sum(k.layers.Reshape((1, 6))(x) + x, axis=1)),
    "the number of images": lambda k: between(k, lambda o, x: x + o.size(x)),
    "a table as a bound": lambda k: between(k, lambda o, x: o.clip(x, [[1.0], [2.0], [3.0]], 9.0)),
    "a table that scales": lambda k: with_batches_of_three(k, k.layers.Rescaling([[1.0], [2.0], [3.0]])),
    "a layer's softmax over images": lambda k: with_batches_of_three(k, k.layers.Softmax(axis=0)),
    "the same, from the end": lambda k: with_batches_of_three(k, k.layers.Softmax(axis=-2)),
    "of two axes": lambda k: with_batches_of_three(k, k.layers.Softmax(axis=[0, 1])),
    "unit normalisation": lambda k: with_batches_of_three(k, k.layers.UnitNormalization(axis=0)),
    "layer normalisation": lambda k: with_batches_of_three(k, k.layers.LayerNormalization(axis=-2)),
    "weights for each place": lambda k: with_batches_of_three(k, k.layers.BatchNormalization(axis=0)),
    "joined one below the other": lambda k: functional(k, lambda y, i: y.Concatenate(axis=0)([i, i])),
    "the same by an operation": lambda k: between(k, lambda o, x: o.concatenate([x, x], axis=0)),
    "always in training": lambda k: functional(k, lambda y, i: y.BatchNormalization()(i, training=True)),
    "a mask as a second tensor": lambda k: functional(k, lambda y, i: y.Softmax()(y.Reshape((1, 8))(i), i > 0.5)),
    "an activation over images": lambda k: sequential(k, k.layers.Dense(4, k.layers.Softmax(axis=0))),
    "an activation within another": lambda k: sequential(k, k.layers.Activation(k.layers.Softmax(axis=0))),
    "a regulariser as activation": lambda k: activation(k, k.regularizers.L2(1.0)),
    "a constraint as activation": lambda k: activation(k, k.constraints.UnitNorm(axis=0)),
    "an operation as activation": lambda k: activation(k, k.src.ops.nn.Softmax(axis=0)),
    "in a model within": lambda k: functional(k, lambda _, i: between_eight(k)(i)),
    "not built yet": lambda k: k.Sequential([k.layers.Softmax(axis=0)]),
    "not built yet, from the end": lambda k: k.Sequential([k.layers.UnitNormalization(axis=-2)]),
}  # fmt: skip


def between_eight(keras: Any) -> Any:
    return functional(keras, lambda _, inputs: keras.ops.softmax(inputs, axis=0))


def activation(keras: Any, part: Any) -> Any:
    """What no call of Keras would make: the configuration is changed afterwards."""
    model = sequential(keras, keras.layers.Dense(4, "relu"))
    claim = cross(model)
    config = keras.saving.serialize_keras_object(part)
    claim.config["config"]["layers"][1]["config"]["activation"] = config
    return claim


@pytest.mark.parametrize("case", MIXING)
def test_what_may_mix_images_is_refused(case: str, keras: Any, models: Any) -> None:
    model = MIXING[case](keras)
    claim = model if isinstance(model, ModelClaim) else cross(model)
    with pytest.raises(WireError, match=r"one image decide|does not cross|activation that is none"):
        models.model(claim, [])


TOO_MUCH: dict[str, tuple[Make, str]] = {
    "a stride": (lambda k: images(k, k.layers.Conv2DTranspose(1, 3, strides=10_000_000)), "the number 10000000"),
    "a dilation": (lambda k: images(k, k.layers.Conv2D(1, 1, dilation_rate=(1, 5_000))), "the number 5000"),
    "a pool": (lambda k: images(k, k.layers.MaxPooling2D(1_000_000, padding="same")), "the number 1000000"),
    "a margin": (lambda k: images(k, k.layers.ZeroPadding2D(((0, 0), (0, 99_999)))), "the number 99999"),
    "repeated": (lambda k: sequential(k, k.layers.RepeatVector(2_000_000)), "the number 2000000"),
    "many numbers of an image": (lambda k: images(k, k.layers.UpSampling2D(900)), "too many numbers"),
    "much work for an image": (lambda k: images(k, k.layers.Conv2D(99, 99, padding="same"), k.layers.Conv2D(99, 99, padding="same")), "multiplications"),
    "work in a model within": (lambda k: functional(k, lambda _, i: deep(k, i)), "multiplications"),
}  # fmt: skip


def images(keras: Any, *layers: Any) -> Any:
    return keras.Sequential([keras.Input((8, 8, 1)), *layers])


def deep(keras: Any, inputs: Any) -> Any:
    """A model that is used 5,832 times: eighteen times eighteen times eighteen."""
    model = sequential(
        keras, keras.layers.Dense(300), keras.layers.Dense(300), keras.layers.Dense(8)
    )
    for _ in range(3):
        start = answers = keras.Input((8,))
        for _ in range(18):
            answers = model(answers)
        model = keras.Model(start, answers)
    return model(inputs)


@pytest.mark.parametrize("case", TOO_MUCH)
def test_what_nobody_can_evaluate_is_refused(case: str, keras: Any, models: Any) -> None:
    make, words = TOO_MUCH[case]
    with pytest.raises(WireError, match=words):
        models.model(cross(make(keras)), [])
