"""Values of libraries come out of the wall as they went in, in both directions."""

from __future__ import annotations

import datetime
import math
import operator
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
import scipy.optimize
import scipy.sparse
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

from autograder.judge import rebuild, wire
from autograder.judge.source import Blobs, Budget
from autograder.sandbox.runner import PROBE
from autograder.wall.values import Reader, Writer
from tests.unit.test_wire import cross, same

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
        assert_series_equal(one, other, check_freq=True)
    elif isinstance(one, pd.Index):
        assert_index_equal(one, other, exact=True)
    elif isinstance(one, np.ndarray) and one.dtype == object:
        return one.shape == other.shape and alike(one.ravel().tolist(), other.ravel().tolist())
    elif isinstance(one, np.ma.MaskedArray):
        return alike(one.data, other.data) and alike(one.mask, other.mask)
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
    "masked array": np.ma.array([1.5, 2], mask=[True, False]),
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
