"""The judge's side of `gradient-descent`: right functions pass, wrong ones fail with a reason."""

import importlib.util
import warnings
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def judging():
    """The support module, fresh."""
    path = ROOT / "solutions" / "gradient-descent" / "judging.py"
    spec = importlib.util.spec_from_file_location("judging_of_descent", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def derivative(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)


def loss(w, x, y):
    return np.mean((w[0] * x + w[1] - y) ** 2)


def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([np.mean(2 * errors * x), np.mean(2 * errors)])


def step(w, g, rate):
    return w - rate * g


def forward(parameters, images):
    w1, b1, w2, b2 = parameters
    hidden = np.maximum(0, images @ w1 + b1)
    powers = np.exp((sums := hidden @ w2 + b2) - sums.max(axis=1, keepdims=True))
    return hidden, powers / powers.sum(axis=1, keepdims=True)


def backward(parameters, images, hidden, probabilities, labels):
    end = (probabilities - labels) / len(images)
    middle = end @ parameters[2].T * (hidden > 0)
    return [images.T @ middle, middle.sum(axis=0), hidden.T @ end, end.sum(axis=0)]


def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        order = np.random.permutation(len(images))
        for i in range(0, len(images), batch_size):
            rows = order[i : i + batch_size]
            slopes = backward(
                parameters, images[rows], *forward(parameters, images[rows]), labels[rows]
            )
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes, strict=True)]
    return parameters


def in_order(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        for i in range(0, len(images), batch_size):
            part, truth = images[i : i + batch_size], labels[i : i + batch_size]
            slopes = backward(parameters, part, *forward(parameters, part), truth)
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes, strict=True)]
    return parameters


def changes_y(w, x, y):
    y -= w[0] * x + w[1]
    return np.mean(y**2)


def tanh_forward(parameters, images):
    w1, b1, w2, b2 = parameters
    hidden = np.tanh(images @ w1 + b1)
    powers = np.exp(hidden @ w2 + b2)
    return hidden, powers / powers.sum(axis=1, keepdims=True)


def tanh_backward(parameters, images, hidden, probabilities, labels):
    end = (probabilities - labels) / len(images)
    middle = end @ parameters[2].T * (1 - hidden**2)
    return [images.T @ middle, middle.sum(axis=0), hidden.T @ end, end.sum(axis=0)]


def softmax_alone(parameters, images):
    hidden, _ = forward(parameters, images)
    powers = np.exp(hidden @ parameters[2] + parameters[3])
    return hidden, powers / powers.sum(axis=1, keepdims=True)


RIGHT = {
    "check_slopes": [derivative],
    "check_precision": [derivative],
    "check_h": [derivative],
    "check_loss": [loss],
    "check_loss_changes_nothing": [loss],
    "check_gradient": [gradient],
    "check_way_down": [gradient],
    "check_step": [step],
    "check_slopes_at_h_and_z": [-6, -24],
    "check_slopes_at_w_and_b": [-24, -72, -24],
    "check_forward": [forward],
    "check_large_sums": [forward],
    "check_loop": [train],
}


@pytest.mark.parametrize("check", RIGHT)
def test_right_answer_passes(judging, check):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        getattr(judging, check)(*RIGHT[check])


@pytest.mark.parametrize("layer", ["first", "second"])
def test_right_slopes_pass(judging, layer):
    judging.check_backward(backward, layer)


WRONG = [
    ("check_slopes", [lambda f, x, h=1e-4: f(x) / x], "off by"),
    ("check_precision", [lambda f, x, h=1e-4: (f(x + h) - f(x)) / h], "off by"),
    ("check_h", [lambda f, x, _=0: derivative(f, x)], "With h = 0.5"),
    ("check_loss", [lambda w, x, y: loss(w, x, y) * len(x)], "the loss is"),
    ("check_loss", [lambda _w, _x, _y: ...], "ellipsis, expected numbers"),
    ("check_loss", [lambda _w, _x, _y: 1 / 0], "`loss` raised ZeroDivisionError"),
    ("check_loss_changes_nothing", [changes_y], "changes an array"),
    ("check_gradient", [lambda w, x, y: gradient(w, x, y) / 2], "The factor 2 is missing"),
    ("check_gradient", [lambda w, x, y: -gradient(w, x, y)], "points the wrong way"),
    ("check_way_down", [lambda w, x, y: -gradient(w, x, y)], "From 48 of 48 places"),
    ("check_way_down", [lambda _w, _x, _y: np.zeros(2)], "not the best line"),
    ("check_step", [lambda w, g, _: w - g], "not w - rate"),
    ("check_slopes_at_h_and_z", [-6, -12], "`dL_dz`"),
    ("check_slopes_at_w_and_b", [-24, -48, -24], "`dL_dw`"),
    ("check_forward", [tanh_forward], "hidden is off"),
    ("check_large_sums", [softmax_alone], "not finite"),
    ("check_backward", [tanh_backward, "first"], "slopes of W1"),
    ("check_backward", [lambda *a: [-g for g in backward(*a)], "second"], "the wrong way"),
    ("check_loop", [lambda p, x, y, e, b, r: train(p, x, y, 1, b, r)], "as far as expected"),
    ("check_loop", [in_order], "in the order in which they were given"),
    ("check_trained", [[np.zeros(3)] * 3], "expected a list of four arrays"),
]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(("check", "answer", "says"), WRONG)
def test_wrong_answer_fails_and_says_why(judging, check, answer, says):
    with pytest.raises(AssertionError) as caught:
        getattr(judging, check)(*answer)
    assert says in str(caught.value)


def fails(judging, check, *answer):
    with pytest.warns(judging.JudgedOn), pytest.raises(AssertionError):
        getattr(judging, check)(*answer)


def test_gradient_of_a_wrong_loss_is_accepted_after_it(judging):
    half = lambda w, x, y: gradient(w, x, y) / 2  # noqa: E731
    fails(judging, "check_loss", lambda w, x, y: loss(w, x, y) / 2)
    judging.restore(judging.state())
    judging.check_gradient(half)


def test_gradient_that_goes_uphill_on_the_true_loss_is_not_accepted(judging):
    with pytest.raises(AssertionError):
        judging.check_loss(lambda w, x, y: -loss(w, x, y))
    with pytest.raises(AssertionError):
        judging.check_gradient(lambda w, x, y: -gradient(w, x, y))


def test_walk_with_a_wrong_step_is_accepted_after_it(judging):
    uphill = lambda w, g, rate: w + rate * g  # noqa: E731
    path = np.array(judging._walk(uphill))
    with pytest.raises(AssertionError):
        judging.check_path(path)
    fails(judging, "check_step", uphill)
    judging.check_path(path)
    judging.check_path(np.array(judging._walk(step)))


def test_batches_may_come_from_a_wrong_gradient(judging):
    double = lambda w, x, y: 2 * gradient(w, x, y)  # noqa: E731
    rows = np.array([double(*batch) for batch in judging._batches()])
    with pytest.raises(AssertionError, match="20 of 20 rows"):
        judging.check_batches(rows)
    with pytest.raises(AssertionError):
        judging.check_gradient(double)
    judging.check_batches(rows)
    judging.check_average(rows.mean(axis=0))


@pytest.mark.parametrize("layer", ["first", "second"])
def test_slopes_of_a_wrong_forward_pass_are_accepted_after_it(judging, layer):
    fails(judging, "check_forward", tanh_forward)
    judging.check_backward(tanh_backward, layer)
    judging.check_backward(backward, layer)


def test_forward_pass_that_depends_on_nothing_excuses_no_slopes(judging):
    constant = lambda p, x: (np.zeros((len(x), len(p[1]))), np.full((len(x), len(p[3])), 0.5))  # noqa: E731
    with pytest.raises(AssertionError):
        judging.check_forward(constant)
    with pytest.raises(AssertionError):
        judging.check_backward(lambda p, *_: [np.zeros(np.shape(a)) for a in p], "first")


def test_training_that_fails_names_the_function_to_blame(judging):
    fails(judging, "check_forward", tanh_forward)
    with pytest.raises(AssertionError, match=r"train calls `forward` \(q8\)"):
        judging.check_loop(lambda p, *_: p)


HIDDEN = {
    "a word of its own": ({"loss": "def loss(w): return eval('w')"}, ["source: `loss` uses eval"]),
    "a helper's": (
        {"loss": "loss = lambda w: help(w)", "help": "help = lambda w: getattr(w, 'x')"},
        ["source: `loss` uses getattr"],
    ),
    "nobody's": ({"other": "other = eval('1')"}, []),
    "nothing hidden": ({"loss": "def loss(w): return re.compile(w)"}, []),
    "plain Otter": (None, []),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_hidden_words_raise_a_flag(judging, case):
    judging.sources, expected = HIDDEN[case]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        judging._tell_of_hidden_words("loss")
    assert [str(w.message) for w in caught if type(w.message).__name__ == "Suspicious"] == expected


@pytest.fixture
def data(judging, monkeypatch):
    """A data set in which the first ten pixels show the digit."""
    digits = np.arange(200, dtype=np.uint8) % 10
    images = np.zeros((200, 784), np.uint8)
    images[np.arange(200), digits] = 255
    monkeypatch.setattr(judging, "_true_data", lambda: sets)
    sets = {"train": (images, digits), "test": (images[:100], digits[:100].copy())}
    return sets


def reader():
    first, second = np.zeros((784, 128)), np.zeros((128, 10))
    first[:10, :10], second[:10] = np.eye(10), np.eye(10)
    return [first, np.zeros(128), second, np.zeros(10)]


def test_trained_network_is_measured_by_the_judge(judging, data):
    judging.check_trained(reader())
    judging.check_test_acc(reader(), 1.0)
    assert judging.facts()["test_accuracy"] == 1.0
    with pytest.raises(AssertionError, match=r"reads 1\.0000"):
        judging.check_test_acc(reader(), 0.95)
    with pytest.raises(AssertionError, match=r"reads 0\.1000"):
        judging.check_trained([0 * array for array in reader()])


def test_better_on_the_test_set_than_on_the_training_set_is_suspicious(judging, data):
    data["train"][1][:] = (data["train"][1] + 1) % 10
    with pytest.warns(judging.Suspicious, match="trained on the test set: "):
        judging.check_trained(reader())
