"""Values of libraries come out of the wall as they went in, in both directions."""

from __future__ import annotations

import contextlib
import datetime
import math
import operator
import sys
import warnings
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from types import ModuleType, SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
import scipy.optimize
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

from autograder.errors import WireError
from autograder.judge import rebuild, source, wire
from autograder.judge.source import Blobs, Budget
from autograder.judge.wire import InstanceClaim, RemoteClaim
from autograder.sandbox.text import PROBE
from autograder.wall.values import KINDS, Reader, Writer
from tests.unit.test_wire import QUICK, cross, node_of, same

Point = namedtuple("Point", "x y")
BERLIN = ZoneInfo("Europe/Berlin")


def out(value: Any) -> Any:
    """From the student's process, by a checkpoint's folder."""
    return rebuild.value(cross(value), [])


def message(value: Any) -> Any:
    """From the student's process, by a session's message."""
    writer = Writer()
    node = writer.node(value)
    blobs = [bytearray(blob) for blob in writer.blobs]
    return rebuild.value(wire.Decoder(Blobs(blobs), Budget()).node(node, "x"), [])


def back(value: Any) -> Any:
    """Into the student's process."""
    writer = Writer()
    return Reader(writer.blobs, lambda node: node).value(writer.node(value))


def as_text(value: Any) -> Any:
    """With what a kernel gets."""
    writer = KERNEL["Writer"]()
    return KERNEL["Reader"](writer.blobs, None).value(writer.node(value))


KERNEL: dict[str, Any] = {}
exec(PROBE, KERNEL)
WAYS = [out, message, back, as_text]


def alike(one: Any, other: Any) -> bool:
    """Equal in value and exact type, however deep."""
    if type(one).__module__.partition(".")[0] == "scipy" and hasattr(one, "tocoo"):
        return type(one) is type(other) and alike(one.toarray(), other.toarray())
    if isinstance(one, pd.DataFrame):
        assert_frame_equal(one, other, check_freq=True)
    elif isinstance(one, pd.Series):
        assert_series_equal(one, other, check_freq=getattr(one.index, "freqstr", None) != "SME-15")
    elif isinstance(one, pd.Index):
        assert_index_equal(one, other, exact=True)
    elif isinstance(one, np.ndarray) and one.dtype == object:
        return one.shape == other.shape and alike(one.ravel().tolist(), other.ravel().tolist())
    elif isinstance(one, np.ndarray | np.generic):
        return same(one, other)
    elif isinstance(one, list | tuple):
        return (
            len(one) == len(other)
            and all(map(alike, one, other))
            and type(one).__name__ == type(other).__name__
        )
    elif isinstance(one, dict):
        return type(one) is type(other) and alike(list(one.items()), list(other.items()))
    else:
        return type(one) is type(other) and (repr(one) == repr(other) or one == other)
    return type(one) is type(other)


PLAIN: dict[str, Any] = {
    "set": {1, "a", (2, 3)},
    "empty set": set(),
    "frozen set": frozenset({1.5, None}),
    "bytes": b"\0\xff",
    "bytes that change": bytearray(b"ab"),
    "complex": complex(-0.0, math.inf),
    "range": range(3, -9, -2),
    "slice": slice(1, None, 2),
    "class": [int, str, list, dict, set, object, ValueError, np.float32, np.ndarray, pd.DataFrame],
    "function": [len, math.sqrt, operator.add, np.mean, np.exp, np.max],
    "counter": Counter("abca"),
    "ordered dict": OrderedDict(b=1, a=[2]),
    "default dict": defaultdict(list, a=[1]),
    "default dict without": defaultdict(None, {1: 2}),
    "deque": deque([1, [2]], maxlen=5),
    "named tuple": Point(1, [2, {3}]),
    "date": datetime.date(2020, 2, 29),
    "time": datetime.time(23, 59, 1, 5, tzinfo=datetime.UTC, fold=1),
    "moment": datetime.datetime(2020, 1, 2, 3, 4, 5, 6),
    "moment of a zone": datetime.datetime(2020, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
    "span": datetime.timedelta(-1, 5, 7),
    "zone": [datetime.UTC, datetime.timezone(datetime.timedelta(hours=-3), "X"), BERLIN],
    "decimal": [Decimal("1.10"), Decimal("-0"), Decimal("Infinity")],
    "fraction": Fraction(-2, 6),
    "keys": {
        (1, ("a", None)): 1,
        datetime.date(2020, 1, 1): 2,
        frozenset({1}): 3,
        np.int64(4): 5,
        b"x": 6,
        int: 7,
        1j: 8,
        Decimal(2): 9,
    },
    "dtype": [np.dtype("float32"), np.dtype("<U3"), np.dtype(object), np.dtype("M8[s]")],
    "array of text": np.array([["a", "é\U0001f600"], ["", "bb"]]),
    "array of bytes": np.array([b"a", b"bbb"]),
    "array of days": np.array(["2020-01-01", "NaT"], "M8[D]"),
    "array of spans": np.array([1, -2], "m8[ms]"),
    "array of complex": np.array([1j, 2], "complex64"),
    "scalar text": np.str_("abc"),
    "scalar day": np.datetime64("2020-01-01"),
    "scalar complex": np.complex128(1 - 1j),
    "array of objects": np.array([[1, "a"], [None, {2}]], object),
    "array of texts with gaps": np.array(["a", None, math.nan, "é\0", ""], object),
    "array without objects": np.empty((0, 3), object),
    "array of half a character": np.array(["a", "b"], object),
    "what an optimiser found": scipy.optimize.OptimizeResult(
        x=np.arange(3.0), success=True, message="ok"
    ),
    **{
        f"sparse {kind}": getattr(scipy.sparse, kind)(np.array([[0, 1.5], [2, 0], [0, 0]]))
        for kind in ("csr_matrix", "csc_array", "coo_matrix", "lil_matrix", "dok_array")
    },
}
DAYS = pd.date_range("2020-01-01", periods=3, freq="D", name="day")
MISSING = [1, None, 3]
COLUMNS: dict[str, Any] = {
    "int": [1, 2, 3],
    "small": np.array([1, 2, 3], "int8"),
    "float": [1.5, math.nan, -0.0],
    "bool": [True, False, True],
    "complex": [1j, 2, 3],
    "text": ["a", "b", None],
    "text of objects": pd.Series(["a", None, math.nan], dtype=object),
    "text that knows NA": pd.array(["a", pd.NA, "c"], dtype="string"),
    "mixed": pd.Series([1, "a", [2]], dtype=object),
    "whole with gaps": pd.array(MISSING, dtype="Int64"),
    "unsigned with gaps": pd.array(MISSING, dtype="UInt8"),
    "float with gaps": pd.array(MISSING, dtype="Float32"),
    "bool with gaps": pd.array([True, None, False], dtype="boolean"),
    "category": pd.Categorical(["b", None, "b"], categories=["b", "a"], ordered=True),
    "bins": pd.cut([1, 5, 9], [0, 5, 10]),
    "days": DAYS,
    "seconds": DAYS.as_unit("s"),
    "zone": DAYS.tz_localize("Europe/Berlin"),
    "UTC": DAYS.tz_localize("UTC"),
    "offset": DAYS.tz_localize("UTC+02:00"),
    "spans": DAYS - DAYS[0],
    "gaps in time": pd.Series([DAYS[0], pd.NaT, DAYS[2]]),
    "months": pd.period_range("2020-01", periods=3, freq="M"),
    "intervals": pd.interval_range(0, 3),
    "dates": pd.Series([datetime.date(2020, 1, d) for d in (1, 2, 3)]),
}
FRAME = pd.DataFrame(COLUMNS, index=["x", "y", "z"])
TABLES: dict[str, Any] = {
    "frame of everything": FRAME,
    **{f"series: {name}": pd.Series(column, name=name) for name, column in COLUMNS.items()},
    **{
        f"index: {name}": pd.Index(column, name="n")
        for name, column in COLUMNS.items()
        if name != "mixed"
    },
    "numbers": pd.DataFrame(np.arange(6.0).reshape(2, 3), columns=list("abc")),
    "whole numbers with gaps": pd.DataFrame({"a": pd.array(MISSING, dtype="Int64")}),
    "same name twice": pd.DataFrame([[1, "a"]], columns=["a", "a"]),
    "numbers as names": pd.DataFrame({0: [1], 1: ["a"]}),
    "empty": pd.DataFrame(),
    "no lines": FRAME.iloc[:0],
    "no columns": FRAME[[]],
    "grouped": FRAME.groupby(["bool", "text"], dropna=False)[["int"]].agg(["sum", "mean"]),
    "named axes": FRAME[["int"]].rename_axis("row").rename_axis("column", axis=1),
    "time as index": pd.Series([1, 2, 3], index=DAYS),
    "time without rhythm": pd.Series([1, 2], index=DAYS[[0, 2]]),
    "time in a rhythm of its own": pd.Series(
        [1, 2], index=pd.date_range("2020", periods=2, freq="SME")
    ),
    "months as index": pd.Series([1, 2, 3], index=COLUMNS["months"]),
    "counts": pd.Series(["a", "b", "a"]).value_counts(),
    "name of two": pd.Series([1], name=("a", 1)),
    "range": pd.RangeIndex(1, 9, 3, name="r"),
    "levels": pd.MultiIndex.from_product([[1, 2], ["a", "b"]], names=["n", None]),
    "category as index": pd.CategoricalIndex(["a", "b", "a"]),
    "scalars": [
        DAYS[0],
        DAYS.tz_localize("Europe/Berlin")[0],
        pd.Timedelta("1s"),
        pd.NaT,
        pd.NA,
        pd.Period("2020-01", "M"),
        pd.Interval(0, 1.5, "both"),
        pd.Timestamp("2020").as_unit("s"),
    ],
    "in a dict": {"a": [pd.Series([1])]},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", [*PLAIN, *TABLES])
def test_values_come_out_as_they_went_in(case: str, way: Any) -> None:
    value = (PLAIN | TABLES)[case]
    assert alike(value, way(value))


def test_what_does_not_cross_is_a_stub_wherever_it_stands() -> None:
    def remote(value: Any) -> dict[str, Any]:
        things.append(value)
        return {"t": "remote", "id": len(things), "kind": "object", "type": type(value).__name__}

    things: list[Any] = []
    mine, deep = object(), {"a": [(object(),)], "f": pd.Series([object()], dtype=object)}
    writer = Writer(remote=remote)
    node = writer.node([mine, deep, defaultdict(lambda: 0, a=1), {object()}])
    blobs = Blobs([bytearray(blob) for blob in writer.blobs])
    stubs: dict[int, Any] = {n: (lambda: None) for n in range(9)}
    claims = wire.Decoder(blobs, Budget()).node(node, "x")
    found: Any = rebuild.value(claims, [], lambda claim: stubs[claim.id])
    assert found[0] is stubs[1] and found[1]["a"] == [(stubs[2],)]
    assert found[1]["f"][0] is stubs[3]
    assert found[2].default_factory is stubs[4] and found[3] == {stubs[5]}
    assert Reader(writer.blobs, lambda node: things[node["id"] - 1]).value(node)[0] is mine


def test_a_frame_with_a_column_that_cannot_cross_stays_behind_as_a_whole() -> None:
    frame = pd.DataFrame({"a": pd.arrays.SparseArray([0, 1])})
    assert cross(frame) == wire.OtherClaim("DataFrame")
    assert repr(out([frame])) == "[<DataFrame>]"


def test_what_is_remote_is_claimed_in_full() -> None:
    node = {
        "t": "remote",
        "id": 3,
        "kind": "class",
        "type": "type",
        "name": "Dog",
        "doc": "Barks.",
        "bases": [1, 2],
    }
    assert node_of(node) == RemoteClaim(3, "class", "type", "Dog", "Barks.", bases=(1, 2))
    node = {"t": "remote", "id": 4, "kind": "object", "type": "Dog", "class": 3}
    assert node_of(node) == RemoteClaim(4, "object", "Dog", class_id=3)


ARRAY = {"t": "array", "dtype": "int8", "shape": [4], "file": "0.bin"}
LENGTHS = {"t": "array", "dtype": "int64", "shape": [1], "file": "1.bin"}
TEXTS = {"t": "texts", "shape": [1], "lengths": LENGTHS, "text": {**ARRAY, "dtype": "uint8"}}
REMOTE = {"t": "remote", "id": 3, "kind": "object", "type": "Dog"}
FILES = {
    "f0": b"abcd",
    "f1": (4).to_bytes(8, "little"),
    "f2": b"ab\xffd",
    "f3": bytes(4),
    "f4": (-3).to_bytes(8, "little", signed=True),
}
NODES: dict[str, Any] = {
    "instance of nothing": {"t": "instance", "v": []},
    "instance of another type": {"t": "instance", "type": "os.system", "v": []},
    "instance of a type as list": {"t": "instance", "type": ["builtins.set"], "v": []},
    "instance without parts": {"t": "instance", "type": "builtins.set"},
    "library of nothing": {"t": "library"},
    "library that runs code": {"t": "library", "name": "builtins.eval"},
    "library that opens files": {"t": "library", "name": "numpy.load"},
    "library of another module": {"t": "library", "name": "os.system"},
    "library by another way": {"t": "library", "name": "numpy.linalg.norm"},
    "library without module": {"t": "library", "name": "len"},
    "library that is none": {"t": "library", "name": "math.nonsense"},
    "remote without number": {**REMOTE, "id": None},
    "remote of a text": {**REMOTE, "id": "3"},
    "remote of a bool": {**REMOTE, "id": True},
    "remote below zero": {**REMOTE, "id": -1},
    "remote far away": {**REMOTE, "id": 1 << 31},
    "remote of another kind": {**REMOTE, "kind": "module"},
    "remote without type": {**REMOTE, "type": None},
    "remote of a long type": {**REMOTE, "type": "x" * 1_000},
    "remote of a long name": {**REMOTE, "name": "x" * 1_000},
    "remote with a long docstring": {**REMOTE, "doc": "x" * 20_000},
    "remote with bases as text": {**REMOTE, "bases": "12"},
    "remote with a base as text": {**REMOTE, "bases": ["1"]},
    "remote with many bases": {**REMOTE, "bases": list(range(100))},
    "remote of a class as text": {**REMOTE, "class": "Dog"},
    "texts without lengths": {**TEXTS, "lengths": None},
    "texts of another shape": {**TEXTS, "shape": [2]},
    "texts of floats": {**TEXTS, "lengths": {**LENGTHS, "dtype": "float64"}},
    "texts of lengths that are none": {**TEXTS, "lengths": {**LENGTHS, "file": "4.bin"}},
    "texts in two dimensions": {**TEXTS, "text": {**TEXTS["text"], "shape": [2, 2]}},
    "texts that are not UTF-8": {**TEXTS, "text": {**TEXTS["text"], "file": "2.bin"}},
    "texts shorter than announced": {**TEXTS, "text": {**TEXTS["text"], "shape": [3]}},
    "key of an instance of lists": {
        "t": "dict",
        "v": [
            [
                {"t": "instance", "type": "builtins.set", "v": [{"t": "list", "v": []}]},
                {"t": "none"},
            ]
        ],
    },
}


@pytest.mark.parametrize("case", NODES)
def test_tampered_nodes_are_refused(case: str) -> None:
    assert node_of(TEXTS, **FILES).tolist() == ["abcd"] and node_of(REMOTE).id == 3
    with pytest.raises(WireError):
        node_of(NODES[case], **FILES)


def test_texts_are_charged_before_they_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_ARRAY_BYTES", 50)
    with pytest.raises(WireError, match="of arrays"):
        node_of(TEXTS, **FILES)


def test_the_array_of_a_message_belongs_to_one_node() -> None:
    decoder = wire.Decoder(Blobs([bytearray(b"abcd")]), Budget())
    assert decoder.node(ARRAY, "x").tolist() == [97, 98, 99, 100]  # type: ignore[attr-defined]
    with pytest.raises(WireError):
        decoder.node(ARRAY, "x")
    with pytest.raises(WireError):
        wire.Decoder(Blobs([bytearray(b"abcde")]), Budget()).node(ARRAY, "x")


def test_messages_share_a_budget() -> None:
    budget = Budget(nodes=3)
    for _ in range(3):
        wire.Decoder(Blobs([]), budget).node({"t": "none"}, "x")
    with pytest.raises(WireError, match="values"):
        wire.Decoder(Blobs([]), budget).node({"t": "none"}, "x")


INDEX = pd.Index([1, 2])
ONE, TWO = np.array([1]), np.array([1, 2])
M8 = np.array(["2020-01-01"], "M8[ns]")
PARTS: dict[str, tuple[str, list[Any]]] = {
    "set of a list": ("builtins.set", [[]]),
    "bytes of no digits": ("builtins.bytes", ["xy"]),
    "bytes of a number": ("builtins.bytes", [1 << 40]),
    "range of text": ("builtins.range", [0, "1", 1]),
    "range of nothing": ("builtins.range", [0, 1, 0]),
    "range of a bool": ("builtins.range", [0, True, 1]),
    "complex of text": ("builtins.complex", ["1", 0.0]),
    "slice of four": ("builtins.slice", [1, 2, 3, 4]),
    "counter of a list": ("collections.Counter", [[1]]),
    "counter of none": ("collections.Counter", []),
    "default dict of a number": ("collections.defaultdict", [1, {}]),
    "default dict of a list": ("collections.defaultdict", [list, [1]]),
    "deque of text": ("collections.deque", ["abc", None]),
    "deque below zero": ("collections.deque", [[], -1]),
    "named tuple of code": ("collections.namedtuple", ["x", ("a=print()",)]),
    "named tuple of a keyword": ("collections.namedtuple", ["class", ()]),
    "named tuple of a keyword's field": ("collections.namedtuple", ["x", ("class",), 1]),
    "named tuple of a hidden field": ("collections.namedtuple", ["x", ("__class__",), 1]),
    "named tuple of one field twice": ("collections.namedtuple", ["x", ("a", "a"), 1, 2]),
    "named tuple of a text": ("collections.namedtuple", ["x", "ab", 1, 2]),
    "named tuple with too few": ("collections.namedtuple", ["x", ("a", "b"), 1]),
    "date of month 13": ("datetime.date", [2020, 13, 1]),
    "date of floats": ("datetime.date", [2020.0, 1, 1]),
    "date of a pickle": ("datetime.date", [b"\x07\xe4\x01\x01"]),
    "time of a zone that is text": ("datetime.time", [1, 2, 3, 4, "UTC", 0]),
    "moment of a zone that is a number": ("datetime.datetime", [2020, 1, 1, 1, 1, 1, 1, 1, 0]),
    "span of floats": ("datetime.timedelta", [math.inf, 0, 0]),
    "zone of two days": ("datetime.timezone", [datetime.timedelta(2), "x"]),
    "zone above": ("zoneinfo.ZoneInfo", ["../../etc/passwd"]),
    "zone of a path": ("zoneinfo.ZoneInfo", ["/etc/localtime"]),
    "zone of nowhere": ("zoneinfo.ZoneInfo", ["Europe/Nowhere"]),
    "decimal of words": ("decimal.Decimal", ["one"]),
    "fraction by zero": ("fractions.Fraction", [1, 0]),
    "fraction of text": ("fractions.Fraction", ["1", 2]),
    "dtype by code": ("numpy.dtype", ["i4,f8"]),
    "dtype as list": ("numpy.dtype", [["a", "i4"]]),
    "objects of another shape": ("numpy.ndarray", [[3], [1]]),
    "objects below zero": ("numpy.ndarray", [[-1, -1], [1]]),
    "objects of floats": ("numpy.ndarray", [[1.0], [1]]),
    "objects in nine dimensions": ("numpy.ndarray", [[1] * 9, [1]]),
    "sparse of another class": ("scipy.csr_matrix", ["find", [2, 2], ONE, ONE, ONE]),
    "sparse and vast": ("scipy.csr_matrix", ["csr_matrix", [1 << 40, 2], ONE, ONE, ONE]),
    "sparse below zero": ("scipy.csr_matrix", ["csr_matrix", [-2, 9], ONE, ONE, ONE]),
    "sparse outside": ("scipy.csr_matrix", ["csr_matrix", [1, 1], ONE, ONE, ONE]),
    "sparse of lists": ("scipy.csr_matrix", ["csr_matrix", [2, 2], [1], [1], [1]]),
    "result of numbers": ("scipy.OptimizeResult", [{1: 2}]),
    "index of a list": ("pandas.Index", [[1, 2], None, None]),
    "index of two dimensions": ("pandas.Index", [np.eye(2), None, None]),
    "index with a list as name": ("pandas.Index", [TWO, [], None]),
    "index with a rhythm that is none": ("pandas.DatetimeIndex", [M8, None, "nonsense"]),
    "index with another's rhythm": ("pandas.DatetimeIndex", [np.array(["2020-01-01", "2020-01-03"], "M8[ns]"), None, "D"]),
    "numbers with a rhythm": ("pandas.Index", [TWO, None, "D"]),
    "rhythm as number": ("pandas.DatetimeIndex", [M8, None, 1]),
    "range of floats": ("pandas.RangeIndex", [0, 1.0, 1, None]),
    "levels of lists": ("pandas.MultiIndex", [[[1, 2]], [ONE], [None]]),
    "levels and more codes": ("pandas.MultiIndex", [[INDEX], [ONE, ONE], [None]]),
    "codes outside": ("pandas.MultiIndex", [[INDEX], [np.array([7])], [None]]),
    "series of another length": ("pandas.Series", [ONE, INDEX, None]),
    "series without index": ("pandas.Series", [ONE, ONE, None]),
    "series of a list": ("pandas.Series", [[1, 2], INDEX, None]),
    "frame of another length": ("pandas.DataFrame", [INDEX, pd.Index(["a"]), [ONE]]),
    "frame with more columns": ("pandas.DataFrame", [INDEX, pd.Index(["a"]), [TWO, TWO]]),
    "frame of another shape": ("pandas.DataFrame", [INDEX, INDEX, np.eye(3)]),
    "frame of a vector": ("pandas.DataFrame", [INDEX, pd.Index(["a"]), TWO]),
    "frame without index": ("pandas.DataFrame", [[1, 2], INDEX, np.eye(2)]),
    "frame of lists": ("pandas.DataFrame", [INDEX, pd.Index(["a"]), [[1, 2]]]),
    "frame of a dict": ("pandas.DataFrame", [INDEX, INDEX, {"a": TWO}]),
    "gaps of another length": ("pandas.IntegerArray", ["IntegerArray", TWO, np.array([True])]),
    "gaps of numbers": ("pandas.IntegerArray", ["IntegerArray", TWO, TWO]),
    "array of another class": ("pandas.IntegerArray", ["ArrowExtensionArray", TWO, np.array([True, False])]),
    "whole numbers of text": ("pandas.IntegerArray", ["IntegerArray", np.array(["a", "b"]), np.array([True, False])]),
    "texts of numbers": ("pandas.StringArray", ["python", True, np.array([1, 2], object)]),
    "texts stored elsewhere": ("pandas.StringArray", ["/tmp", True, np.array(["a"], object)]),
    "category outside": ("pandas.Categorical", [np.array([5], "int8"), INDEX, False]),
    "category twice": ("pandas.Categorical", [np.array([0], "int8"), pd.Index([1, 1]), False]),
    "categories of a list": ("pandas.Categorical", [np.array([0], "int8"), [1, 2], False]),
    "times of text": ("pandas.DatetimeArray", [np.array(["x"], object), None]),
    "times of a zone above": ("pandas.DatetimeArray", [M8, "../etc/passwd"]),
    "times of a file": ("pandas.DatetimeArray", [M8, "dateutil//etc/passwd"]),
    "intervals of unequal ends": ("pandas.IntervalArray", [INDEX, pd.Index([1]), "left"]),
    "intervals that are open": ("pandas.IntervalArray", [INDEX, INDEX, "open"]),
    "periods of a long name": ("pandas.PeriodArray", [TWO, "M" * 99]),
    "periods of floats": ("pandas.PeriodArray", [np.array([0.5]), "M"]),
    "moment of a text": ("pandas.Timestamp", ["now", None]),
    "moment of a zone that is none": ("pandas.Timestamp", [M8[0], "a b"]),
    "span of a text": ("pandas.Timedelta", ["1 day"]),
    "month of a text": ("pandas.Period", ["2020", "M"]),
    "interval of texts": ("pandas.Interval", ["a", "b", "left"]),
    "nothing with a part": ("pandas.NaTType", [1]),
    "table of one name twice": ("datascience.Table", [["a", "a"], [ONE, ONE]]),
    "table of unequal columns": ("datascience.Table", [["a", "b"], [ONE, TWO]]),
    "table of numbers as names": ("datascience.Table", [[1], [ONE]]),
    "table of lists": ("datascience.Table", [["a"], [[1]]]),
}  # fmt: skip


@pytest.mark.parametrize("case", PARTS)
def test_values_of_tampered_parts_are_refused(case: str, datascience: ModuleType) -> None:
    key, parts = PARTS[case]
    with pytest.raises(WireError, match=key):
        rebuild.value(InstanceClaim(key, tuple(parts)), [])


def test_every_kind_is_tampered_with() -> None:
    tried = {key for key, _ in PARTS.values()}
    same = {id(KINDS[key]) for key in tried}
    harmless = {
        "builtins.frozenset",
        "builtins.bytearray",
        "collections.OrderedDict",
        "pandas.NAType",
    }
    assert {key for key, kind in KINDS.items() if id(kind) not in same} == harmless


ATOMS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "a", "left", "D", "UTC", "python", "IntegerArray", "int8"])
)
VECTORS = st.sampled_from(
    [ONE, TWO, M8, np.eye(2), np.array(["a", None], object), np.array([True, False]), np.zeros(0)]
)
LEAVES = (
    ATOMS
    | VECTORS
    | st.sampled_from([INDEX, INDEX[:1], pd.Index(["a"]), M8[0], np.timedelta64(1, "s")])
)
PIECES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2), inner, max_size=2)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=5,
)


@QUICK
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_values_are_made_of_any_parts_or_refused(key: str, data: st.DataObject) -> None:
    count = len(KINDS[key].types or (1, 2, 3))
    parts = data.draw(st.lists(PIECES, min_size=count, max_size=count))
    with contextlib.suppress(WireError), warnings.catch_warnings(action="ignore"):
        assert rebuild.value(InstanceClaim(key, tuple(parts)), []) is not parts


@pytest.mark.parametrize("package", ["pandas", "scipy"])
def test_a_package_that_is_not_here_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setitem(sys.modules, f"{package}.optimize", None)
    key = {"pandas": "pandas.NAType", "scipy": "scipy.OptimizeResult"}[package]
    parts = () if package == "pandas" else ({},)
    with pytest.raises(WireError, match=f"no package '{package}"):
        rebuild.value(InstanceClaim(key, parts), [])


class Table:
    """As much of datascience's as is asked for: `labels`, `column`, `num_columns`, `with_columns`."""

    def __init__(self) -> None:
        self.columns: dict[str, Any] = {}

    labels = property(lambda self: tuple(self.columns))
    num_columns = property(lambda self: len(self.columns))

    def column(self, i: int) -> Any:
        return list(self.columns.values())[i]

    def with_columns(self, *pairs: Any) -> Table:
        table = Table()
        table.columns = dict(zip(pairs[::2], pairs[1::2], strict=True))
        return table


Table.__module__ = "datascience.tables"


@pytest.fixture
def datascience(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("datascience")
    module.Table = Table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "datascience", module)
    return module


@pytest.mark.parametrize("way", WAYS)
def test_tables_of_datascience_come_out_as_they_went_in(way: Any, datascience: ModuleType) -> None:
    table = Table().with_columns("a", np.arange(3), "b", np.array(["x", "yy", ""]))
    found = way(table)
    assert type(found) is Table and alike(table.columns, found.columns)
    assert way(Table()).labels == ()


def test_tensors_of_pytorch_come_out_as_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    class Tensor:
        detach = cpu = lambda self: self

        def numpy(self) -> Any:
            return np.arange(3, dtype="float32")

    torch = SimpleNamespace(Tensor=Tensor, nn=SimpleNamespace(Parameter=object))
    monkeypatch.setitem(sys.modules, "torch", torch)
    assert alike(Tensor().numpy(), out(Tensor()))
