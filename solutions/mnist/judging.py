"""What the hidden tests of `mnist` share.

- The true data, as `keras.datasets.mnist.load_data` gives it. No answer is copied into a test.
- The judge's own evaluation of a network. A student's numbers are claims; these are the facts.
- One mistake costs once: what a student did to the images in question 1 is done to the true ones
  in the questions after it. Where nothing explains them, question 8 alone asks the network about
  the student's own: whether these are its predictions, which labels hidden in them cannot change.
- Nobody can foresee in which order, and in which blocks, a network is asked: an answer belongs to
  an image, not to its place or its companions.

Only the hidden tests import this module. It keeps what it has learned about one submission in
`_submission`, which the judge takes back where a verdict does not count. It never changes a
student's network: it works on the outputs or on a copy.
Image arrays have shape (n, 784), outputs (n, 10), n is 60,000 (train) or 10,000 (test).
"""

import base64
import hashlib
import itertools
import json
import random
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Literal

import keras
import numpy as np
from numpy.typing import NDArray

Which = Literal["train", "test"]
Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
_NAMES: tuple[Which, Which] = ("train", "test")

AS_THEY_ARE = (0, 1, 2)  # the axes of the raw arrays: images, rows, columns
BLOCK = 2_000  # images at a time: 6 MB of float32
# A network is asked with blocks of so many images, and about some images once more in small ones.
SMALLEST_BLOCK, LARGEST_BLOCK = 1_500, 2_500
ASKED_AGAIN, SMALL_BLOCKS = 300, 8

# An image is right when every pixel is. One grey level is 1/255 = 0.0039; float16 rounds by 0.0005.
PIXEL_TOLERANCE = 1e-3
# Two evaluations of one network differ by rounding: by less than one image in 10,000.
AGREES = 1e-3
# The same for a loss, relative above 1. Rounding is 1e-5; untrained ones vary by 0.04.
LOSS_AGREES = 2e-3
# A probability computed in blocks of another size differs by about 1e-6; where a network computes
# with 8 or 11 bits, by 0.01.
PROBABILITY_TOLERANCE = 1e-3
COARSE_TOLERANCE = 0.1
COARSE = ("float16", "bfloat16")
# Untrained networks: 0.099 +- 0.027, 0.026 to 0.197, over 1,200 seeds on MNIST, and the same on the
# stand-in (300 seeds). Question 5's public test has the same numbers.
UNTRAINED_ACCURACY = (0.01, 0.25)
# What question 7 asks for; its public test has the same number.
TEST_ACCURACY = 0.97
# So far below it chance alone can bring a correct network; calibration.json has the distribution.
CHANCE = 0.005
# The first epoch: accuracy 0.922 to 0.925 and loss 0.26 to 0.28 in 22 trainings on MNIST, 0.892 to
# 0.896 and 0.34 on the stand-in. Of a second `fit`: 0.991 to 0.997 and 0.03 or less; of a `fit`
# after one epoch: 0.968 and 0.105.
FIRST_EPOCH_ACCURACY = 0.95
FIRST_EPOCH_LOSS = 0.18
# On images treated otherwise a second `fit` may begin lower. But from its first epoch to its second
# it gains 0.0004 to 0.018; an untrained network gains 0.043 to 0.35 (MNIST and the stand-in).
FIRST_GAIN = 0.025
BETTER_THAN_GUESSING = 0.5
# Training accuracy evaluated afterwards minus the last epoch's running one: -0.002 to +0.005 in 22
# trainings on MNIST, -0.009 to +0.005 in 19 of 20 on the stand-in. Now and then the very last steps
# spoil a network: -0.025 in one. Its loss was 0.06 off, those of the others up to 0.02.
RUNNING_BELOW, RUNNING_ABOVE = 0.03, 0.015
RUNNING_LOSS = 0.1
# On images treated otherwise, 21 trainings: -0.031 to +0.016, losses up to 0.2 apart.
TREATED = 3

# What is kept with the grade for people to read has to stay small, whatever a notebook hands over.
WRONG_SHOWN = 12
MOST_METRICS, MOST_EPOCHS, LONGEST_NAME, LONGEST_PARTS = 20, 200, 60, 2_000


# Training minus test accuracy of a correct network, mean and standard deviation; calibration.json.
GAP = 0.0125, 0.0015
GAP_FLAG = 5.0  # standard deviations below the mean
# An epoch costs as much as 3 evaluations of the training set: a step computes gradients, too.
FASTEST_EPOCH = 2.0

# What learns nothing, and may stand in the network that is asked for.
HARMLESS = {"InputLayer", "Flatten", "Reshape", "Identity", "Dropout"}
HARMLESS |= {"Activation", "ReLU", "Relu", "Softmax"}

# The judge sets these two, plain Otter does not: what the student's cells used so far, and what
# only this installation knows.
used_core_seconds = 0.0
secret = ""


class JudgedOn(UserWarning):
    """Says on which images the later questions are judged; a note for staff."""


class Suspicious(UserWarning):
    """A flag, "name: evidence": no mark changes, and a human is told."""


# --- the true data ----------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _true_data() -> dict[Which, tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Return the images, (n, 784) grey levels, and the digits, (n,), of both sets; read-only."""
    loaded = keras.datasets.mnist.load_data()
    data: dict[Which, tuple[NDArray[np.uint8], NDArray[np.uint8]]] = {}
    for which, (images, digits) in zip(_NAMES, loaded, strict=True):
        images = np.ascontiguousarray(images, dtype=np.uint8).reshape(len(images), -1)
        digits = np.array(digits, dtype=np.uint8)
        images.flags.writeable = digits.flags.writeable = False
        data[which] = images, digits
    return data


def warm() -> None:
    """Load the true data with NumPy alone, so that processes forked from this one share it."""
    _true_data()
    for which in _NAMES:
        _true_images(which)


@lru_cache(maxsize=2)
def _true_images(which: Which) -> Floats:
    """Return the true images as they should be handed over: (n, 784), from 0 to 1; read-only."""
    images = TRUE.apply(_levels(which))
    images.flags.writeable = False
    return images


def _levels(which: Which) -> NDArray[np.uint8]:
    """Return the true images as grey levels, shape (n, 784)."""
    return _true_data()[which][0]


@lru_cache(maxsize=2)
def _arranged(which: Which, axes: tuple[int, ...]) -> NDArray[np.uint8]:
    """Return the grey levels as they are with the raw array's axes in another order, (n, 784)."""
    levels = _levels(which)
    return levels.reshape(-1, 28, 28).transpose(axes).reshape(levels.shape)


def true_digits(which: Which) -> NDArray[np.uint8]:
    """Return the true digits, shape (n,)."""
    return _true_data()[which][1]


def true_labels(which: Which) -> Floats:
    """Return the true labels one-hot, shape (n, 10)."""
    return np.eye(10, dtype=np.float32)[true_digits(which)]


# --- what a student did to the images ---------------------------------------------------------


@dataclass(frozen=True)
class Treatment:
    """What was done to the true images, whose pixels lie in [0, 1]: pixel * factor + offset."""

    factor: float = 1.0
    offset: float = 0.0
    axes: tuple[int, ...] = AS_THEY_ARE
    """The order of the raw array's axes (images, rows, columns) before it was flattened."""

    def table(self) -> Floats:
        """Return the treated value of each of the 256 grey levels."""
        if (self.factor, self.offset) == (1.0, 0.0):
            return np.arange(256, dtype=np.float32) / np.float32(255)
        with np.errstate(all="ignore"):
            levels = np.arange(256) / 255 * self.factor + self.offset
            return levels.astype(np.float32)

    def keeps_information(self) -> bool:
        """Return whether 256 grey levels are still 256 finite numbers, in order."""
        table = self.table()
        with np.errstate(all="ignore"):
            steps = np.diff(table) * np.sign(self.factor)
        return bool(np.isfinite(table).all() and (steps > 0).all())

    def apply(self, levels: NDArray[np.uint8]) -> Floats:
        """Return the treated images for grey levels, shape (n, 784), whose axes are arranged."""
        return self.table()[levels]

    def __str__(self) -> str:
        """Say it so that it can follow "the true images"."""
        known = {
            (255.0, 0.0): "never divided by 255",
            (1 / 255, 0.0): "divided by 255 twice",
            (1 / 255**2, 0.0): "divided by 255 three times",
            (255 / 256, 0.0): "divided by 256",
            (2.0, -1.0): "scaled to [-1, 1]",
            (-1.0, 1.0): "black and white exchanged",
        }
        parts = []
        if not np.allclose((self.factor, self.offset), (1, 0), rtol=1e-4, atol=1e-7):
            plus = f" plus {self.offset:.4g}" if abs(self.offset) > 1e-6 else ""
            names = (
                f" ({text})"
                for pair, text in known.items()
                if np.allclose((self.factor, self.offset), pair, rtol=1e-4, atol=1e-7)
            )
            parts.append(f"times {self.factor:.4g}{plus}{next(names, '')}")
        if self.axes == (0, 2, 1):
            parts.append("with rows and columns exchanged")
        elif self.axes != AS_THEY_ARE:
            parts.append(f"flattened with the axes of the raw array in the order {self.axes}")
        return ", ".join(parts)


TRUE = Treatment()


@dataclass
class _Submission:
    """What is known about the submission that is being judged; JSON can hold it."""

    treatments: dict[Which, Treatment] = field(
        default_factory=lambda: {"train": TRUE, "test": TRUE}
    )
    own_test_images: str = ""
    """The hash of question 1's test images where nothing explains them; they are 31 MB."""
    other_digits: bool = False
    """Whether question 2's test labels are one for each image, and not the true ones."""
    running_accuracy: dict[str, float] = field(default_factory=dict)
    """The last training accuracy that `fit` reported, by the `_fingerprint` of its network."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What was measured, by name, as `facts` returns it."""
    parts: dict[str, str] = field(default_factory=dict)
    """What the network consists of that a question was last checked with."""
    weights: dict[str, str] = field(default_factory=dict)
    """Its `_fingerprint`."""
    trained: list[str] = field(default_factory=list)
    """The networks that question 6 found trained, by `_fingerprint`."""
    of_history: str = ""
    """The one whose history was found right just now, and nothing more yet."""
    untrained_at: float = 0.0
    """`used_core_seconds` when question 5 found the network untrained."""


_submission = _Submission()
_answers: dict[str, tuple[Floats, float]] = {}
"""The outputs of the networks seen last, by `_fingerprint`, and what they took in core-seconds."""


def reset() -> None:
    """Forget the submission; the next one begins."""
    restore(asdict(_Submission()))
    _answers.clear()


def state() -> dict[str, Any]:
    """Return what was learned about this submission so far, for `restore`; JSON can hold it."""
    return asdict(_submission)


def restore(known: dict[str, Any]) -> None:
    """Go back to what was known: later questions rest on the verdicts that count."""
    global _submission
    treatments = {
        which: Treatment(**{**how, "axes": tuple(how["axes"])})
        for which, how in known["treatments"].items()
    }
    _submission = _Submission(**{**known, "treatments": treatments})


def facts() -> dict[str, Any]:
    """Return what was measured about this submission so far, by name."""
    bounds = {"untrained_accuracy": UNTRAINED_ACCURACY, "test_accuracy": (TEST_ACCURACY, 1.0)}
    return {**_submission.facts, "bounds": bounds}


def train_images() -> Floats:
    """Return the training images on which this submission is judged, shape (60000, 784)."""
    return _judged_images("train", slice(None))


def test_images() -> Floats:
    """Return the test images on which this submission is judged, shape (10000, 784)."""
    return _judged_images("test", slice(None))


def _judged_images(which: Which, rows: slice | Rows) -> Floats:
    """Return some of the images on which this submission is judged."""
    treatment = _submission.treatments[which]
    if treatment == TRUE:
        return _true_images(which)[rows]
    return treatment.apply(_arranged(which, treatment.axes)[rows])


def check_images(which: Which, images: object) -> None:
    """Question 1: assert that these are the true images; remember what was done to them."""
    _submission.treatments[which] = TRUE
    if which == "test":
        _submission.own_test_images = ""
    name = f"{which}_images"
    levels = _levels(which)
    values = np.asarray(images)
    problem = ""
    if values.dtype.kind not in "fiu":
        problem = f"hold {values.dtype} values, not numbers"
    elif values.size != levels.size:
        problem = f"have shape {values.shape}: these cannot be {len(levels)} images of 784 pixels"
    if not problem:
        values = values.reshape(levels.shape)
        if np.array_equal(values, _true_images(which)) or _is_treated(values, levels, TRUE):
            return
        treatment = _explain(values, which)
        if treatment is not None:
            _submission.treatments[which] = treatment
            warnings.warn(
                f"q1: {name} are the true images {treatment}: later questions are judged on the "
                "true images treated the same way.",
                JudgedOn,
                stacklevel=1,
            )
            raise AssertionError(
                f"`{name}` are the true images {treatment}. Run the notebook again from the cell "
                "that loads the data, and begin with the raw arrays."
            )
        problem = _difference(values, levels)
        if which == "test":
            _submission.own_test_images = _hash(_as_test_images(images))
    warnings.warn(
        f"q1: {name} {problem}: later questions are judged on the true images.",
        JudgedOn,
        stacklevel=1,
    )
    raise AssertionError(f"`{name}` {problem}. Expected: the raw images, in their order, / 255.")


def _is_treated(values: NDArray[Any], levels: NDArray[np.uint8], treatment: Treatment) -> bool:
    """Return whether `values` are these images, whose axes are arranged, treated to the pixel."""
    tolerance = PIXEL_TOLERANCE * abs(treatment.factor)
    with np.errstate(all="ignore"):
        for start in range(0, len(levels), BLOCK):
            block = values[start : start + BLOCK].astype(np.float32, copy=False)
            wrong = np.abs(treatment.apply(levels[start : start + BLOCK]) - block)
            if not wrong.max() <= tolerance:  # written so that NaN is wrong, too
                return False
    return True


def _explain(values: NDArray[Any], which: Which) -> Treatment | None:
    """Return the treatment that made `values`, or None. The darkest and brightest pixel tell.

    Each order of the axes is tried on the whole set: in some the first thousands of pixels are the
    black corners of all images.
    """
    for axes in itertools.permutations(AS_THEY_ARE):
        levels = _arranged(which, axes)
        dark, bright = int(levels.argmin()), int(levels.argmax())
        low, high = np.float64(levels.flat[dark]) / 255, np.float64(levels.flat[bright]) / 255
        with np.errstate(all="ignore"):
            factor = (np.float64(values.flat[bright]) - np.float64(values.flat[dark])) / (
                high - low
            )
            offset = np.float64(values.flat[dark]) - factor * low
        treatment = Treatment(float(factor), float(offset), axes)
        if treatment.keeps_information() and _is_treated(values, levels, treatment):
            return treatment
    return None


def _difference(values: NDArray[Any], levels: NDArray[np.uint8]) -> str:
    """Return in words how `values` differ from the true images."""
    with np.errstate(all="ignore"):
        total, expected = float(values.sum(dtype=np.float64)), float(levels.sum()) / 255
        same_ink = abs(total - expected) <= 1e-4 * expected
    if not np.isfinite(total):
        return "hold values that are not finite numbers"
    if same_ink:
        return "hold the right pixels in another order"
    if values.max() == values.min():
        return "are all of one value"
    return "are not the true images"


def _as_test_images(images: object) -> Floats:
    """Return a student's test images as a network is asked about them; empty if they are none."""
    values, levels = np.asarray(images), _levels("test")
    one_row_each = values.shape[:1] == levels.shape[:1] and values.size == levels.size
    if values.dtype.kind not in "fiu" or not one_row_each:
        return np.empty((0, 784), np.float32)
    with np.errstate(all="ignore"):
        return np.ascontiguousarray(values.reshape(levels.shape), np.float32)


def _hash(images: Floats) -> str:
    return hashlib.blake2b(images.tobytes(), digest_size=16).hexdigest() if len(images) else ""


def check_labels(which: Which, labels: object) -> None:
    """Question 2: assert that these are the true labels, one-hot."""
    values, expected = np.asarray(labels), true_labels(which)
    if which == "test":
        _submission.other_digits = False
    assert values.shape == expected.shape, (
        f"`{which}_labels` have shape {values.shape}, expected {expected.shape}."
    )
    assert values.dtype.kind in "fiub", f"`{which}_labels` hold {values.dtype} values, not numbers."
    wrong = int((values != expected).any(axis=1).sum())
    if which == "test":
        _submission.other_digits = wrong > 0
    assert wrong == 0, (
        f"{wrong} of {len(expected)} rows of `{which}_labels` are not the one-hot form of their "
        f"digit. Encode `raw_{which}_labels`, in its order, column k for digit k."
    )


# --- the judge's own evaluation ---------------------------------------------------------------


def outputs(network: Any, which: Which) -> Floats:
    """Return what `network` answers to the images it is judged on, shape (n, 10)."""
    return _evaluated(network, which)[0]


def _evaluated(network: Any, which: Which) -> tuple[Floats, float]:
    """Return what `network` answers to its images, and what that took in core-seconds."""
    model = _built(network)
    fingerprint = _fingerprint(model, which)
    if fingerprint not in _answers:
        while len(_answers) >= 6:  # of a few megabytes at most
            del _answers[next(iter(_answers))]
        _answers[fingerprint] = _ask_in_blocks(
            model, fingerprint, len(true_digits(which)), lambda rows: _judged_images(which, rows)
        )
    return _answers[fingerprint]


def _ask_in_blocks(
    model: Any, fingerprint: str, count: int, images_of: Callable[[Rows], Floats]
) -> tuple[Floats, float]:
    """Return what `model` answers to `count` images, and what that took in core-seconds."""
    took, answers = 0.0, np.empty((count, 10), np.float32)
    for rows in _blocks(fingerprint, count):
        images = images_of(rows)
        before = time.process_time()
        answers[rows] = _ask(model, images)
        took += time.process_time() - before
    _assert_by_itself(model, fingerprint, answers, images_of)
    return answers, took


def _draw(name: str) -> np.random.Generator:
    """Return random numbers that nobody foresees: they follow from the secret and from `name`."""
    digest = hashlib.blake2b(f"{secret} {name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def _blocks(name: str, count: int) -> Iterator[Rows]:
    """Yield the numbers of `count` rows, each once, in blocks and in an order that `name` gives."""
    draw = _draw(name)
    order = draw.permutation(count)
    while len(order):
        size = int(draw.integers(SMALLEST_BLOCK, LARGEST_BLOCK))
        yield order[:size]
        order = order[size:]


def _ask(model: Any, images: Floats) -> Floats:
    """Return what `model` answers to one block of images, shape (len(images), 10)."""
    shape = _image_shape(model)
    try:
        answer = np.asarray(_call(model, images.reshape(len(images), *shape)), dtype=np.float32)
    except Exception as error:  # noqa: BLE001 - whatever a wrong network raises
        raise AssertionError(
            f"`network` cannot be used on images of shape {shape} ({type(error).__name__}). "
            "Build it for 784 inputs: keras.Input(shape=(784,))."
        ) from None
    assert answer.shape == (len(images), 10), (
        f"`network` turns {len(images)} images into an array of shape {answer.shape}, expected "
        f"({len(images)}, 10): one output for each digit."
    )
    return answer


def _assert_by_itself(
    model: Any, fingerprint: str, answers: Floats, images_of: Callable[[Rows], Floats]
) -> None:
    """Assert that some images, asked about among others, get the same answers again."""
    draw = _draw(f"again {fingerprint}")
    rows = draw.permutation(len(answers))[:ASKED_AGAIN]
    ends = np.sort(draw.choice(len(rows), min(SMALL_BLOCKS, len(rows)), replace=False))
    parts = [part for part in np.split(rows, ends) if len(part)]
    again = [_ask(model, images_of(part)) for part in parts]
    first, second = answers[rows], np.concatenate(again)
    coarse = any(layer.compute_dtype in COARSE for layer in model.layers)
    with np.errstate(all="ignore"):
        scale = np.maximum(1, np.abs(first).max(axis=1, keepdims=True))
        tolerance = COARSE_TOLERANCE if coarse else PROBABILITY_TOLERANCE
        same = np.isclose(first / scale, second / scale, 0, tolerance, equal_nan=True)
    different = int((~same).any(axis=1).sum())
    assert different == 0, (
        "This network's answer for an image depends on which images it is asked with: asked about "
        f"{len(rows)} images a second time, it answers otherwise for {different}. Each image has "
        "to be read by itself."
    )


def accuracy(network: Any, which: Which) -> float:
    """Return the share of images whose largest output is the right digit's."""
    answers = outputs(network, which)
    assert np.isfinite(answers).all(), (
        "`network` answers with values that are not finite numbers: its training has diverged. "
        "Are the pixels between 0 and 1?"
    )
    return float((answers.argmax(axis=1) == true_digits(which)).mean())


def cross_entropy(network: Any, which: Which) -> float:
    """Return the mean categorical cross-entropy of the outputs, clipped as Keras clips it."""
    answers = outputs(network, which).astype(np.float64)
    with np.errstate(all="ignore"):
        shares = answers / answers.sum(axis=1, keepdims=True)
    right = shares[np.arange(len(shares)), true_digits(which)]
    return float(-np.log(np.clip(right, 1e-7, 1 - 1e-7)).mean())


def compiled_loss(network: Any, which: Which) -> float:
    """Return the loss that `network` was compiled with, as `evaluate` computes it.

    In a graph, as there: Keras then takes the cross-entropy from before the softmax. NaN where the
    loss does not fit the network; question 4 says so.
    """
    import tensorflow as tf

    model, shape = _built(network), _image_shape(_built(network))
    total = 0.0
    with suppress(Exception):
        function = _loss_function(network)
        step = tf.function(
            lambda images, labels: tf.reduce_mean(function(labels, _call(model, images))),
            reduce_retracing=True,
        )
        labels = true_labels(which)
        for rows in _blocks(_fingerprint(model, which), len(labels)):
            images = tf.constant(_judged_images(which, rows).reshape(len(rows), *shape))
            total += float(step(images, tf.constant(labels[rows]))) * len(rows)
        return total / len(labels)
    return float("nan")


def number(name: str, value: object) -> float:
    """Return a student's number as a float; a truth value is none."""
    values = np.asarray(value)
    assert values.size == 1 and values.dtype.kind in "fiu", (
        f"`{name}` is {type(value).__name__}, expected one number."
    )
    return float(values.reshape(()))


def check_accuracy(network: Any, which: Which, name: str, claim: object) -> None:
    """Assert that the number called `name` is this network's accuracy."""
    claimed, own = number(name, claim), accuracy(network, which)
    assert abs(claimed - own) <= AGREES, (
        f"`{name}` is {claimed:.4f}, but this network's accuracy on the {which} images is "
        f"{own:.4f}. Take it from `evaluate`, on the network as it is now."
    )


def check_loss(network: Any, which: Which, name: str, claim: object) -> None:
    """Assert that the number called `name` is this network's loss."""
    claimed = number(name, claim)
    _assert_loss(network, which, claimed, LOSS_AGREES, f"`{name}` is {claimed:.4f}")


def _assert_loss(
    network: Any, which: Which, claimed: float, tolerance: float, complaint: str
) -> None:
    """Assert that a loss is this network's: the cross-entropy, or else the one compiled with.

    Both, because a network that is compiled with another loss than question 4 asks for should
    lose points there, and not for evaluating it correctly.
    """
    penalty = _penalty(network)
    own = cross_entropy(network, which) + penalty
    if abs(claimed - own) <= tolerance * max(1.0, own):
        return
    compiled = compiled_loss(network, which) + penalty
    if abs(claimed - compiled) <= tolerance * max(1.0, abs(compiled)):
        return
    own = compiled if np.isfinite(compiled) else own
    raise AssertionError(
        f"{complaint}, but this network's loss on the {which} images is {own:.4f}. Take it from "
        "this network, as it is now."
    )


# --- questions 3 to 9 -------------------------------------------------------------------------


def _follow(network: Any, question: str) -> None:
    """Raise a flag where a question is checked with another network than the one before it."""
    model, known = _built(network), _submission
    parts, weights = _parts(model), _fingerprint(model, "test")
    if known.parts.get("q3", parts) != parts:
        _suspect(
            f"another network: {question} is checked with {parts}, q3 was with {known.parts['q3']}"
        )
    after_training = question in ("q7", "q8", "q9")
    if after_training and known.weights.get("q6", weights) != weights:
        _suspect(
            f"another network: the weights at {question} are not those that q6 was checked with"
        )
    known.parts[question], known.weights[question] = parts, weights


def _parts(model: Any) -> str:
    """Return what a network consists of: what has weights, and what is not harmless."""
    kinds = [
        (type(part).__name__, [tuple(weight.shape) for weight in getattr(part, "weights", ())])
        for part in getattr(model, "operations", model.layers)
    ]
    return str([part for part in kinds if part[1] or part[0] not in HARMLESS])[:LONGEST_PARTS]


def _suspect(text: str) -> None:
    warnings.warn(text, Suspicious, stacklevel=1)


def check_parameters(network: Any, expected: int) -> None:
    """Question 3: assert the number of weights and biases."""
    _follow(network, "q3")
    found = int(_built(network).count_params())
    assert found == expected, (
        f"`network` has {found} parameters, expected {expected}: 784 inputs, 512 units, 10 units, "
        "each unit with a bias."
    )


def check_distribution(network: Any) -> None:
    """Question 3: assert that outputs are probabilities."""
    answers = outputs(network, "test")
    assert (answers >= 0).all() and (answers <= 1 + PROBABILITY_TOLERANCE).all(), (
        f"The outputs lie between {answers.min():.3g} and {answers.max():.3g}, expected "
        "probabilities, from 0 to 1. Did you forget softmax in the last layer?"
    )
    sums = answers.sum(axis=1)
    worst = float(sums[np.abs(sums - 1).argmax()])
    assert abs(worst - 1) <= PROBABILITY_TOLERANCE, (
        f"The ten outputs for an image add up to {worst:.3g}, expected 1. The last layer needs "
        "softmax, which is taken over all ten units."
    )


def check_learns(network: Any) -> None:
    """Question 4: assert that ten small steps with the compiled optimiser lower the loss."""
    assert getattr(network, "compiled", False) and network.optimizer is not None, (
        "`network` is not compiled: call network.compile(...)."
    )
    try:
        course = _ten_steps(network)
    except AssertionError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a loss raises that does not fit
        raise AssertionError(
            f"`network` cannot be trained with this loss and these one-hot labels "
            f"({type(error).__name__}). One-hot labels want categorical_crossentropy; a loss whose "
            "name begins with sparse wants digits."
        ) from None
    assert course[-1] < course[0], (
        f"On a fresh copy of `network`, ten small training steps changed the loss from "
        f"{course[0]:.4f} to {course[-1]:.4f}, expected: lower. Look at the loss and at the "
        "last layer's activation."
    )


def _ten_steps(network: Any) -> list[float]:
    """Return the loss before each of ten steps and after the last; `network` stays as it is."""
    import tensorflow as tf

    model = _fresh_copy(network)
    levels = _levels("train")[:256]
    images = TRUE.apply(levels).reshape(len(levels), *_image_shape(model))
    labels = true_labels("train")[:256]
    loss_function = _loss_function(network)
    # Small steps, so that a right network's loss falls whatever its first weights are.
    settings = {**network.optimizer.get_config(), "learning_rate": 1e-4}
    optimizer = type(network.optimizer).from_config(settings)
    weights = model.trainable_variables
    course = []
    for _ in range(10):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(loss_function(labels, _call(model, images, training=True)))
        optimizer.apply(tape.gradient(loss, [weight.value for weight in weights]), weights)
        course.append(float(loss))
    last = loss_function(labels, _call(model, images))
    return [*course, float(np.mean(np.asarray(last)))]


def check_untrained(network: Any) -> None:
    """Question 5: assert that `network` knows nothing about digits yet."""
    own = accuracy(network, "test")
    _submission.facts["untrained_accuracy"] = own
    low, high = UNTRAINED_ACCURACY
    assert low <= own <= high, (
        f"`network` already scores {own:.4f} here, expected about 0.1: an untrained network. Run "
        "the notebook from question 3 on, and evaluate before `fit`."
    )
    _submission.untrained_at = used_core_seconds


def check_history(network: Any, history: Any) -> None:
    """Question 6: assert that this training made this network; remember what it reported."""
    _submission.of_history = ""
    _assert_history(network, history)
    _submission.of_history = _fingerprint(_built(network), "train")


def _assert_history(network: Any, history: Any) -> None:
    values = _epochs(history)
    _submission.facts["history"] = _shown_history(values)
    _follow(network, "q6")
    _flag_fast_training(network, len(values["loss"]))
    key = _accuracy_key(values)
    slack = 1 if _submission.treatments["train"] == TRUE else TREATED
    if key is not None:
        reported, own = values[key][-1], accuracy(network, "train")
        # After fewer epochs the running accuracy lags far behind; their number has its own test.
        above = RUNNING_ABOVE * slack if len(values[key]) >= 5 else 1.0
        if -RUNNING_BELOW * slack <= own - reported <= above:
            _submission.running_accuracy[_fingerprint(_built(network), "train")] = reported
            return
    # Compiled without accuracy, or with one that counts something else: question 4 says so.
    if key is None or reported < BETTER_THAN_GUESSING < own:
        last = values["loss"][-1]
        said = f"The last epoch's loss is {last:.4f}"
        _assert_loss(network, "train", last, RUNNING_LOSS * slack, said)
        return
    raise AssertionError(
        f"The last epoch's accuracy is {reported:.4f}, but this network's accuracy on the training "
        f"images is {own:.4f}. `history` must be what `fit` returned for this network, trained on "
        "train_images and train_labels."
    )


def _flag_fast_training(network: Any, epochs: int) -> None:
    """Raise a flag where the cells took less time than any training can."""
    if _fingerprint(_built(network), "train") in _submission.trained:
        return  # checked a second time, nothing has to be trained
    evaluation = 0.0
    with suppress(AssertionError):
        evaluation = _evaluated(network, "train")[1]
    least = FASTEST_EPOCH * epochs * evaluation
    took = used_core_seconds - _submission.untrained_at
    if used_core_seconds and took < least:
        _suspect(
            f"too fast: {took:.1f} core-seconds from the untrained network to q6's check; {epochs} "
            f"epochs take at least {least:.1f} here, the evaluation of the training set alone "
            f"{evaluation:.2f}"
        )


def check_began_untrained(history: Any) -> None:
    """Question 6: assert that the first epoch began with an untrained network."""
    values = _epochs(history)
    key = _accuracy_key(values)
    course = values[key or "loss"]
    first = course[0]
    if key is None:
        began = first >= FIRST_EPOCH_LOSS
    else:
        gain = course[1] - first if len(course) > 1 else 1.0
        treated = _submission.treatments["train"] != TRUE
        settled = treated and first > BETTER_THAN_GUESSING and gain < FIRST_GAIN
        began = first <= FIRST_EPOCH_ACCURACY and not settled
    assert began, (
        f"The first epoch already ended with {key or 'loss'} {first:.4f}: the network was not "
        "untrained when this training began. Was `fit` run twice? Run the notebook from question "
        "3 on: `fit` continues where it stopped."
    )
    _submission.trained.append(_submission.of_history)


def _epochs(history: Any) -> dict[str, list[float]]:
    """Return the values of each epoch, by name."""
    values = getattr(history, "history", None)
    assert isinstance(values, dict) and values.get("loss"), (
        f"`history` is {type(history).__name__} without a loss per epoch, expected what `fit` "
        "returns."
    )
    return {str(name): [number("history", value) for value in row] for name, row in values.items()}


def _shown_history(values: dict[str, list[float]]) -> dict[str, list[float | None]]:
    """Return of a history what is kept with the grade: None where a value is no finite number."""
    return {
        name[:LONGEST_NAME]: [value if np.isfinite(value) else None for value in row[:MOST_EPOCHS]]
        for name, row in list(values.items())[:MOST_METRICS]
    }


def _accuracy_key(values: dict[str, list[float]]) -> str | None:
    """Return the name under which the training accuracy was recorded."""
    usual = ("accuracy", "acc", "categorical_accuracy")
    return next((name for name in usual if values.get(name)), None)


def check_test_accuracy(network: Any) -> None:
    """Question 7: assert that `network` is good enough, whatever number was written down."""
    _follow(network, "q7")
    own = accuracy(network, "test")
    _submission.facts["test_accuracy"] = own
    _submission.facts["weights"] = _hash_of_weights(network)
    _remember_answers(outputs(network, "test"))
    _submission.facts.pop("by_chance", None)
    if TEST_ACCURACY - CHANCE <= own < TEST_ACCURACY:
        found = f"test accuracy {own:.4f}"
        _submission.facts["by_chance"] = {"question": "q7", "found": found}
    if own >= TEST_ACCURACY:
        _flag_gap(network, own)
    assert own >= TEST_ACCURACY, (
        f"This network's accuracy on the test images is {own:.4f}, expected at least "
        f"{TEST_ACCURACY}. Train it for five epochs on images with pixels between 0 and 1."
    )


def _remember_answers(answers: Floats) -> None:
    """Keep, for people to read, what a network answers to the test images: finite, shape (n, 10).

    `predictions`, `confusion` (rows are true digits) and `wrong`: the wrong digits that the network
    is surest of.
    """
    digits, predicted = true_digits("test").astype(int), answers.argmax(axis=1)
    confusion = np.zeros((10, 10), dtype=int)
    np.add.at(confusion, (digits, predicted), 1)
    shares = _as_probabilities(answers)
    wrong = np.flatnonzero(predicted != digits)
    surest = wrong[np.argsort(-shares[wrong, predicted[wrong]], kind="stable")][:WRONG_SHOWN]
    _submission.facts["predictions"] = "".join(map(str, predicted))
    _submission.facts["confusion"] = confusion.tolist()
    _submission.facts["wrong"] = [
        {
            "index": int(index),
            "label": int(digits[index]),
            "predicted": int(predicted[index]),
            "probabilities": [round(float(share), 4) for share in shares[index]],
            "image": base64.b64encode(_levels("test")[index].tobytes()).decode("ascii"),
        }
        for index in surest
    ]


def _as_probabilities(answers: Floats) -> NDArray[np.float64]:
    """Return the outputs where they are probabilities, else their softmax."""
    values = answers.astype(np.float64)
    sums = values.sum(axis=1)
    if (values >= 0).all() and (np.abs(sums - 1) <= PROBABILITY_TOLERANCE).all():
        return values
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _flag_gap(network: Any, test: float) -> None:
    """Raise a flag where the network knows the test set as well as the training set."""
    train = accuracy(network, "train")
    _submission.facts["train_accuracy"] = train
    mean, deviation = GAP
    score = (train - test - mean) / deviation
    if score < -GAP_FLAG:
        text = (
            f"gap: training accuracy {train:.4f}, test accuracy {test:.4f}: the gap is "
            f"{-score:.1f} standard deviations below that of networks trained on the training set"
        )
        _suspect(text)


def check_predictions(
    network: Any, probabilities: object, predicted_digits: object, test_images: object
) -> None:
    """Question 8: assert that both arrays are this network's own predictions.

    For the images it is judged on, or else for those of question 1 that nothing explains: where
    `test_images` are still these.
    """
    _follow(network, "q8")
    own = outputs(network, "test")
    if "predictions" not in _submission.facts and np.isfinite(own).all():
        _remember_answers(own)  # question 7 was not judged, or could not be
    claimed, digits = np.asarray(probabilities), np.asarray(predicted_digits)
    assert claimed.shape == own.shape and claimed.dtype.kind in "fiu", (
        f"`probabilities` has shape {claimed.shape}, expected {own.shape}."
    )
    own, wrong = _nearest(own, claimed)
    if not wrong <= PROBABILITY_TOLERANCE:  # written so that NaN is wrong, too
        own, wrong = _nearest(_answers_to_own_images(network, test_images, own), claimed)
    assert wrong <= PROBABILITY_TOLERANCE, (
        f"`probabilities` differ from this network's outputs by up to {wrong:.3g}. Use "
        "network.predict(test_images), on the network as it is now."
    )
    assert digits.shape == (len(own),) and digits.dtype.kind in "fiu", (
        f"`predicted_digits` has shape {digits.shape}, expected ({len(own)},)."
    )
    assert np.isin(digits, range(10)).all(), "`predicted_digits` must be digits from 0 to 9."
    chosen = own[np.arange(len(own)), digits.astype(int)]
    wrong_digits = int((chosen < own.max(axis=1) - PROBABILITY_TOLERANCE).sum())
    assert wrong_digits == 0, (
        f"{wrong_digits} of `predicted_digits` are not the digit with the largest probability. "
        "Use argmax over the columns (axis=1)."
    )


def _nearest(answers: Floats, claimed: NDArray[Any]) -> tuple[Floats, float]:
    """Return the answers that `claimed` can be, and by how much they differ at most.

    Outputs before softmax: as they are, or made into probabilities by hand.
    """
    forms = [answers]
    if not np.allclose(answers.sum(axis=1), 1, atol=PROBABILITY_TOLERANCE):
        powers = np.exp(answers - answers.max(axis=1, keepdims=True))
        forms.append(powers / powers.sum(axis=1, keepdims=True))
    nearest = [(form, float(np.abs(claimed - form).max())) for form in forms]
    return min(nearest, key=lambda pair: pair[1])


def _answers_to_own_images(network: Any, test_images: object, answers: Floats) -> Floats:
    """Return what `network` answers to question 1's unexplained images, else `answers`.

    Not where the labels were replaced with them: that is another test set, and no mistake.
    """
    if not _submission.own_test_images or _submission.other_digits:
        return answers
    images = _as_test_images(test_images)
    if _hash(images) != _submission.own_test_images:
        return answers
    warnings.warn(
        "q8: judged on the test images of question 1, which are not the true ones.",
        JudgedOn,
        stacklevel=1,
    )
    model = _built(network)
    name = f"{_submission.own_test_images} {_fingerprint(model, 'test')}"
    return _ask_in_blocks(model, name, len(images), lambda rows: images[rows])[0]


def check_train_accuracy(network: Any, claim: object) -> None:
    """Question 9: assert that this is the training accuracy, evaluated or as `fit` reported it."""
    _follow(network, "q9")
    claimed, own = number("train_acc", claim), accuracy(network, "train")
    right = [own]
    reported = _submission.running_accuracy.get(_fingerprint(_built(network), "train"))
    if reported is not None:
        right.append(reported)
    assert any(abs(claimed - value) <= AGREES for value in right), (
        f"`train_acc` is {claimed:.4f}, but this network's accuracy on the training images is "
        f"{own:.4f}. Use network.evaluate(train_images, train_labels)."
    )


# --- networks ---------------------------------------------------------------------------------


def _built(network: Any) -> Any:
    """Return `network`, or a built copy of it where it does not know its input yet."""
    assert isinstance(network, keras.Model), (
        f"`network` is {type(network).__name__}, expected a Keras model."
    )
    return network if network.built else _fresh_copy(network)


def _fresh_copy(network: Any) -> Any:
    """Return a copy with freshly initialised weights, always the same ones."""
    # `tf.nn.softmax` is saved under a name that Keras does not know.
    known = keras.utils.custom_object_scope({"softmax_v2": keras.activations.softmax})
    try:
        with _random_state_kept(), known:
            copy = type(network).from_config(network.get_config())
            if not copy.built:
                copy.build((None, 784))
    except Exception as error:  # noqa: BLE001 - whatever a wrong network raises
        raise AssertionError(
            f"`network` cannot be built for 784 inputs ({type(error).__name__}). Begin it with "
            "keras.Input(shape=(784,)) and use Keras' own layers."
        ) from None
    return copy


@contextmanager
def _random_state_kept() -> Iterator[None]:
    """Keep the student's random numbers: Keras draws an initialiser's seed from `random`."""
    state = random.getstate()
    random.seed(0)
    try:
        yield
    finally:
        random.setstate(state)


def _call(model: Any, images: Any, *, training: bool = False) -> Any:
    """Return the outputs for images; a functional model may give them as a list of one."""
    answer = model(images, training=training)
    return answer[0] if isinstance(answer, list | tuple) and len(answer) == 1 else answer


def _penalty(network: Any) -> float:
    """Return what regularisers add to every loss that Keras reports."""
    return float(sum(float(loss) for loss in _built(network).losses))


def _image_shape(model: Any) -> tuple[int, ...]:
    """Return the shape in which `model` wants one image: (784,) unless it wants, say, (28, 28)."""
    shape = getattr(model, "input_shape", None)
    if isinstance(shape, tuple) and all(isinstance(size, int) for size in shape[1:]):
        wanted = tuple(int(size) for size in shape[1:])
        if wanted and int(np.prod(wanted)) == 784:
            return wanted
    return (784,)


def _loss_function(network: Any) -> Any:
    """Return the compiled loss as a function of labels and outputs."""
    loss = network.loss
    while isinstance(loss, list | tuple) and len(loss) == 1:
        loss = loss[0]
    return keras.losses.get(loss)


def _hash_of_weights(network: Any) -> str:
    """Return a hash of the numbers that were trained, whatever the layers are called."""
    digest = hashlib.blake2b(digest_size=16)
    for weight in _built(network).get_weights():
        digest.update(np.ascontiguousarray(weight, np.float32).tobytes())
    return digest.hexdigest()


def _fingerprint(model: Any, which: Which) -> str:
    """Return a name for what `model` computes on these images."""
    digest = hashlib.blake2b(digest_size=16)
    config = json.dumps(model.get_config(), default=str, sort_keys=True)
    digest.update(f"{which} {_submission.treatments[which]!r} {config}".encode())
    for weight in model.get_weights():
        digest.update(np.ascontiguousarray(weight).tobytes())
    return digest.hexdigest()
