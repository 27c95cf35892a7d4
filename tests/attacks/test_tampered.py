"""Tampered checkpoint folders, given to the judge as a submission's: one row per way to tamper."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.course.config import Assignment
from autograder.judge import Session
from autograder.grading.grader import Grader
from autograder.records import Outcome

DENSE = {
    "module": "keras.layers", "class_name": "Dense", "registered_name": None,
    "config": {"name": "dense", "units": 3, "activation": "linear"},
}  # fmt: skip
INPUT = {
    "module": "keras.layers", "class_name": "InputLayer", "registered_name": None,
    "config": {"batch_shape": [None, 4], "dtype": "float32", "name": "in"},
}  # fmt: skip
MODEL = {
    "module": "keras", "class_name": "Sequential", "registered_name": "Sequential",
    "config": {"name": "s", "layers": [INPUT, DENSE]},
}  # fmt: skip
WEIGHTS = [([4, 3], "3.bin"), ([3], "1.bin")]


def array(**changes: Any) -> dict[str, Any]:
    return {"t": "array", "dtype": "float32", "shape": [10], "file": "0.bin", **changes}


def instance(key: str, *parts: dict[str, Any]) -> dict[str, Any]:
    return {"t": "instance", "type": key, "v": list(parts)}


def text(value: str) -> dict[str, Any]:
    return {"t": "text", "v": value}


def integer(value: int) -> dict[str, Any]:
    return {"t": "int", "v": str(value)}


def layer(**changes: Any) -> dict[str, Any]:
    """The right model, with its Dense layer changed."""
    model = copy.deepcopy(MODEL)
    model["config"]["layers"][1].update(changes)  # type: ignore[index]
    return model


def argument(name: str, value: Any) -> dict[str, Any]:
    return layer(config={**DENSE["config"], name: value})  # type: ignore[dict-item]


def function(module: Any, name: Any, **more: Any) -> dict[str, Any]:
    return {
        "module": module,
        "class_name": "function",
        "config": name,
        "registered_name": "function",
        **more,
    }


def functional(nodes: Any) -> dict[str, Any]:
    """A functional model whose second layer is called as `nodes` say."""
    activation = {
        "module": "keras.layers", "class_name": "Activation", "registered_name": None,
        "config": {"name": "act", "activation": function("builtins", "exec")},
        "name": "act", "inbound_nodes": nodes,
    }  # fmt: skip
    first = {**INPUT, "name": "in", "inbound_nodes": []}
    return {
        "module": "keras.src.models.functional", "class_name": "Functional", "registered_name": "Functional",
        "config": {"name": "f", "layers": [first, activation], "input_layers": [["in", 0, 0]], "output_layers": [["act", 0, 0]]},
    }  # fmt: skip


ANSWERS = [
    {"t": "int", "v": 42}, {"t": "int", "v": "42.0"}, {"t": "int", "v": "0x2a"}, {"t": "int", "v": ""},
    {"t": "int", "v": "9" * 1_001}, {"t": "int"}, {"t": "int", "v": None}, {"t": "int", "v": ["42"]},
    {"t": "float", "v": 42.0}, {"t": "float", "v": "42,0"}, {"t": "float", "v": "0x1p9999999"},
    {"t": "float", "v": "nan"}, {"t": "bool", "v": 1}, {"t": "bool", "v": "true"}, {"t": "bool", "v": True},
    {"t": "text", "v": 42}, {"t": "text", "v": "x" * (2 << 20)}, {"t": "none", "v": 42}, {"t": "unfilled"},
    {"t": "Int", "v": "42"}, {"t": "int ", "v": "42"}, {"t": ["int"], "v": "42"}, {"t": {}, "v": "42"}, {},
    None, 42, "42", [], [{"t": "int", "v": "42"}], {"t": "list", "v": {}}, {"t": "list"},
    {"t": "tuple", "v": "42"}, {"t": "dict", "v": {}}, {"t": "dict", "v": [[]]}, {"t": "dict", "v": [7]},
    {"t": "dict", "v": [[{"t": "list", "v": []}, {"t": "none"}]]},
    {"t": "dict", "v": [[array(shape=[], file="2.bin"), {"t": "none"}]]},
    {"t": "history", "history": {"t": "dict", "v": []}}, {"t": "history"},
    {"t": "history", "history": {"t": "list", "v": []}, "epoch": {"t": "list", "v": []}, "params": {"t": "dict", "v": []}},
    {"t": "other"}, {"t": "other", "type": 7}, {"t": "other", "type": "int"}, {"t": "other", "type": "\x00\ud800<b>"},
    {"t": "other", "type": "x" * 100_000}, {"t": "array"}, {"t": "scalar"}, {"t": "model"},
    {"t": "scalar", "dtype": "int64", "shape": [], "file": "0.bin"}, {"t": "scalar", "dtype": "int64", "v": "2a"},
    {"t": "scalar", "dtype": "object", "v": "2a" * 8}, {"t": "scalar", "dtype": "U1", "v": "ffffffff"},
    {"t": "library", "name": "builtins.eval"}, {"t": "library", "name": "os.system"}, {"t": "library", "name": "builtins.int"},
    {"t": "remote", "id": 0, "kind": "object", "type": "int"}, {"t": "remote", "id": 1 << 40, "kind": "class", "type": "type"},
    {"t": "texts", "shape": [1 << 39], "lengths": {"t": "none"}, "text": {"t": "none"}},
    instance("os.system", text("id")), instance("pandas.NAType"), instance("pandas.NaTType"), instance("collections.Counter"),
    instance("decimal.Decimal", text("x")), instance("decimal.Decimal", text("1e999999999")), instance("decimal.Decimal", text("sNaN")),
    instance("zoneinfo.ZoneInfo", text("../../etc/passwd")), instance("builtins.range", *(integer(n) for n in (0, 1 << 62, 1))),
    instance("collections.namedtuple", text("x=print(1)"), {"t": "tuple", "v": []}),
    instance("pandas.Timestamp", text("now"), {"t": "none"}), instance("pandas.Interval", integer(42), integer(42), text("both")),
    instance("pandas.RangeIndex", integer(0), integer(1 << 62), integer(1), {"t": "none"}),
    instance("pandas.Series", integer(42), integer(42), {"t": "none"}), instance("scipy.csr_matrix", text("csr_matrix")),
    instance("datascience.Table", {"t": "list", "v": []}, {"t": "list", "v": []}),
]  # fmt: skip

SQUARES = [
    array(dtype=dtype)
    for dtype in ("object", "O", "V8", "<f4", "f4", "str", "datetime64[s]", "complex64", "bfloat16", "void", "", None, 4, ["float32"], "float32\x00")
] + [
    array(shape=shape)
    for shape in ([-10], [10.0], [True] * 10, ["10"], [10, None], 10, "10", None, {}, [1 << 62], [1 << 39, 1 << 39], [9], [11], [1] * 9, [[10]], [0], [10, 0])
] + [
    array(file=name)
    for name in ("1.bin", "missing.bin", "../0.bin", "/etc/passwd", "0.bin\x00", "0.bin ", "", ".", "..", "manifest.json", "00000000.bin", "\u0660.bin", "link.bin", "pipe.bin", "folder.bin", "twice.bin", "7777.bin", 0, None, ["0.bin"])
] + [
    array(dtype="bool", shape=[40], file="sevens.bin"),
    array(t="scalar"), array(t="scalar", shape=[1]), array(dtype="int8", shape=[40], t="list"),
    {"t": "list", "v": [array()] * 3}, array(dtype="float64", shape=[5]),
]  # fmt: skip

MODELS = [
    layer(class_name="Lambda"), layer(class_name="TFSMLayer", config={"filepath": "/"}), layer(class_name="Dense "),
    layer(class_name="TorchModuleWrapper"), layer(class_name="JaxLayer"), layer(class_name="FlaxLayer"),
    layer(class_name="RNN"), layer(class_name="Wrapper"), layer(class_name="TimeDistributed"), layer(class_name="StringLookup"),
    layer(class_name="TextVectorization", config={"vocabulary": "/etc/passwd"}), layer(class_name=None), layer(class_name=7),
    layer(class_name=["Dense"]), layer(class_name="__class__"), layer(class_name="__lambda__", config={"value": "x"}),
    layer(class_name="__tensor__", config={"value": [1], "dtype": "int8"}), layer(class_name="__numpy__", config={"value": [1], "dtype": "O"}),
    layer(class_name="__bytes__", config={"value": "x"}), layer(class_name="__ellipsis__", config={}),
    layer(class_name="__typespec__", spec_name="x", config=[]), layer(class_name="__slice__", config={}),
    layer(module=None), layer(module="os", class_name="system"), layer(module="keras.src.layers.core.lambda_layer", class_name="Lambda"),
    layer(module="builtins", class_name="eval"), layer(module="keras.layers.x"), layer(module=["keras.layers"]), layer(module="tensorflow"),
    layer(module="antigravity", class_name="__class__"), layer(module="keras.losses", class_name="__class__"),
    layer(module="keras.utils", class_name="get_file", config={"origin": "http://192.0.2.1/"}),
    layer(registered_name="Custom>Dense"), layer(registered_name="judging>Dense", module=None), layer(registered_name=["Dense"]),
    layer(config=None), layer(config=[]), layer(config="x"), layer(config={"units": 3, "function": "os.system"}),
    argument("units", 2_000_000_000), argument("units", -3), argument("units", "3"), argument("units", [3]), argument("units", 0.5),
    argument("units", 1e308), argument("activation", function("os", "system")), argument("activation", function("builtins", "exec")),
    argument("activation", function("keras.utils", "get_file")), argument("activation", function("builtins", ["exec"])),
    argument("activation", {"class_name": "__lambda__", "config": {"value": "x"}}), argument("activation", "eval"),
    argument("activation", {"class_name": "Lambda", "config": {}, "module": "keras.layers"}), argument("activation", "x" * 2_000),
    argument("kernel_initializer", {"module": "os", "class_name": "popen", "config": {"cmd": "id"}}),
    argument("kernel_initializer", {"module": "antigravity", "class_name": "__class__", "config": {}}),
    argument("kernel_regularizer", {"module": "keras.layers", "class_name": "Lambda", "config": {}}), argument("dtype", {"class_name": "exec", "config": {}}),
    argument("name", "../../x"), argument("name", 7), argument("lora_rank", 1 << 40), argument("quantization_config", {"module": "os", "class_name": "x", "config": {}}),
    functional([{"args": [], "kwargs": {"inputs": "import os; os._exit(7)"}}]), functional([{"args": ["import os"], "kwargs": {}}]),
    functional([["in", 9, 9, {}]]), functional([["in", 0, 0, {"inputs": "x"}]]), functional(7), functional([7]), functional([None]),
    {**MODEL, "class_name": "Model"}, {**MODEL, "class_name": "Functional"}, {**MODEL, "config": None}, {**MODEL, "config": {"layers": None}},
    {**MODEL, "module": "os"},
    {**MODEL, "config": {"name": "s", "layers": [INPUT] + [{**DENSE, "config": {"units": 3, "name": f"d{n}"}} for n in range(5_000)]}},
    {}, [], 7, None, "x",
]  # fmt: skip

_REMOTE = {"t": "remote", "id": 0, "kind": "object", "type": "int"}
REMOTES = [
    _REMOTE, {**_REMOTE, "id": -1}, {**_REMOTE, "id": True}, {**_REMOTE, "id": 1 << 40},
    {**_REMOTE, "kind": "module"}, {**_REMOTE, "kind": "function", "name": "os.system"},
    {**_REMOTE, "kind": "function", "name": "f", "signature": "(x=__import__('os').abort())"},
    {**_REMOTE, "kind": "class", "name": "int", "bases": [0]}, {**_REMOTE, "class": 0},
    {**_REMOTE, "abilities": ["__eq__", "__class__", "__instancecheck__"]},
    {**_REMOTE, "abilities": [3]}, {**_REMOTE, "abilities": ["__len__"] * 10_000},
    {**_REMOTE, "kind": "class", "name": "E", "errors": ["SystemExit", "KeyboardInterrupt"]},
    {"t": "list", "v": [_REMOTE, {**_REMOTE, "kind": "class", "name": "C"}]},
]  # fmt: skip

WHOLE = [
    b"", b"\xff\xfe", b"null", b"[]", b"{}", b'{"version": 1}', b'{"version": 2, "values": {}}',
    b'{"version": true, "values": {"answer": {"t": "int", "v": "42"}}}', b'{"version": 1.0, "values": {"answer": {"t": "int", "v": "42"}}}',
    b'{"version": 1, "values": []}', b'{"version": 1, "values": {"a b": {"t": "none"}}}', b'{"version": 1, "values": {"answer": NaN}}',
    b'{"version": 1, "values": {"answer": Infinity}}', b'{"version": 1, "values": ' + b"[" * 100_000, b"9" * 10_000,
    b'{"version": 1, "values": {"answer": ' + b'{"t": "list", "v": [' * 5_000 + b"]}" * 5_000 + b"}}",
    b'{"version": 1, "values": {"answer": ' + b'{"t": "list", "v": [' * 40 + b"]}" * 40 + b"}}",
    b'{"version": 1, "values": {"answer": {"t": "int", "v": "42"}, "answer": {"t": "int", "v": "41"}}}', b"{" * 1_000_000,
]  # fmt: skip


@pytest.fixture(scope="module")
def session(tiny_grader: Grader) -> Iterator[Session]:
    with tiny_grader.judge.session(1, 20) as session:
        yield session


@pytest.fixture
def outcome(session: Session, tiny: Assignment, tmp_path: Path) -> Callable[[str, bytes], Any]:
    """Judges a question on a manifest, in a folder with every kind of file in it."""
    tmp_path.chmod(0o755)
    (tmp_path / "0.bin").write_bytes(bytes(range(40)) + bytes(8))
    os.truncate(tmp_path / "0.bin", 40)
    (tmp_path / "1.bin").write_bytes(bytes(12))
    (tmp_path / "3.bin").write_bytes(bytes(48))
    (tmp_path / "2.bin").write_bytes(bytes(4))
    (tmp_path / "sevens.bin").write_bytes(bytes([7] * 40))
    (tmp_path / "link.bin").symlink_to(tmp_path / "0.bin")
    (tmp_path / "folder.bin").mkdir()
    os.mkfifo(tmp_path / "pipe.bin")
    (tmp_path / "second.bin").write_bytes(bytes(40))
    os.link(tmp_path / "second.bin", tmp_path / "twice.bin")
    questions = {question.name: question for question in tiny.questions}

    def judge(name: str, manifest: bytes) -> Any:
        (tmp_path / "manifest.json").write_bytes(manifest)
        folder = os.open(tmp_path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            return session.ask(questions[name], [folder])
        finally:
            os.close(folder)

    return judge


def manifest(name: str, node: Any) -> bytes:
    return json.dumps({"version": 1, "values": {name: node}}).encode()


def model_node(config: Any) -> dict[str, Any]:
    weights = [{**array(shape=shape, file=file)} for shape, file in WEIGHTS]
    return {"t": "model", "config": json.dumps(config), "weights": weights}


def rows(name: str, nodes: list[Any]) -> list[Any]:
    return [pytest.param(name, node, id=f"{name}-{number}") for number, node in enumerate(nodes)]


@pytest.mark.parametrize(
    ("name", "node"),
    [*rows("answer", [*ANSWERS, *REMOTES]), *rows("squares", SQUARES), *rows("network", [model_node(m) for m in MODELS])],
)  # fmt: skip
def test_a_tampered_value_earns_nothing_and_ends_nothing(
    outcome: Callable[[str, bytes], Any], name: str, node: Any
) -> None:
    question = {"answer": "q1", "squares": "q2", "network": "q3"}[name]
    verdict = outcome(question, manifest(name, node))
    assert all(case.outcome is not Outcome.UNGRADED for case in verdict.cases), verdict
    assert verdict.earned < verdict.question.points, verdict


@pytest.mark.parametrize("text", WHOLE, ids=range(len(WHOLE)))
def test_a_tampered_manifest_is_refused(outcome: Callable[[str, bytes], Any], text: bytes) -> None:
    verdict = outcome("q1", text)
    assert {case.outcome for case in verdict.cases} <= {Outcome.FAILED, Outcome.PASSED}, verdict
    assert verdict.earned < verdict.question.points, verdict


def test_the_untampered_values_pass(outcome: Callable[[str, bytes], Any]) -> None:
    assert outcome("q1", manifest("answer", {"t": "int", "v": "42"})).earned == 2
    assert outcome("q3", manifest("network", model_node(MODEL))).earned == 5
    squares = [{"t": "float", "v": float(n * n).hex()} for n in range(10)]
    assert outcome("q2", manifest("squares", {"t": "list", "v": squares})).earned == 3
    shape, nothing = {"t": "list", "v": [integer(10)]}, {"t": "none"}
    objects = instance("numpy.ndarray", shape, {"t": "list", "v": squares})
    index = instance("pandas.Index", objects, nothing, nothing)  # pandas is loaded in the fork
    assert outcome("q2", manifest("squares", index)).earned == 3
