"""What the hidden tests of `gradient-descent` share.

- Functions are called with inputs of the judge's own, drawn anew for each submission: `secret`,
  which only this installation knows, says which.
- One mistake costs once. Where an earlier function is wrong, what it makes of the inputs of a later
  question is kept, and accepted there, too: a gradient that is right for the student's own loss, a
  walk that is right with the student's own step. Right answers are accepted in any case.
- What was trained is measured by the judge's own forward pass over the arrays that were handed in,
  never through a function of the student's, which could know the test set.

Only the hidden tests import this module. What it learns about one submission stands in
`_submission`, which the judge takes back where a verdict does not count. Parameters are lists of
four arrays: W1 (inputs, units), b1 (units,), W2 (units, classes), b2 (classes,).
"""

import ast
import copy
import hashlib
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Floats = NDArray[np.float64]
Function = Callable[..., Any]
Parameters = list[Floats]

NAMES = ("W1", "b1", "W2", "b2")
# float64 arithmetic in another order differs by 1e-12; who computes in float32 differs by 1e-6.
RELATIVE, ABSOLUTE = 1e-4, 1e-6
# Finite differences of a loss with this distance agree with its gradient to about 1e-8.
DISTANCE = 1e-5
# A wrong loss is taken for one where it leads down from so many places, and its gradient with it.
MOST = 0.75
# What question 10 asks for; its public test has the same number.
TEST_ACCURACY = 0.90
# Two evaluations of one network differ by rounding: by less than one image in 10,000.
AGREES = 5e-4
# Test minus training accuracy: -0.008 to +0.008 for networks that have learned enough, however
# long; calibration.json has the solution's. A network that was trained on the test set long enough
# to gain by it: +0.03 and more.
TESTED_BETTER = 0.015
# The fresh data of question 10.
FRESH_IMAGES, FRESH_UNITS = 2_000, 24
# Rates of its small trainings: with one the weights hardly move, with the other they move a lot.
TINY, LARGE = 1e-4, 0.5

# What question 5 computes on, as the notebook makes it, and the walk of question 6.
BATCH, W_START = 100, (0.0, 0.0)
VALLEY_START, STEEPNESS, RATE, MOMENTUM, STEPS = (8.0, 1.0), (1.0, 25.0), 0.03, 0.8, 40

# The data set, in the working folder, as the notebook has it.
DATA = "mnist.npz"

# The judge sets these two, plain Otter does not: what only this installation knows, and what the
# notebook defines, text by name.
secret = ""
sources: Mapping[str, str] | None = None

# Words by which a text can do something else than what it says.
HIDING = {"exec", "eval", "getattr", "setattr", "delattr", "globals", "locals", "vars"}
HIDING |= {"__import__", "__builtins__", "__dict__", "__code__", "__globals__", "import_module"}


class JudgedOn(UserWarning):
    """Says what else is accepted because an earlier question is wrong; a note for staff."""


class Suspicious(UserWarning):
    """A flag, "name: evidence": no mark changes, and a human is told."""


# --- what is known about a submission -------------------------------------------------------------


@dataclass
class _Submission:
    """What is known about the submission that is being judged; JSON can hold it."""

    wrong: dict[str, str] = field(default_factory=dict)
    """Functions that failed a hidden test of theirs, with the question."""
    own_gradients: list[list[float]] = field(default_factory=list)
    """The slopes of the student's own loss at the places of question 3, where it is wrong."""
    own_batches: list[list[float]] = field(default_factory=list)
    """What the student's own gradient says to the batches of question 5, where it is wrong."""
    own_path: list[list[float]] = field(default_factory=list)
    """The walk of question 6 with the student's own step, where that is wrong."""
    own_network: dict[str, list[Any]] = field(default_factory=dict)
    """Of the student's own forward pass, where that is wrong, for question 9: what it answers
    (`hidden`, `probabilities`) and the slopes of its cross-entropy (by the names of NAMES)."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What was measured, by name, as `facts` returns it."""


_submission = _Submission()


def state() -> dict[str, Any]:
    """Return what was learned about this submission so far, for `restore`; JSON can hold it."""
    return asdict(_submission)


def restore(known: dict[str, Any]) -> None:
    """Go back to what was known: later questions rest on the verdicts that count."""
    global _submission
    _submission = _Submission(**known)


def facts() -> dict[str, Any]:
    """Return what was measured about this submission so far, by name."""
    return {**_submission.facts, "bounds": {"test_accuracy": (TEST_ACCURACY, 1.0)}}


def _fails(name: str, question: str) -> None:
    """Keep that a function is wrong: what calls it is not to blame alone."""
    _submission.wrong[name] = question


def _also(question: str, name: str, text: str) -> None:
    warnings.warn(f"{question}: `{name}` is wrong; {text}", JudgedOn, stacklevel=2)


# --- calls ----------------------------------------------------------------------------------------


def _draw(name: str) -> np.random.Generator:
    """Return random numbers that nobody foresees: they follow from the secret and from `name`."""
    digest = hashlib.blake2b(f"{secret} {name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(digest, "big"))


def _call(name: str, function: Function, *arguments: Any) -> Any:
    """Call a student's function; say in plain words what it raised."""
    try:
        return function(*arguments)
    except (AssertionError, MemoryError, OSError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever a wrong function raises
        raise AssertionError(f"`{name}` raised {type(error).__name__}: {error}") from None


def _call_unchanged(name: str, function: Function, *arguments: Any) -> Any:
    """Call a student's function, and assert that it leaves its arguments as they are."""
    before = copy.deepcopy(arguments)
    result = _call(name, function, *arguments)
    for old, new in zip(_arrays_in(before), _arrays_in(arguments), strict=True):
        assert np.array_equal(old, new), (
            f"`{name}` changes an array that it is given, of shape {old.shape}."
        )
    return result


def _arrays_in(values: Any) -> Iterator[Array]:
    for value in values:
        if isinstance(value, np.ndarray):
            yield value
        elif isinstance(value, list | tuple):
            yield from _arrays_in(value)


def _numbers(name: str, value: object, shape: tuple[int, ...]) -> Floats:
    """Return a value as an array of floats; assert that it holds numbers, in this shape."""
    array = np.asarray(value)
    assert array.dtype.kind in "fiu", (
        f"`{name}` is of type {type(value).__name__}, expected numbers. Is everything filled in, "
        "and does the function return its result?"
    )
    if shape == () and array.size == 1:
        array = array.reshape(())
    assert array.shape == shape, f"`{name}` has shape {array.shape}, expected {shape}."
    return array.astype(np.float64)


def _near(value: Floats, expected: Array, relative: float = RELATIVE) -> bool:
    """Return whether two arrays are the same but for rounding; NaN never is."""
    scale = float(np.abs(expected).max(initial=0.0))
    return bool(np.allclose(value, expected, rtol=relative, atol=ABSOLUTE + relative * scale / 10))


def _slopes(function: Callable[[Floats], float], place: Floats) -> Floats:
    """Return the slopes of a function of an array, by finite differences; the array's shape."""
    result = np.empty(place.size)
    for index in range(place.size):
        heights = []
        for sign in (1, -1):
            moved = place.copy()
            moved.flat[index] += sign * DISTANCE
            heights.append(function(moved))
        result[index] = (heights[0] - heights[1]) / (2 * DISTANCE)
    return result.reshape(place.shape)


def _tell_of_hidden_words(name: str) -> None:
    """Raise a flag where a function, or what it uses of the notebook, hides what it does."""
    texts, waiting, seen = sources or {}, [name], set[str]()
    while waiting:
        current = waiting.pop()
        if current in seen or current not in texts:
            continue
        seen.add(current)
        try:
            tree = ast.parse(texts[current])
        except (SyntaxError, ValueError, RecursionError):
            continue  # a cell of the shell's, or one that Python never ran
        for node in ast.walk(tree):
            word = node.attr if isinstance(node, ast.Attribute) else ""
            if isinstance(node, ast.Name):
                word = node.id
                waiting.append(word)
            if word in HIDING:
                warnings.warn(f"source: `{name}` uses {word}", Suspicious, stacklevel=2)


# --- question 1: derivative -----------------------------------------------------------------------


def _known_slopes(places: Floats) -> list[tuple[Any, Floats]]:
    """Return functions with their slopes at some places, all between 0.5 and 2.5."""
    return [
        (np.exp, np.exp(places)),
        (np.cos, -np.sin(places)),
        (np.tanh, 1 - np.tanh(places) ** 2),
        (np.log, 1 / places),
        (np.sqrt, 0.5 / np.sqrt(places)),
        (np.square, 2 * places),
        (np.sin, np.cos(places)),
    ]


def _assert_slopes(derivative: Function, tolerance: float) -> None:
    places = _draw("derivative").uniform(0.5, 2.5, 5)
    for function, slopes in _known_slopes(places):
        name = f"derivative(np.{function.__name__}, places)"
        found = _numbers(name, _call_unchanged("derivative", derivative, function, places), (5,))
        worst = float(np.abs(found - slopes).max())
        assert worst <= tolerance, (
            f"The slopes of np.{function.__name__} at five places between 0.5 and 2.5 are off by "
            f"up to {worst:.3g}, expected at most {tolerance:.0e}."
        )


def check_slopes(derivative: Function) -> None:
    """Question 1: assert that other slopes at other places are about right."""
    _tell_of_hidden_words("derivative")
    _assert_slopes(derivative, 1e-3)


def check_precision(derivative: Function) -> None:
    """Question 1: assert a precision that one side alone does not reach, nor a tiny h."""
    _assert_slopes(derivative, 1e-7)


def check_h(derivative: Function) -> None:
    """Question 1: assert that it is the finite difference with the h that is given."""
    place = float(_draw("h").uniform(0.8, 1.5))
    for h in (0.5, 0.125):
        for function in (np.exp, np.log, np.sin):
            expected = (function(place + h) - function(place - h)) / (2 * h)
            found = _call("derivative", derivative, function, place, h)
            value = float(_numbers("derivative(f, x, h)", found, ()))
            assert abs(value - expected) < 1e-7, (
                f"With h = {h}, the finite difference of np.{function.__name__} at {place:.4g} is "
                f"{value:.7g} by `derivative`, expected {expected:.7g}."
            )


# --- questions 2 and 3: loss, gradient ------------------------------------------------------------

Line = tuple[Floats, Floats, Floats]
"""Weights of shape (2,), and the points' x and y."""


def _lines(name: str) -> list[Line]:
    """Return lines with points; some have the same weights, or as many points as another."""
    draw = _draw(name)
    first, second = draw.normal(size=(2, 2)) * 2
    return [
        (w, draw.normal(size=n) * spread, draw.normal(size=n) + 1)
        for w, n, spread in ((first, 7, 1.0), (second, 50, 3.0), (second, 50, 0.5), (first, 1, 1.0))
    ]


def _true_loss(w: Floats, x: Floats, y: Floats) -> float:
    return float(np.mean((w[0] * x + w[1] - y) ** 2))


def _true_gradient(w: Floats, x: Floats, y: Floats) -> Floats:
    errors = w[0] * x + w[1] - y
    return np.array([np.mean(2 * errors * x), np.mean(2 * errors)])


def check_loss(loss: Function) -> None:
    """Question 2: assert the loss of other lines. Keep the slopes of one that is wrong."""
    _tell_of_hidden_words("loss")
    _submission.own_gradients = []
    try:
        for w, x, y in _lines("loss"):
            value = float(_numbers("loss(w, x, y)", _call("loss", loss, w, x, y), ()))
            expected = _true_loss(w, x, y)
            assert _near(np.array(value), np.array(expected)), (
                f"For w = {w.round(3).tolist()} and {len(x)} point(s), the loss is {value:.6g}, "
                f"expected {expected:.6g}."
            )
    except AssertionError:
        _fails("loss", "q2")
        _submission.own_gradients = _own_gradients(loss)
        if _submission.own_gradients:
            _also("q2", "loss", "in q3, the gradient of this loss is accepted, too.")
        raise


def _own_gradients(loss: Function) -> list[list[float]]:
    """Return the slopes of a wrong loss at question 3's places, if going down on it leads down."""

    def own(line: Line) -> Floats:
        w, x, y = line
        return _slopes(lambda w: float(_numbers("loss", _call("loss", loss, w, x, y), ())), w)

    try:
        down = [float(own(line) @ _true_gradient(*line)) > 0 for line in _mirrored_lines()]
        return [own(line).tolist() for line in _lines("gradient")] if np.mean(down) > MOST else []
    except AssertionError:
        return []


def _mirrored_lines() -> Iterator[Line]:
    """Yield lines, each also with its points mirrored: there the way down is the opposite one."""
    for w, x, y in (line for k in range(6) for line in _lines(f"way down {k}")):
        yield w.copy(), x.copy(), y
        yield w.copy(), x, 2 * (w[0] * x + w[1]) - y


def check_loss_changes_nothing(loss: Function) -> None:
    """Question 2: assert that the arguments stay, and that a call repeated gives the same."""
    results = []
    for w, x, y in [*_lines("unchanged"), *_lines("unchanged")]:
        found = _call_unchanged("loss", loss, w, x, y)
        results.append(float(_numbers("loss(w, x, y)", found, ())))
    half = len(results) // 2
    assert results[:half] == results[half:], "`loss` gives another number when it is called again."
    assert len(set(results)) > 1, "`loss` gives the same number for every line."


def check_gradient(gradient: Function) -> None:
    """Question 3: assert the slopes of the loss, or of the student's own. Keep what q5 needs."""
    _tell_of_hidden_words("gradient")
    _submission.own_batches = []
    try:
        for number, (w, x, y) in enumerate(_lines("gradient")):
            found = _call_unchanged("gradient", gradient, w, x, y)
            slopes = _numbers("gradient(w, x, y)", found, (2,))
            expected = _slopes(lambda w, x=x, y=y: _true_loss(w, x, y), w)  # type: ignore[misc]
            own = _submission.own_gradients
            right = [expected, *(np.array(each) for each in own[number : number + 1])]
            assert any(_near(slopes, each) for each in right), (
                f"For w = {w.round(3).tolist()} and {len(x)} point(s), the gradient is "
                f"{slopes.round(5).tolist()}, but finite differences of the loss give "
                f"{expected.round(5).tolist()}. {_of_gradient(slopes, expected, len(x))}"
            )
    except AssertionError:
        _fails("gradient", "q3")
        raise
    finally:
        _submission.own_batches = _own_batches(gradient)


def _of_gradient(slopes: Floats, expected: Floats, count: int) -> str:
    factors = {
        -1.0: "It points the wrong way.",
        0.5: "The factor 2 is missing.",
        float(count): "That is the sum over the points, not the mean.",
        count / 2: "That is half the sum over the points, not the mean.",
    }
    near = (text for factor, text in factors.items() if _near(slopes, factor * expected))
    return next(near, "")


def check_way_down(gradient: Function) -> None:
    """Question 3: assert that a small step against the gradient lowers the loss.

    Where the student's own loss is wrong, from most places is enough.
    """
    wrong = []
    for w, x, y in _mirrored_lines():
        found = _call("gradient", gradient, w.copy(), x.copy(), y.copy())
        slopes = _numbers("gradient(w, x, y)", found, (2,))
        length = float(np.linalg.norm(slopes))
        assert np.isfinite(length) and length > 0, (
            f"At w = {w.round(3).tolist()}, which is not the best line, the gradient is "
            f"{slopes.tolist()}."
        )
        if not _true_loss(w - 1e-6 * slopes / length, x, y) < _true_loss(w, x, y):
            wrong.append(w.round(3).tolist())
    allowed = (1 - MOST) * 48 if _submission.own_gradients else 0
    assert len(wrong) <= allowed, (
        f"From {len(wrong)} of 48 places, a small step against the gradient does not lower the "
        f"loss. One is w = {wrong[0]}."
    )


# --- questions 4 to 6: step, batches, momentum ----------------------------------------------------


def check_step(step: Function) -> None:
    """Question 4: assert steps of all shapes. Keep the walk of question 6 with a wrong one."""
    _tell_of_hidden_words("step")
    _submission.own_path = []
    draw = _draw("step")
    try:
        for shape in ((), (3,), (4, 5), (2, 3, 2), (1,), (0, 4)):
            for rate in (0.5, 0.003, 7.0, 0.0):
                w, g = (np.asarray(draw.normal(size=shape)) for _ in range(2))
                if shape == ():
                    w, g = float(w), float(g)  # type: ignore[assignment]
                found = _call_unchanged("step", step, w, g, rate)
                new = _numbers("step(w, g, rate)", found, shape)
                assert _near(new, np.asarray(w - rate * g)), (
                    f"A step of weights of shape {shape} with rate {rate} is not w - rate * g."
                )
    except AssertionError:
        _fails("step", "q4")
        _submission.own_path = _own_path(step)
        if _submission.own_path:
            _also("q4", "step", "in q6, the walk that follows from it is accepted, too.")
        raise


def _points() -> tuple[Floats, Floats]:
    """Return the 2,000 points of the notebook."""
    random = np.random.default_rng(7)
    x = random.uniform(-2, 2, 2000)
    return x, 1.5 * x - 0.5 + random.normal(0, 0.5, 2000)


def _batches() -> Iterator[Line]:
    """Yield the batches, all with one array of weights, as the notebook has it."""
    w, (x, y) = np.array(W_START), _points()
    for start in range(0, len(x), BATCH):
        yield w, x[start : start + BATCH], y[start : start + BATCH]


def _own_batches(gradient: Function) -> list[list[float]]:
    """Return what the student's gradient says to the batches of question 5; nothing if it fails."""
    try:
        own = [
            _numbers("gradient", _call("gradient", gradient, *batch), (2,)) for batch in _batches()
        ]
    except AssertionError:
        return []
    different = len({tuple(each) for each in own}) > len(own) / 2
    usable = different and all(np.isfinite(each).all() for each in own)
    return [each.tolist() for each in own] if usable else []


def _right_batches() -> list[Floats]:
    """Return the answers to question 5 that are accepted, each of shape (20, 2)."""
    true = np.array([_true_gradient(*batch) for batch in _batches()])
    own = _submission.own_batches
    return [true, np.array(own)] if own else [true]


def check_batches(batch_gradients: object) -> None:
    """Question 5: assert the gradient of each batch, by the loss or by the student's function."""
    found = _numbers("batch_gradients", batch_gradients, (20, 2))
    right = _right_batches()
    wrong = [int((~np.isclose(found, each, 1e-4, 1e-6)).any(axis=1).sum()) for each in right]
    assert 0 in wrong, (
        f"{min(wrong)} of 20 rows of `batch_gradients` are not the gradient at w_start on their "
        "batch of 100 points."
    )


def check_average(average_gradient: object) -> None:
    """Question 5: assert that the mean of all batches is the gradient on all points."""
    found = _numbers("average_gradient", average_gradient, (2,))
    right = [_true_gradient(np.array(W_START), *_points())]
    right += [each.mean(axis=0) for each in _right_batches()]
    assert any(_near(found, each) for each in right), (
        f"`average_gradient` is {found.round(5).tolist()}, but the gradient on all 2,000 points is "
        f"{right[0].round(5).tolist()}."
    )


def _walk(step: Function) -> list[Floats]:
    """Return the places of question 6's walk, with a step of one's own."""
    place, velocity = np.array(VALLEY_START), np.zeros(2)
    places = [place]
    for _ in range(STEPS):
        velocity = MOMENTUM * velocity + np.array(STEEPNESS) * place
        place = _numbers("step", _call("step", step, place.copy(), velocity.copy(), RATE), (2,))
        places.append(place)
    return places


def _own_path(step: Function) -> list[list[float]]:
    try:
        places = np.array(_walk(step))
    except AssertionError:
        return []
    moves = bool(np.abs(np.diff(places, axis=0)).max() > 0)
    return places.tolist() if moves and np.isfinite(places).all() else []


def check_path(path: object) -> None:
    """Question 6: assert each step of the walk, with a right step or with the student's own."""
    found = _numbers("path", path, (STEPS + 1, 2))
    expected = np.array(_walk(lambda w, g, rate: w - rate * g))
    own = [np.array(_submission.own_path)] if _submission.own_path else []
    off = np.flatnonzero(~np.isclose(found, expected, 1e-5, 1e-6).all(axis=1))
    assert not len(off) or any(np.allclose(found, each, 1e-5, 1e-6) for each in own), (
        f"`path` is right up to place {off[0] - 1} of {STEPS}. Place {off[0]} is "
        f"{found[off[0]].round(5).tolist()}, expected {expected[off[0]].round(5).tolist()}."
    )


# --- question 7: the chain rule -------------------------------------------------------------------


def check_slopes_at_h_and_z(dl_dh: object, dl_dz: object) -> None:
    """Question 7: assert the first two slopes; the second may follow from a wrong first one."""
    at_h = float(_numbers("dL_dh", dl_dh, ()))
    at_z = float(_numbers("dL_dz", dl_dz, ()))
    assert abs(at_h + 6) < 1e-3, f"`dL_dh` is {at_h:.6g}, expected 2 (h - 7) at h = 4."
    assert abs(at_z + 24) < 1e-3, f"`dL_dz` is {at_z:.6g}, expected dL_dh times 2z at z = 2."


def check_slopes_at_w_and_b(dl_dz: object, dl_dw: object, dl_db: object) -> None:
    """Question 7: assert that the last two slopes are right, or follow from dL_dz."""
    at_z, at_w, at_b = (
        float(_numbers(name, value, ()))
        for name, value in (("dL_dz", dl_dz), ("dL_dw", dl_dw), ("dL_db", dl_db))
    )
    for name, value, factor in (("dL_dw", at_w, 3), ("dL_db", at_b, 1)):
        follows = at_z != 0 and abs(value - factor * at_z) < 1e-3
        assert follows or abs(value + 24 * factor) < 1e-3, (
            f"`{name}` is {value:.6g}, expected {factor} times dL_dz, which is {at_z:.6g}."
        )


def check_w_slopes(w_slopes: object) -> None:
    """Question 7: assert the slope of the small graph's loss at every w."""
    found = _numbers("w_slopes", w_slopes, (81,))
    w = np.linspace(-1, 3, 81)
    expected = _slopes_of_each(lambda w: ((3 * w - 4) ** 2 - 7) ** 2, w)
    wrong = int((np.abs(found - expected) > 1e-4 * np.abs(expected).max()).sum())
    assert wrong == 0, f"{wrong} of 81 entries of `w_slopes` do not agree with finite differences."


def _slopes_of_each(function: Callable[[Floats], Floats], places: Floats) -> Floats:
    return (function(places + DISTANCE) - function(places - DISTANCE)) / (2 * DISTANCE)


# --- the judge's own network ----------------------------------------------------------------------


def _forward(parameters: Parameters, images: Array) -> tuple[Floats, Floats]:
    """Return hidden (n, units) and probabilities (n, classes)."""
    w1, b1, w2, b2 = parameters
    with np.errstate(all="ignore"):  # what a wrong training gives may be anything
        hidden = np.maximum(0, images @ w1 + b1)
        sums = hidden @ w2 + b2
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        return hidden, powers / powers.sum(axis=1, keepdims=True)


def _cross_entropy(probabilities: Floats, labels: Floats) -> float:
    with np.errstate(all="ignore"):
        right = (probabilities * labels).sum(axis=1)
        return float(-np.log(np.clip(right, 1e-12, None)).mean())


def _backward(parameters: Parameters, images: Array, labels: Floats) -> Parameters:
    hidden, probabilities = _forward(parameters, images)
    end = (probabilities - labels) / len(images)
    middle = end @ parameters[2].T * (hidden > 0)
    return [images.T @ middle, middle.sum(axis=0), hidden.T @ end, end.sum(axis=0)]


@dataclass(frozen=True)
class _Network:
    """A small network with a batch: parameters, images (n, inputs), one-hot labels (n, classes)."""

    parameters: Parameters
    images: Floats
    labels: Floats


def _network(name: str, n: int = 6, inputs: int = 5, units: int = 4, classes: int = 3) -> _Network:
    draw = _draw(name)
    shapes = ((inputs, units), (units,), (units, classes), (classes,))
    while True:
        parameters = [draw.normal(size=shape) * 0.8 for shape in shapes]
        images = draw.normal(size=(n, inputs))
        # Where a sum is nearly 0, relu has its corner, and finite differences say nothing.
        if np.abs(images @ parameters[0] + parameters[1]).min() > 100 * DISTANCE:
            return _Network(parameters, images, np.eye(classes)[draw.integers(0, classes, n)])


# --- questions 8 and 9: forward, backward ---------------------------------------------------------


def _answer(forward: Function, parameters: Parameters, images: Floats) -> tuple[Floats, Floats]:
    """Return what the student's forward pass gives; assert two arrays of the right shapes."""
    result = _call_unchanged("forward", forward, parameters, images)
    assert isinstance(result, list | tuple) and len(result) == 2, (
        f"`forward` gives {type(result).__name__}, expected hidden and probabilities."
    )
    n, units, classes = len(images), parameters[0].shape[1], parameters[2].shape[1]
    hidden = _numbers("hidden", result[0], (n, units))
    return hidden, _numbers("probabilities", result[1], (n, classes))


def check_forward(forward: Function) -> None:
    """Question 8: assert both results for networks of other sizes. Keep what q9 needs."""
    _tell_of_hidden_words("forward")
    _submission.own_network = {}
    try:
        for sizes in ((6, 5, 4, 3), (1, 3, 7, 2), (40, 8, 8, 8), (9, 6, 2, 10)):
            network = _network("forward", *sizes)
            found = _answer(forward, network.parameters, network.images)
            expected = _forward(network.parameters, network.images)
            for name, value, right in zip(
                ("hidden", "probabilities"), found, expected, strict=True
            ):
                assert _near(value, right), (
                    f"For {sizes[0]} image(s) of {sizes[1]} numbers, {sizes[2]} units and "
                    f"{sizes[3]} classes, {name} is off by up to {np.abs(value - right).max():.3g}."
                )
    except AssertionError:
        _fails("forward", "q8")
        _submission.own_network = _own_network(forward)
        if _submission.own_network:
            _also("q8", "forward", "in q9, the slopes that are right for it are accepted, too.")
        raise


def _own_network(forward: Function) -> dict[str, list[Any]]:
    """Return what a wrong forward pass answers to q9's network, with the slopes of its loss.

    Nothing where it fails, gives no probabilities, or does not depend on all parameters.
    """
    network = _network("backward")
    try:
        hidden, probabilities = _answer(forward, network.parameters, network.images)
        if not (probabilities > 0).all():
            return {}
        slopes = {
            name: _slopes(
                lambda part, place=place: _own_loss(forward, network, place, part),  # type: ignore[misc]
                network.parameters[place],
            )
            for place, name in enumerate(NAMES)
        }
    except AssertionError:
        return {}
    if not all(np.isfinite(each).all() and np.abs(each).max() > 1e-3 for each in slopes.values()):
        return {}
    answers = {"hidden": hidden, "probabilities": probabilities}
    return {name: each.tolist() for name, each in (answers | slopes).items()}


def _own_loss(forward: Function, network: _Network, place: int, part: Floats) -> float:
    parameters = [part if i == place else each for i, each in enumerate(network.parameters)]
    return _cross_entropy(_answer(forward, parameters, network.images)[1], network.labels)


def check_large_sums(forward: Function) -> None:
    """Question 8: assert right probabilities where the powers would overflow or vanish."""
    network = _with_large_sums()
    expected = _forward(network.parameters, network.images)[1]
    found = _answer(forward, network.parameters, network.images)[1]
    assert np.isfinite(found).all(), (
        "For sums before the softmax as large as 2000, some probabilities are not finite."
    )
    assert _near(found, expected), (
        "For sums before the softmax as large as 2000, the probabilities are off by up to "
        f"{np.abs(found - expected).max():.3g}."
    )


def _with_large_sums() -> _Network:
    """Return a network whose sums reach 2000, and lie far apart from image to image."""
    attempt = 0
    while True:
        attempt += 1
        network = _network(f"large sums {attempt}")
        w1, b1, w2, b2 = network.parameters
        sums = _forward(network.parameters, network.images)[0] @ w2 + b2
        factor = 2000 / np.abs(sums).max()
        largest = factor * sums.max(axis=1)
        if largest.max() > 800 and np.ptp(largest) > 800:
            return replace(network, parameters=[w1, b1, factor * w2, factor * b2])


def check_backward(backward: Function, layer: str) -> None:
    """Question 9: assert the slopes of the second or the first layer, by finite differences."""
    if layer == "second":
        _tell_of_hidden_words("backward")
    places = (2, 3) if layer == "second" else (0, 1)
    try:
        for sizes in ((6, 5, 4, 3), (1, 4, 6, 2), (12, 3, 5, 10)):
            network = _network("backward" if sizes[0] == 6 else "backward again", *sizes)
            hidden, probabilities = _forward(network.parameters, network.images)
            found = _found_slopes(backward, network, hidden, probabilities, places)
            expected = [_true_slopes(network, place) for place in places]
            if _disagreement(found, expected, places, sizes[0]) and _fits_own(backward, places):
                return
            assert (text := _disagreement(found, expected, places, sizes[0])) == "", text
    except AssertionError:
        _fails("backward", "q9")
        raise


def _found_slopes(
    backward: Function,
    network: _Network,
    hidden: Floats,
    probabilities: Floats,
    places: tuple[int, int],
) -> list[Floats]:
    arguments = (network.parameters, network.images, hidden, probabilities, network.labels)
    result = _call_unchanged("backward", backward, *arguments)
    assert isinstance(result, list | tuple) and len(result) == 4, (
        f"`backward` gives {type(result).__name__}, expected a list of four arrays."
    )
    return [
        _numbers(f"slopes of {NAMES[place]}", result[place], network.parameters[place].shape)
        for place in places
    ]


def _true_slopes(network: _Network, place: int) -> Floats:
    """Return the slopes of the mean cross-entropy, by finite differences of the judge's own."""

    def loss(part: Floats) -> float:
        parameters = [part if i == place else each for i, each in enumerate(network.parameters)]
        return _cross_entropy(_forward(parameters, network.images)[1], network.labels)

    return _slopes(loss, network.parameters[place])


def _disagreement(
    found: list[Floats], expected: list[Floats], places: tuple[int, int], count: int
) -> str:
    """Return in words how slopes differ from those that are expected; empty where they agree."""
    for place, slopes, right in zip(places, found, expected, strict=True):
        if _near(slopes, right):
            continue
        hint = ""
        if _near(slopes, -right):
            hint = " They point the wrong way: probability minus truth."
        elif _near(slopes, count * right):
            hint = " That is the sum over the images: divide by their number."
        elif _near(slopes, right / count):
            hint = " Divided by the number of images twice?"
        return (
            f"The slopes of {NAMES[place]} are off by up to {np.abs(slopes - right).max():.3g} "
            f"from finite differences of the mean cross-entropy.{hint}"
        )
    return ""


def _fits_own(backward: Function, places: tuple[int, int]) -> bool:
    """Return whether these are the right slopes for the student's own, wrong forward pass."""
    own = _submission.own_network
    if not own:
        return False
    hidden, probabilities = np.array(own["hidden"]), np.array(own["probabilities"])
    network = _network("backward")
    found = _found_slopes(backward, network, hidden, probabilities, places)
    expected = [np.array(own[NAMES[place]]) for place in places]
    return _disagreement(found, expected, places, len(hidden)) == ""


# --- question 10: train ---------------------------------------------------------------------------


def _to_blame() -> str:
    """Say which functions that `train` calls are wrong."""
    names = [name for name in ("step", "forward", "backward") if name in _submission.wrong]
    if not names:
        return ""
    which = " and ".join(f"`{name}` ({_submission.wrong[name]})" for name in names)
    return f" train calls {which}, not right yet: begin there."


def _trained(train: Function, network: _Network, epochs: int, size: int, rate: float) -> Parameters:
    arguments = (network.parameters, network.images, network.labels, epochs, size, rate)
    result = _call_unchanged("train", train, *arguments)
    assert isinstance(result, list | tuple) and len(result) == 4, (
        f"`train` gives {type(result).__name__}, expected a list of four arrays.{_to_blame()}"
    )
    return [
        _numbers(f"{name} after training", value, before.shape)
        for name, value, before in zip(NAMES, result, network.parameters, strict=True)
    ]


def check_training(train: Function) -> None:
    """Question 10: assert that the loss falls on images that `train` was not given."""
    _tell_of_hidden_words("train")
    draw = _draw("training")
    images, labels = _true_data()["train"]
    rows = draw.permutation(len(images))[: 2 * FRESH_IMAGES]
    digits = images[rows].astype(np.float32) / 255
    one_hot = np.eye(10, dtype=np.float32)[labels[rows]]
    shapes = ((784, FRESH_UNITS), (FRESH_UNITS,), (FRESH_UNITS, 10), (10,))
    start = [(draw.normal(size=shape) * 0.05).astype(np.float32) for shape in shapes]
    network = _Network(start, digits[:FRESH_IMAGES], one_hot[:FRESH_IMAGES])
    after = _trained(train, network, 4, 32, 0.1)
    losses = [
        _cross_entropy(_forward(each, digits[FRESH_IMAGES:])[1], one_hot[FRESH_IMAGES:])
        for each in (network.parameters, after)
    ]
    assert losses[1] < 0.5 * losses[0], (
        f"Trained on {FRESH_IMAGES} images for 4 epochs, a network has the loss {losses[1]:.3g} on "
        f"others, before it was {losses[0]:.3g}: expected less than half.{_to_blame()}"
    )


def check_loop(train: Function) -> None:
    """Question 10: assert the number of steps, their size, and that every image has its turn."""
    n, units, classes, size, epochs = 40, 6, 4, 8, 3
    draw = _draw("loop")
    parameters = [
        draw.normal(size=(n, units)) * 0.01,
        np.abs(draw.normal(size=units)) + 1.0,
        draw.normal(size=(units, classes)) * 0.5,
        draw.normal(size=classes) * 0.5,
    ]
    labels = np.eye(classes)[np.sort(draw.integers(0, classes, n))]
    # Image i has nothing but a 1 at input i: it alone moves the weights of this input.
    network = _Network(parameters, np.eye(n), labels)
    _check_steps(_trained(train, network, epochs, size, TINY), network, epochs, size)
    after = _trained(train, network, epochs, size, LARGE)
    ordered = _in_order(network, epochs, size, LARGE)
    apart = max(float(np.abs(a - b).max()) for a, b in zip(after, ordered, strict=True))
    assert apart > 1e-4, (
        "The images were used in the order in which they were given, expected an order that is "
        "drawn anew in every epoch."
    )


def _check_steps(after: Parameters, network: _Network, epochs: int, size: int) -> None:
    """With a tiny rate the gradient stays what it is: the way is rate × steps × gradient."""
    n = len(network.images)
    way = after[0] - network.parameters[0]
    slopes = _backward(network.parameters, network.images, network.labels)[0]
    expected = -TINY * epochs * n / size * slopes
    share = float(way.ravel() @ expected.ravel() / (expected**2).sum())
    assert abs(share - 1) < 0.1, (
        f"{epochs} epochs on {n} images, in batches of {size} and with a small rate, lead "
        f"{share:.2f} times as far as expected: are there {n // size} steps in every epoch, each "
        f"of the given rate?{_to_blame()}"
    )
    each = (way * expected).sum(axis=1) / (expected**2).sum(axis=1)
    others = int((np.abs(each - 1) > 0.1).sum())
    assert others == 0, (
        f"In {epochs} epochs, {others} of {n} images were not used {epochs} times, once in each."
        f"{_to_blame()}"
    )


def _in_order(network: _Network, epochs: int, size: int, rate: float) -> Parameters:
    """Return what training gives that does not shuffle."""
    parameters = network.parameters
    for start in [*range(0, len(network.images), size)] * epochs:
        rows = slice(start, start + size)
        slopes = _backward(parameters, network.images[rows], network.labels[rows])
        parameters = [w - rate * g for w, g in zip(parameters, slopes, strict=True)]
    return parameters


def check_trained(trained: object) -> None:
    """Question 10: assert that the arrays handed in, in the judge's network, read the test set."""
    test = _accuracy(trained, "test")
    _submission.facts["test_accuracy"] = round(test, 5)
    train = _accuracy(trained, "train")
    _submission.facts["train_accuracy"] = round(train, 5)
    if test - train > TESTED_BETTER:
        warnings.warn(
            f"trained on the test set: the accuracy of `trained` is {test:.4f} on the test set and "
            f"{train:.4f} on the training set",
            Suspicious,
            stacklevel=1,
        )
    assert test >= TEST_ACCURACY, (
        f"The network of the four arrays reads {test:.4f} of the test images, expected at least "
        f"{TEST_ACCURACY}.{_to_blame()}"
    )


def check_test_acc(trained: object, test_acc: object) -> None:
    """Question 10: assert that the claim is the accuracy of the arrays handed in."""
    claimed = float(_numbers("test_acc", test_acc, ()))
    found = _accuracy(trained, "test")
    assert abs(claimed - found) <= AGREES, (
        f"`test_acc` is {claimed:.4f}, but the network of `trained` reads {found:.4f} of the test "
        f"images.{_to_blame()}"
    )


def _accuracy(trained: object, which: str) -> float:
    """Return the share of images whose most probable digit is the right one."""
    assert isinstance(trained, list | tuple) and len(trained) == 4, (
        f"`trained` is of type {type(trained).__name__}, expected a list of four arrays."
    )
    shapes = ((784, 128), (128,), (128, 10), (10,))
    parameters = [
        _numbers(f"{name} of trained", value, shape).astype(np.float32)
        for name, value, shape in zip(NAMES, trained, shapes, strict=True)
    ]
    assert all(np.isfinite(each).all() for each in parameters), (
        "`trained` holds values that are no finite numbers."
    )
    images, labels = _true_data()[which]
    right = 0
    for start in range(0, len(images), 5_000):
        rows = slice(start, start + 5_000)
        block = images[rows].astype(np.float32) / np.float32(255)
        probabilities = _forward(parameters, block)[1]  # type: ignore[arg-type]
        right += int((probabilities.argmax(axis=1) == labels[rows]).sum())
    return right / len(images)


# --- the true data --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _true_data() -> dict[str, tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Return images, (n, 784) grey levels, and digits, (n,), of "train" and "test"; read-only."""
    with np.load(DATA, allow_pickle=False) as arrays:
        sets = {
            which: (arrays[f"x_{which}"].reshape(-1, 784), arrays[f"y_{which}"])
            for which in ("train", "test")
        }
    for images, digits in sets.values():
        images.flags.writeable = digits.flags.writeable = False
    return sets


def warm() -> None:
    """Load the true data where they lie here, so that processes forked from this one share them."""
    if Path(DATA).is_file():
        _true_data()
