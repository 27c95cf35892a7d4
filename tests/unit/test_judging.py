"""What the hidden tests of `mnist` keep with the grade, on a small data set and made-up networks."""

from __future__ import annotations

import base64
import importlib.util
import json
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.conftest import ROOT

TEST_IMAGES = 120


@pytest.fixture(scope="module")
def judging() -> Iterator[ModuleType]:
    """The support module, on random images in place of MNIST."""
    import keras

    draw = np.random.default_rng(0)
    images = draw.integers(0, 256, (TEST_IMAGES, 28, 28), np.uint8)
    images[:2] = np.array([0, 255], np.uint8)[:, None, None]
    labels = draw.integers(0, 10, TEST_IMAGES, np.uint8)
    path = ROOT / "solutions" / "mnist" / "judging.py"
    spec = importlib.util.spec_from_file_location("judging_of_mnist", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras.datasets.mnist, "load_data", lambda: ((images, labels),) * 2)
        yield module


@pytest.fixture(autouse=True)
def fresh(judging: ModuleType) -> None:
    judging.reset()


def network(activation: str | None = "softmax", *, weight: float | None = None) -> Any:
    import keras

    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, activation=activation)])
    if weight is not None:
        model.set_weights([np.full(w.shape, weight, np.float32) for w in model.get_weights()])
    return model


def facts_of_q7(judging: ModuleType, model: Any) -> Any:
    with pytest.raises(AssertionError):  # random images cannot be told
        judging.check_test_accuracy(model)
    return json.loads(json.dumps(judging.facts(), allow_nan=False))


@pytest.mark.parametrize("activation", ["softmax", None, "sigmoid"])
def test_what_a_network_answers_is_kept(judging: ModuleType, activation: str | None) -> None:
    model = network(activation)
    facts = facts_of_q7(judging, model)
    own = np.asarray(model(judging.test_images()))
    assert facts["predictions"] == "".join(map(str, own.argmax(axis=1)))
    confusion = np.array(facts["confusion"])
    assert confusion.shape == (10, 10) and confusion.sum() == TEST_IMAGES
    assert confusion.trace() == round(facts["test_accuracy"] * TEST_IMAGES)
    assert (confusion.sum(axis=1) == np.bincount(judging.true_digits("test"), minlength=10)).all()


@pytest.mark.parametrize("activation", ["softmax", None, "sigmoid"])
def test_the_surest_wrong_digits_are_kept(judging: ModuleType, activation: str | None) -> None:
    wrong = facts_of_q7(judging, network(activation))["wrong"]
    digits = judging.true_digits("test")
    assert len(wrong) == 12
    for one in wrong:
        assert one["label"] == digits[one["index"]] != one["predicted"]
        assert sum(one["probabilities"]) == pytest.approx(1, abs=1e-3)
        assert np.argmax(one["probabilities"]) == one["predicted"]
        image = np.frombuffer(base64.b64decode(one["image"]), np.uint8)
        assert np.allclose(image / 255, judging.test_images()[one["index"]], atol=1e-6)
    sure = [max(one["probabilities"]) for one in wrong]
    assert sure == sorted(sure, reverse=True)


def test_huge_outputs_become_probabilities(judging: ModuleType) -> None:
    model = network(None)
    model.set_weights([weight * 1e30 for weight in model.get_weights()])
    wrong = facts_of_q7(judging, model)["wrong"]
    assert {max(one["probabilities"]) for one in wrong} == {1.0}


def test_a_diverged_network_leaves_nothing(judging: ModuleType) -> None:
    model = network(weight=float("nan"))
    assert "predictions" not in facts_of_q7(judging, model)
    with pytest.raises(AssertionError):
        judging.check_predictions(model, np.zeros((TEST_IMAGES, 10)), np.zeros(TEST_IMAGES))
    assert "predictions" not in judging.facts()


def test_question_8_keeps_the_answers_where_question_7_did_not(judging: ModuleType) -> None:
    model = network()
    own = np.asarray(model(judging.test_images()))
    judging.check_predictions(model, own, own.argmax(axis=1))
    first = judging.facts()["predictions"]
    assert first == "".join(map(str, own.argmax(axis=1)))
    facts_of_q7(judging, network("sigmoid", weight=0.0))
    judging.check_predictions(model, own, own.argmax(axis=1))
    assert judging.facts()["predictions"] == "0" * TEST_IMAGES


def test_a_history_is_kept_without_nan_and_small(judging: ModuleType) -> None:
    course = {f"{i:099}": [float("nan"), float("inf"), 0.5, *[0.25] * 300] for i in range(30)}
    history = SimpleNamespace(history={"loss": [1.0, float("nan")], **course})
    with pytest.raises(AssertionError):
        judging.check_history(network(), history)
    kept = json.loads(json.dumps(judging.facts(), allow_nan=False))["history"]
    assert kept["loss"] == [1.0, None]
    assert len(kept) <= 20 and max(map(len, kept)) == 60
    assert {len(row) for name, row in kept.items() if name != "loss"} == {200}
