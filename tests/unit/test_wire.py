"""What crosses the wall comes out as it went in; whatever was tampered with is refused."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from autograder.errors import WireError
from autograder.judge import fields, source, wire
from autograder.sandbox import probe
from autograder.wall import kinds

QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def decode(folder: Path) -> dict[str, Any]:
    with opened(folder) as descriptor:
        return wire.decode(descriptor)


def cross(value: Any) -> Any:
    with TemporaryDirectory() as folder:
        probe.capture({"x": value}, ["x"], f"{folder}/1")
        return decode(Path(folder, "1"))["x"]


def decode_manifest(content: bytes | dict[str, Any], **files: bytes) -> dict[str, Any]:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with TemporaryDirectory() as folder:
        Path(folder, wire.MANIFEST).write_bytes(raw)
        for name, data in files.items():
            Path(folder, f"{name.removeprefix('f')}.bin").write_bytes(data)
        return decode(Path(folder))


def node_of(node: Any, **files: bytes) -> Any:
    return decode_manifest({"version": 1, "values": {"x": node}}, **files)["x"]


def same(one: Any, other: Any) -> bool:
    """Equal in value and in exact type, down to signs of zero and NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        alike = one.dtype == other.dtype and one.shape == other.shape
        return bool(alike and one.tobytes() == other.tobytes())
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


# ---------------------------------------------------------------- round trips

DTYPES = st.sampled_from(sorted(kinds.NUMBERS)).map(np.dtype)
ARRAYS = arrays_of.arrays(DTYPES, arrays_of.array_shapes(min_dims=0, max_dims=4, min_side=0))
KEYS = st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False)
LEAVES = KEYS | st.floats() | st.just(...) | ARRAYS | DTYPES.flatmap(arrays_of.from_dtype)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=12,
)


@QUICK
@given(VALUES)
def test_values_come_out_as_they_went_in(value: Any) -> None:
    assert same(cross(value), value)


EXACT: dict[str, Any] = {
    "zero below": -0.0,
    "not a number": math.nan,
    "infinite": -math.inf,
    "smallest float": 5e-324,
    "large integer": -(10**899),
    "text": 'é"\\\n\0 \u2028 😀',
    "array without dimensions": np.array(3, "int16"),
    "empty": np.zeros((0, 7), "float64"),
    "not contiguous": np.arange(24).reshape(4, 6)[::2, ::-1],
    "Fortran order": np.asfortranarray(np.arange(6, dtype="float32").reshape(2, 3)),
    "big-endian": np.arange(3, dtype=">i4"),
    "eight dimensions": np.zeros((1,) * 8, "bool"),
    "deepest list": [[[[[[[[[[[["x"]]]]]]]]]]]],
}


@pytest.mark.parametrize("case", EXACT)
def test_edges_come_out_as_they_went_in(case: str) -> None:
    value = EXACT[case]
    found = cross(value)
    if isinstance(value, np.ndarray):
        assert found.dtype.name == value.dtype.name
        value = np.asarray(value, found.dtype, order="C")
    assert same(found, value)


def test_an_array_is_memory_of_its_own() -> None:
    found = cross(np.arange(4))
    found += 1
    assert found.tolist() == [1, 2, 3, 4]


class _EqualToAll(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class _Hostile:
    @property
    def __class__(self) -> type:
        raise RuntimeError("do not look")

    @__class__.setter
    def __class__(self, value: type) -> None: ...


class _Vector(np.ndarray[Any, Any]): ...


class _Point(NamedTuple):
    x: int

    def norm(self) -> int:
        return abs(self.x)


class _Votes(Counter[str]): ...


class _Zone(tzinfo):
    def utcoffset(self, moment: datetime | None) -> timedelta:
        return timedelta(hours=1)


NOT_CROSSING: dict[str, tuple[Any, str]] = {
    "function": (lambda: None, "function"),
    "module": (math, "module"),
    "class of its own": (_Hostile, "type"),
    "masked array, of which a comparison sees a part": (
        np.ma.array([1, 2], mask=[0, 1]),
        "MaskedArray",
    ),
    "records": (np.zeros(2, "i4,f8"), "ndarray of void96"),
    "array of a class of its own": (np.zeros(2).view(_Vector), "_Vector"),
    "generator": ((x for x in ()), "generator"),
    "random numbers": (np.random.default_rng(), "Generator"),
    "named tuple with methods": (_Point(1), "_Point"),
    "counter of a class of its own": (_Votes("ab"), "_Votes"),
    "time of a zone of its own": (datetime(2020, 1, 1, tzinfo=_Zone()), "datetime"),
    "dict with a key that does not cross": ({len: 1, _Hostile: 2}, "dict"),
    "integer of a class of its own": (_EqualToAll(1), "_EqualToAll"),
    "huge integer": (10**900, "int"),
    "long text": ("x" * (1 << 20), "str"),
    "half a character": ("\ud800", "str"),
    "what raises when looked at": (_Hostile(), "_Hostile"),
}


@pytest.mark.parametrize("case", NOT_CROSSING)
def test_other_values_cross_as_their_types_name(case: str) -> None:
    value, type_name = NOT_CROSSING[case]
    assert cross(value) == wire.OtherClaim(type_name)
    assert cross([value]) in ([wire.OtherClaim(type_name)], wire.OtherClaim("list"))


def test_a_list_within_itself_crosses_up_to_a_depth() -> None:
    loop: list[Any] = []
    loop.append(loop)
    found, depth = cross(loop), 0
    while isinstance(found, list):
        found, depth = found[0], depth + 1
    assert (found, depth) == (wire.OtherClaim("list"), 12)


def test_lists_within_one_another_have_an_end(tmp_path: Path) -> None:
    loop: list[Any] = []
    loop.extend([loop] * 10)  # 10^12 values up to the depth at which it ends
    probe.capture({"a": {(1, 2): loop}, "b": [1]}, ["a", "b"], str(tmp_path / "1"))
    assert decode(tmp_path / "1") == {"a": wire.OtherClaim("dict"), "b": [1]}


def test_only_what_is_asked_for_crosses_and_what_is_missing_stays_so(tmp_path: Path) -> None:
    probe.capture({"a": 1, "b": 2, "c": None}, ["c", "a", "d"], str(tmp_path / "1"))
    assert decode(tmp_path / "1") == {"c": None, "a": 1}


# ---------------------------------------------------------------- ways to tamper

X4 = {"t": "array", "dtype": "int8", "shape": [4], "file": "0.bin"}
HISTORY = {"t": "history", **{k: {"t": "dict", "v": []} for k in ("history", "params")}}
NONE = {"t": "none"}


def deep(kind: str, levels: int) -> Any:
    node: Any = NONE
    for _ in range(levels):
        node = {"t": kind, "v": [[NONE, node]] if kind == "dict" else [node]}
    return node


MANIFESTS: dict[str, bytes | dict[str, Any]] = {
    "empty": b"",
    "not JSON": b"{",
    "not UTF-8": b'{"version": 1, "values": {"x": "\xff"}}',
    "a pickle": b"\x80\x04N.",
    "NaN": b'{"version": 1, "values": {}, "more": NaN}',
    "infinite": b'{"version": 1, "values": {}, "more": -Infinity}',
    "an endless number": b'{"version": 1, "values": {}, "more": ' + b"9" * 10_000 + b"}",
    "nested without end": b"[" * 200_000,
    "a list": b"[]",
    "null": b"null",
    "no version": {"values": {}},
    "version 2": {"version": 2, "values": {}},
    "version as text": {"version": "1", "values": {}},
    "no values": {"version": 1},
    "values as list": {"version": 1, "values": [NONE]},
    "values as null": {"version": 1, "values": None},
    "name with a dot": {"version": 1, "values": {"a.b": NONE}},
    "name with a slash": {"version": 1, "values": {"../x": NONE}},
    "empty name": {"version": 1, "values": {"": NONE}},
    "version as bool": b'{"version": true, "values": {}}',
    "version as float": b'{"version": 1.0, "values": {}}',
    "values twice": b'{"version": 1, "values": {}, "values": {"x": {"t": "none"}}}',
    "kind twice": b'{"version": 1, "values": {"x": {"t": "int", "t": "none"}}}',
    "long name": {"version": 1, "values": {"x" * 10_000: NONE}},
    "half a character as name": {"version": 1, "values": {"\ud800": NONE}},
}


@pytest.mark.parametrize("case", MANIFESTS)
def test_tampered_manifests_are_refused(case: str) -> None:
    with pytest.raises(WireError):
        decode_manifest(MANIFESTS[case])


NODES: dict[str, Any] = {
    "null": None,
    "number": 1,
    "text": "none",
    "list": [NONE],
    "no kind": {},
    "kind as list": {"t": ["none"]},
    "kind as number": {"t": 1},
    "unknown kind": {"t": "pickle"},
    "kind in capitals": {"t": "None"},
    "bool as number": {"t": "bool", "v": 1},
    "bool as text": {"t": "bool", "v": "true"},
    "bool without value": {"t": "bool"},
    "int as number": {"t": "int", "v": 1},
    "int as bool": {"t": "int", "v": True},
    "int in words": {"t": "int", "v": "one"},
    "int of nothing": {"t": "int", "v": ""},
    "huge int": {"t": "int", "v": "9" * 1_001},
    "int as hex": {"t": "int", "v": "0x10"},
    "float as number": {"t": "float", "v": 1.0},
    "float in words": {"t": "float", "v": "one"},
    "float beyond range": {"t": "float", "v": "0x1p9999"},
    "long float": {"t": "float", "v": "0x" + "0" * 1_001},
    "text as number": {"t": "text", "v": 1},
    "text as null": {"t": "text", "v": None},
    "long text": {"t": "text", "v": "x" * (fields.MAX_TEXT + 1)},
    "list as text": {"t": "list", "v": "ab"},
    "list as dict": {"t": "list", "v": {"0": NONE}},
    "list of null": {"t": "list", "v": [None]},
    "tuple of number": {"t": "tuple", "v": [1]},
    "dict as dict": {"t": "dict", "v": {"a": NONE}},
    "dict of nodes": {"t": "dict", "v": [NONE]},
    "dict of threes": {"t": "dict", "v": [[NONE, NONE, NONE]]},
    "dict of text pairs": {"t": "dict", "v": ["ab"]},
    "key as list": {"t": "dict", "v": [[{"t": "list", "v": []}, NONE]]},
    "key as tuple of lists": {"t": "dict", "v": [[{"t": "tuple", "v": [{"t": "list", "v": []}]}, NONE]]},
    "key of another type": {"t": "dict", "v": [[{"t": "other", "type": "x"}, NONE]]},
    "key unfilled": {"t": "dict", "v": [[{"t": "unfilled"}, NONE]]},
    "lists too deep": deep("list", wire.MAX_DEPTH + 1),
    "dicts too deep": deep("dict", wire.MAX_DEPTH + 1),
    "too many values": {"t": "list", "v": [NONE] * source.MAX_NODES},
    "other without type": {"t": "other"},
    "other of number": {"t": "other", "type": 1},
    "history without epoch": HISTORY,
    "history of number": {**HISTORY, "epoch": {"t": "int", "v": "1"}},
    "history of dict": {**HISTORY, "epoch": {"t": "dict", "v": []}},
    "history as node of list": {**HISTORY, "epoch": [NONE]},
    "model without config": {"t": "model", "weights": []},
    "model without weights": {"t": "model", "config": "{}"},
    "model config as object": {"t": "model", "config": {}, "weights": []},
    "model config not JSON": {"t": "model", "config": "{", "weights": []},
    "model config as list": {"t": "model", "config": "[]", "weights": []},
    "model config with NaN": {"t": "model", "config": '{"a": NaN}', "weights": []},
    "model config endless": {"t": "model", "config": "[" * 200_000, "weights": []},
    "weights as dict": {"t": "model", "config": "{}", "weights": {}},
    "weight as none": {"t": "model", "config": "{}", "weights": [NONE]},
    "weight as scalar": {"t": "model", "config": "{}", "weights": [{**X4, "t": "scalar"}]},
    "weight as list": {"t": "model", "config": "{}", "weights": [[X4]]},
    "no dtype": {**X4, "dtype": None},
    "dtype object": {**X4, "dtype": "object"},
    "dtype code": {**X4, "dtype": "<i1"},
    "dtype as list": {**X4, "dtype": ["int8"]},
    "dtype void": {**X4, "dtype": "V1"},
    "dtype complex": {**X4, "dtype": "complex64", "shape": []},
    "dtype bfloat16": {**X4, "dtype": "bfloat16", "shape": [2]},
    "shape as number": {**X4, "shape": 4},
    "shape as text": {**X4, "shape": "4"},
    "side as text": {**X4, "shape": ["4"]},
    "side as float": {**X4, "shape": [4.0]},
    "side as bool": {**X4, "shape": [4, True]},
    "side unknown": {**X4, "shape": [-1]},
    "two negatives": {**X4, "shape": [-2, -2]},
    "huge side": {**X4, "shape": [1 << 40]},
    "too large": {**X4, "shape": [source.MAX_ARRAY_BYTES + 1]},
    "overflow": {**X4, "shape": [1 << 32, 1 << 32]},
    "nine dimensions": {**X4, "shape": [4] + [1] * 8},
    "empty but vast": {**X4, "shape": [0, *[(1 << 40) - 1] * 7], "file": "8.bin"},
    "half a character": {"t": "text", "v": "\ud800"},
    "half a character as key": {"t": "dict", "v": [[{"t": "text", "v": "\udfff"}, NONE]]},
    "bytes missing": {**X4, "shape": [5]},
    "bytes left over": {**X4, "shape": [3]},
    "bytes for no value": {**X4, "shape": [0]},
    "bool of 7": {**X4, "dtype": "bool", "file": "7.bin"},
    "scalar in a file": {**X4, "t": "scalar", "shape": []},
    "scalar too short": {"t": "scalar", "dtype": "int16", "v": "00"},
    "scalar too long": {"t": "scalar", "dtype": "int8", "v": "0000"},
    "scalar of no digits": {"t": "scalar", "dtype": "int8", "v": "xy"},
    "scalar of objects": {"t": "scalar", "dtype": "object", "v": "00" * 8},
    "scalar bool of 7": {"t": "scalar", "dtype": "bool", "v": "07"},
    "scalar of no character": {"t": "scalar", "dtype": "U1", "v": "00001100"},
    "text of no character": {**X4, "dtype": "U1", "shape": [1], "file": "5.bin"},
    "text of half a character": {**X4, "dtype": "U1", "shape": [1], "file": "6.bin"},
    "text of no length": {**X4, "dtype": "U0", "shape": [4]},
    "text of half a length": {**X4, "dtype": "U1.5", "shape": [1]},
    "text of a vast length": {**X4, "dtype": "S1000000", "shape": [1 << 20]},
    "time of another unit": {**X4, "dtype": "M8[10ns]", "shape": [1]},
    "time without a unit": {**X4, "dtype": "M8", "shape": [1]},
    "no file": {k: v for k, v in X4.items() if k != "file"},
    "file missing": {**X4, "file": "9.bin"},
    "file as number": {**X4, "file": 0},
    "file above": {**X4, "file": "../0.bin"},
    "file with a path": {**X4, "file": "./0.bin"},
    "absolute file": {**X4, "file": "/etc/passwd"},
    "file with a line break": {**X4, "file": "0.bin\n"},
    "file with NUL": {**X4, "file": "0.bin\0"},
    "file in other digits": {**X4, "file": "٠.bin"},
    "the manifest as array": {**X4, "file": wire.MANIFEST},
    "long file name": {**X4, "file": "0" * 7 + ".bin"},
}  # fmt: skip


@pytest.mark.parametrize("case", NODES)
def test_tampered_nodes_are_refused(case: str) -> None:
    assert node_of(X4, f0=b"abcd").tolist() == [97, 98, 99, 100]
    with pytest.raises(WireError):
        node_of(
            NODES[case],
            f0=b"abcd",
            f1=b"a",
            f5=b"\0\0\x11\0",
            f6=b"\0\xd8\0\0",
            f7=b"\1\0\7\0",
            f8=b"",
        )


def test_the_arrays_of_one_checkpoint_share_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_ARRAY_BYTES", 8)
    two, three = ({"t": "list", "v": [X4] * n} for n in (2, 3))
    assert len(node_of(two, f0=b"abcd")) == 2
    with pytest.raises(WireError, match="of arrays"):
        node_of(three, f0=b"abcd")
    with pytest.raises(WireError, match="of arrays"):
        node_of({"t": "model", "config": "{}", "weights": three["v"]}, f0=b"abcd")


def _link(path: Path) -> None:
    path.rename(path.with_name("target"))
    path.symlink_to(path.with_name("target"))


def _hard_link(path: Path) -> None:
    path.with_name("second").hardlink_to(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("gone")


def _device(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


FILES: dict[str, Callable[[Path], None]] = {
    "symbolic link": _link,
    "hard link": _hard_link,
    "folder": _folder,
    "fifo": _fifo,
    "link to a device": _device,
    "link to nothing": _dangling,
    "missing": Path.unlink,
    "shorter": lambda path: os.truncate(path, path.stat().st_size - 1),
    "empty": lambda path: os.truncate(path, 0),
    "endless": lambda path: os.truncate(path, wire.MAX_MANIFEST_BYTES + 1),
}


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("name", [wire.MANIFEST, "0.bin"])
def test_tampered_files_are_refused(case: str, name: str, tmp_path: Path) -> None:
    probe.capture({"x": np.arange(3)}, ["x"], str(tmp_path / "1"))
    assert decode(tmp_path / "1")["x"].tolist() == [0, 1, 2]
    FILES[case](tmp_path / "1" / name)
    with pytest.raises(WireError, match=name):
        decode(tmp_path / "1")


def test_a_refusal_leaves_no_descriptor_open(tmp_path: Path) -> None:
    probe.capture({"x": np.arange(3)}, ["x"], str(tmp_path / "1"))
    _hard_link(tmp_path / "1" / "0.bin")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(WireError):
            decode(tmp_path / "1")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


# ---------------------------------------------------------------- fuzzing

HONEST = json.dumps(
    {"version": 1, "values": {"x": X4, "y": {"t": "dict", "v": [[NONE, {"t": "int", "v": "5"}]]}}}
).encode()
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
KINDS = [
    "none",
    "unfilled",
    "bool",
    "int",
    "float",
    "text",
    "list",
    "tuple",
    "dict",
    "array",
    "scalar",
    "model",
    "history",
    "other",
]
TEXTS = st.sampled_from(["1", "0x1p0", "nan", "-5", "{}", "[]", '{"class_name": 1}'])
SIDES = st.sampled_from([0, 1, 2, 4, 1 << 20, (1 << 40) - 1, 1 << 40, -1])
PARTS = {
    "dtype": st.sampled_from([*sorted(kinds.NUMBERS), "object"]),
    "shape": st.lists(SIDES, max_size=9),
    "file": st.sampled_from(["0.bin", "1.bin", "../0.bin"]),
    "config": TEXTS,
    "type": st.text(max_size=100),
}


def _node(inner: Any) -> Any:
    lists = st.lists(inner, max_size=3) | st.lists(st.tuples(inner, inner), max_size=2)
    values = TEXTS | st.booleans() | lists | JUNK
    more = {key: strategy | JUNK for key, strategy in PARTS.items()}
    parts = dict.fromkeys(("history", "epoch", "params"), inner)
    optional = {"v": values, "weights": lists, **more, **parts}
    return st.fixed_dictionaries({"t": st.sampled_from(KINDS)}, optional=optional)


STRUCTURES = st.recursive(_node(JUNK), _node, max_leaves=6)


def decodes_or_refuses(content: bytes | dict[str, Any]) -> None:
    try:
        found = decode_manifest(content, f0=b"abcd", f1=b"")
    except WireError as error:
        assert str(error)
    else:
        assert isinstance(found, dict)


@QUICK
@given(st.integers(0, len(HONEST) - 1), st.integers(0, len(HONEST)), st.binary(max_size=9))
def test_changed_bytes_decode_or_are_refused(start: int, length: int, put: bytes) -> None:
    decodes_or_refuses(HONEST[:start] + put + HONEST[start + length % 7 :])


@QUICK
@given(st.binary() | JUNK.map(lambda junk: json.dumps(junk).encode()))
def test_any_bytes_decode_or_are_refused(content: bytes) -> None:
    decodes_or_refuses(content)


@settings(QUICK, max_examples=100)
@given(STRUCTURES)
def test_any_structure_decodes_or_is_refused(node: Any) -> None:
    decodes_or_refuses({"version": 1, "values": {"x": node}})
