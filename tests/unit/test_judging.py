"""What the hidden tests of `mnist` keep with the grade, on a small data set and made-up networks."""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import itertools
import json
import warnings
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
        judging.check_predictions(model, np.zeros((TEST_IMAGES, 10)), np.zeros(TEST_IMAGES), None)
    assert "predictions" not in judging.facts()


def test_question_8_keeps_the_answers_where_question_7_did_not(judging: ModuleType) -> None:
    model = network()
    own = np.asarray(model(judging.test_images()))
    judging.check_predictions(model, own, own.argmax(axis=1), None)
    first = judging.facts()["predictions"]
    assert first == "".join(map(str, own.argmax(axis=1)))
    facts_of_q7(judging, network("sigmoid", weight=0.0))
    judging.check_predictions(model, own, own.argmax(axis=1), None)
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


# ---------------------------------------------------------------- in which order it asks


class Asked:
    """A network that notes the blocks it is asked with, and answers by `answer`."""

    def __init__(self, model: Any, answer: Any = None) -> None:
        self.model, self.answer = model, answer
        self.blocks: list[Any] = []

    def __call__(self, images: Any, *, training: bool) -> Any:
        self.blocks.append(np.asarray(images))
        given = np.asarray(self.model(images, training=training))
        return given if self.answer is None else self.answer(np.asarray(images), given)


def asked(
    judging: ModuleType, patch: pytest.MonkeyPatch, model: Any, answer: Any = None
) -> tuple[Asked, Any]:
    """What a network is asked and answers, from the beginning."""
    wrapped = Asked(model, answer)
    judging.reset()
    patch.setattr(judging, "_call", lambda _, images, *, training=False: wrapped(images, training=training))  # fmt: skip
    return wrapped, judging.outputs(model, "test")


@pytest.fixture
def small_blocks(judging: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judging, "SMALLEST_BLOCK", 20)
    monkeypatch.setattr(judging, "LARGEST_BLOCK", 40)


@pytest.mark.usefixtures("small_blocks")
def test_the_order_follows_from_the_secret_and_from_the_network(
    judging: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, other, seen = network(), network(weight=0.5), []
    for secret, each in [("a", model), ("a", model), ("b", model), ("a", other)]:
        monkeypatch.setattr(judging, "secret", secret)
        seen.append(asked(judging, monkeypatch, each)[0].blocks)
    first, again, *others = [[block.tobytes() for block in blocks] for blocks in seen]
    assert first == again
    assert first not in others and others[0] != others[1]
    monkeypatch.undo()
    _, answers = asked(judging, monkeypatch, model)
    assert np.allclose(answers, model(judging.test_images()), atol=1e-6)


def by_place(images: Any, given: Any) -> Any:
    return np.eye(10)[np.arange(len(images)) % 10]


def by_companions(images: Any, given: Any) -> Any:
    return given + images.mean()


def for_a_few(images: Any, given: Any) -> Any:
    """One image in ten gets another answer in another block."""
    sums = images.sum(axis=1)
    chosen = np.argsort(sums)[: len(images) // 10]
    given = given.copy()
    given[chosen] = np.roll(given[chosen], 1, axis=1)
    return given


def by_the_number(images: Any, given: Any) -> Any:
    return given * (len(images) % 7 + 1)


@pytest.mark.parametrize("answer", [by_place, by_companions, for_a_few, by_the_number])
def test_a_network_that_looks_at_more_than_the_image_fails(
    answer: Any, judging: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError, match="depends on which images it is asked with"):
        asked(judging, monkeypatch, network(), answer)


ROUNDED: dict[str, Any] = {
    "exact": lambda given: given,
    "rounded": lambda given: given + np.random.default_rng().normal(0, 1e-6, given.shape),
    "huge": lambda given: given * 1e30 * (1 + np.random.default_rng().normal(0, 1e-6, given.shape)),
    "no numbers": lambda given: given * np.nan,
    "infinite": lambda given: np.where(given > given.mean(axis=1, keepdims=True), np.inf, given),
}


@pytest.mark.parametrize("case", ROUNDED)
def test_rounding_is_no_difference(
    case: str, judging: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(judging, monkeypatch, network(), lambda _, given: ROUNDED[case](given))


def test_losses_of_blocks_count_by_their_size(
    judging: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "SMALLEST_BLOCK", 7)
    monkeypatch.setattr(judging, "LARGEST_BLOCK", 90)
    model = network()
    model.compile("sgd", "mse")
    wanted = model.evaluate(judging.test_images(), judging.true_labels("test"), verbose=0)
    assert judging.compiled_loss(model, "test") == pytest.approx(wanted, rel=1e-5)


# ---------------------------------------------------------------- what is known of a submission


def test_what_is_known_can_be_taken_back(judging: ModuleType) -> None:
    before = json.loads(json.dumps(judging.state()))
    pale = judging.test_images() * 0.5
    with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError):
        judging.check_images("test", pale)
    changed = json.loads(json.dumps(judging.state()))
    assert np.allclose(judging.test_images(), pale)
    judging.restore(before)
    assert np.allclose(judging.test_images(), pale * 2)
    judging.restore(changed)
    assert np.allclose(judging.test_images(), pale)


AXES = list(itertools.permutations(range(3)))


@pytest.mark.parametrize("axes", AXES[1:])
def test_images_flattened_in_another_order_of_axes_are_explained(
    judging: ModuleType, axes: tuple[int, ...]
) -> None:
    """Later questions are judged on what the judge makes of the true images, set by set."""
    true = judging.test_images().copy()
    mixed = true.reshape(-1, 28, 28).transpose(axes).reshape(true.shape) * 2 - 1
    with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError, match=r"rows and|raw array"):
        judging.check_images("test", mixed)
    known = json.loads(json.dumps(judging.state()))
    judging.reset()
    assert np.array_equal(judging.test_images(), true)
    judging.restore(known)
    assert np.allclose(judging.test_images(), mixed, atol=1e-5)
    assert np.array_equal(judging.train_images(), judging.TRUE.apply(judging._levels("train")))


def test_single_pixels_that_stand_elsewhere_are_not_explained(judging: ModuleType) -> None:
    """Labels could be hidden in them: only what the judge makes itself is used."""
    true = judging.test_images().copy()
    mixed = true.T.reshape(true.shape).copy()
    mixed[7, :10] = mixed[7, :10][::-1] + 1e-2
    with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError):
        judging.check_images("test", mixed)
    assert np.array_equal(judging.test_images(), true)


def predicted(judging: ModuleType, model: Any, images: Any, *, handed_over: Any) -> list[str]:
    """Return the notes of question 8 where `model` predicted for `images`; it raises if wrong."""
    own = np.asarray(model(np.asarray(images, np.float32).reshape(TEST_IMAGES, 784)))
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always")
        judging.check_predictions(model, own, own.argmax(axis=1), handed_over)
    return [str(note.message) for note in notes if note.category is judging.JudgedOn]


def unexplained(judging: ModuleType, images: Any) -> None:
    """Check `images` in question 1; what is known then crosses as JSON."""
    judging.restore(json.loads(json.dumps(judging.state())))
    with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError):
        judging.check_images("test", images)
    judging.restore(json.loads(json.dumps(judging.state())))


def shuffled(judging: ModuleType) -> Any:
    return np.random.default_rng(3).permutation(judging.test_images())


@pytest.mark.parametrize("shape", [(TEST_IMAGES, 784), (TEST_IMAGES, 28, 28)])
@pytest.mark.parametrize("activation", ["softmax", None])
def test_question_8_alone_takes_the_images_that_nothing_explains(
    judging: ModuleType, activation: str | None, shape: tuple[int, ...]
) -> None:
    model, images = network(activation), shuffled(judging).reshape(shape).astype(np.float64)
    unexplained(judging, images)
    true = judging.outputs(model, "test")
    assert predicted(judging, model, images, handed_over=images) != []
    assert np.allclose(judging.outputs(model, "test"), true)
    assert judging.facts()["predictions"] == "".join(map(str, true.argmax(axis=1)))
    assert predicted(judging, model, judging.test_images(), handed_over=images) == []


def test_question_8_takes_no_images_but_those_of_question_1(judging: ModuleType) -> None:
    model, images = network(), shuffled(judging)
    changed = images.copy()
    changed[7, 7] += 1e-3
    for at_q1, at_q8 in [(None, images), (images, changed), (images, None), ([], images)]:
        judging.reset()
        if at_q1 is not None:
            unexplained(judging, np.asarray(at_q1))
        with pytest.raises(AssertionError, match="differ from this network"):
            predicted(judging, model, images, handed_over=at_q8)


def test_a_later_verdict_on_question_1_is_the_one_that_counts(judging: ModuleType) -> None:
    model, images = network(), shuffled(judging)
    unexplained(judging, images)
    judging.check_images("test", judging.test_images())
    with pytest.raises(AssertionError, match="differ from this network"):
        predicted(judging, model, images, handed_over=images)


def test_another_test_set_with_its_own_labels_is_not_taken(judging: ModuleType) -> None:
    model, images, labels = network(), shuffled(judging), judging.true_labels("test")
    unexplained(judging, images)
    with pytest.raises(AssertionError, match="one-hot form"):
        judging.check_labels("test", labels[::-1])
    with pytest.raises(AssertionError, match="differ from this network"):
        predicted(judging, model, images, handed_over=images)
    judging.check_labels("test", labels)
    assert predicted(judging, model, images, handed_over=images) != []


def test_other_answers_to_unexplained_images_fail(judging: ModuleType) -> None:
    model, images = network(), shuffled(judging)
    unexplained(judging, images)
    own = np.asarray(model(images))
    for claimed, shift in [(own, 1), (own[::-1], 0)]:
        digits = (claimed.argmax(axis=1) + shift) % 10
        with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError):
            judging.check_predictions(model, claimed, digits, images)


def test_each_unexplained_image_is_read_by_itself(
    judging: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, images = network(), shuffled(judging) * 0.5
    unexplained(judging, images)
    wrapped = Asked(model, lambda asked, given: given + (asked.max() < 0.6) * asked.mean())
    monkeypatch.setattr(judging, "_call", lambda _, images: wrapped(images, training=False))
    with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError, match="asked with"):
        judging.check_predictions(model, np.zeros((TEST_IMAGES, 10)), np.zeros(TEST_IMAGES), images)


def functional(make: Any) -> Any:
    import keras

    inputs = keras.Input((784,))
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(make(keras, inputs)))


@pytest.mark.parametrize(
    ("make", "flagged"),
    [
        (lambda keras, x: x, False),
        (lambda keras, x: keras.layers.Dropout(0.1)(keras.ops.relu(x)), False),
        (lambda keras, x: keras.ops.sign(x), True),
        (lambda keras, x: keras.layers.Dense(784)(x), True),
    ],
)
def test_operations_between_the_layers_make_another_network(
    make: Any, flagged: bool, judging: ModuleType
) -> None:
    judging._follow(network(), "q3")
    state = json.loads(json.dumps(judging.state()))
    judging.restore(state)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        judging._follow(functional(make), "q7")
    assert [str(w.message).split(":")[0] for w in caught] == ["another network"] * flagged


def checked_q6(judging: ModuleType, model: Any, *, history: bool, began: bool) -> list[str]:
    """Check question 6 on a network after a moment; return the flags."""
    course = {"loss": [2.0, 1.0] if began else [0.1, 0.05]}
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        patch.setattr(judging, "used_core_seconds", 1e-9)

        def found(model: Any, _: Any) -> None:
            judging._flag_fast_training(model, 5)
            assert history

        patch.setattr(judging, "_assert_history", found)
        for check in (
            lambda: judging.check_history(model, None),
            lambda: judging.check_began_untrained(SimpleNamespace(history=course)),
        ):
            with contextlib.suppress(AssertionError):
                check()
    return [str(w.message).split(":")[0] for w in caught]


@pytest.mark.parametrize(
    ("history", "began", "flags"), [(False, True, 1), (True, False, 1), (True, True, 0)]
)
def test_a_network_is_trained_when_question_6_has_passed(
    history: bool, began: bool, flags: int, judging: ModuleType
) -> None:
    model = network()
    assert checked_q6(judging, model, history=history, began=began) == ["too fast"]
    assert checked_q6(judging, model, history=True, began=True) == ["too fast"] * flags


def test_a_smaller_network_does_not_make_training_look_slow(judging: ModuleType) -> None:
    """What the evaluation took is kept with the network, not with the one seen last."""
    model = network()
    judging.outputs(model, "train")
    name = judging._fingerprint(model, "train")
    judging._answers[name] = judging._answers[name][0], 1.0
    judging.outputs(network(weight=0.0), "train")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "used_core_seconds", 0.5)
        with pytest.warns(judging.Suspicious, match="too fast"):
            judging._flag_fast_training(model, 5)


def test_weights_are_compared_whatever_their_layers_are_called(judging: ModuleType) -> None:
    import keras

    model = network()
    other = keras.Sequential([keras.Input((784,)), keras.layers.Dense(10, name="mine")])
    other.set_weights(model.get_weights())
    hashes = [facts_of_q7(judging, each)["weights"] for each in (model, other, network(weight=0.1))]
    assert hashes[0] == hashes[1] != hashes[2]
