"""How tables are taken apart for the wall, and made again: pandas' and datascience's.

As in `kinds`: both sides use it, the kernel as text; every part's type is checked first.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Sequence
from typing import Any

from autograder.wall.kinds import FREQUENCY, ZONE, Kind, check, each, matching

_MASKED = ("BooleanArray", "FloatingArray", "IntegerArray")
_STRINGS = tuple(
    f"{name}{more}"
    for name in ("StringArray", "ArrowStringArray")
    for more in ("", "NumpySemantics")
)
_ARRAYS = {*_MASKED, *_STRINGS, "Categorical", "DatetimeArray", "IntervalArray", "PeriodArray"}
_INDEXES = [
    f"{name}Index" for name in ("", "Datetime", "Timedelta", "Period", "Interval", "Categorical")
]
_CLOSED = re.compile("left|right|both|neither")


def _values(column: Any) -> Any:
    """Return the array below a Series or an Index: NumPy's, or an extension's that can cross."""
    import numpy

    if isinstance(column.dtype, numpy.dtype):
        return column.to_numpy()
    array = column.array
    if type(array).__name__ not in _ARRAYS:
        raise TypeError(f"a column of type {column.dtype}")
    return array


def _column(values: Any) -> Any:
    """Return an array that came as a part, if it is one."""
    name, module = type(values).__name__, type(values).__module__
    numpys = module == "numpy" and name == "ndarray" and values.ndim == 1
    if not numpys and not (module.startswith("pandas") and name in _ARRAYS):
        raise TypeError(f"a column of type {name}")
    return values


def _is_index(value: object) -> bool:
    import pandas

    return type(value).__module__.startswith("pandas") and isinstance(value, pandas.Index)


# ---------------------------------------------------------------- arrays of pandas


def _masked_parts(array: Any) -> list[Any]:
    import numpy

    numbers = array.to_numpy(dtype=array.dtype.numpy_dtype, na_value=False)
    return [type(array).__name__, numbers, numpy.asarray(array.isna())]


def _masked(name: str, values: Any, mask: Any) -> object:
    import pandas

    if name not in _MASKED:
        raise ValueError("an array that is not known")
    return getattr(pandas.arrays, name)(_column(values), _column(mask))


def _string_parts(array: Any) -> list[Any]:
    import pandas

    missing = getattr(array.dtype, "na_value", pandas.NA) is pandas.NA
    return [array.dtype.storage, missing, array.to_numpy(dtype=object, na_value=None)]


def _strings(storage: str, missing_is_na: bool, content: Any) -> object:
    import numpy
    import pandas

    each(list(_column(content)), str, type(None))
    more = {} if missing_is_na else {"na_value": numpy.nan}
    return pandas.array(content, dtype=pandas.StringDtype(storage, **more))


def _categorical(codes: Any, categories: object, ordered: bool) -> object:
    import pandas

    if not _is_index(categories):
        raise TypeError("categories that are no index")
    return pandas.Categorical.from_codes(_column(codes), categories, ordered=ordered)


def _zone(value: Any) -> str | None:
    return None if value.tz is None else matching(ZONE, str(value.tz))


def _times(instants: Any, zone: str | None) -> Any:
    import pandas

    times = pandas.DatetimeIndex(_column(instants))
    if zone is None:
        return times.array
    return times.tz_localize("UTC").tz_convert(matching(ZONE, zone)).array


def _time_parts(array: Any) -> list[Any]:
    return [array.to_numpy(dtype=f"M8[{array.unit}]"), _zone(array)]


def _intervals(left: object, right: object, closed: str) -> object:
    import pandas

    if not (_is_index(left) and _is_index(right)):
        raise TypeError("ends that are no index")
    return pandas.arrays.IntervalArray.from_arrays(left, right, matching(_CLOSED, closed))


def _periods(ordinals: Any, frequency: str) -> Any:
    import pandas

    if _column(ordinals).dtype.name != "int64":
        raise TypeError("periods that are no numbers")
    return pandas.PeriodIndex.from_ordinals(ordinals, freq=matching(FREQUENCY, frequency)).array


# ---------------------------------------------------------------- scalars of pandas


def _timestamp(instant: Any, zone: str | None) -> object:
    import numpy
    import pandas

    check((instant,), (numpy.datetime64,))
    time = pandas.Timestamp(instant)
    if zone is None:
        return time
    return time.tz_localize("UTC").tz_convert(matching(ZONE, zone))


def _timedelta(span: Any) -> object:
    import numpy
    import pandas

    check((span,), (numpy.timedelta64,))
    return pandas.Timedelta(span)


def _period(ordinal: int, frequency: str) -> object:
    import pandas

    return pandas.Period(ordinal=ordinal, freq=matching(FREQUENCY, frequency))


def _interval(left: Any, right: Any, closed: str) -> object:
    import pandas

    return pandas.Interval(left, right, matching(_CLOSED, closed))


def _missing(name: str) -> Kind:
    return Kind(lambda _: [], lambda: getattr(importlib.import_module("pandas"), name), ())


# ---------------------------------------------------------------- indexes and frames


def _index_parts(index: Any) -> list[Any]:
    steady = type(index).__name__ in ("DatetimeIndex", "TimedeltaIndex")
    rhythm = index.freqstr if steady else None
    known = rhythm and FREQUENCY.fullmatch(rhythm) and rhythm[0] != "C"  # a calendar of one's own
    return [_values(index), index.name, rhythm if known else None]


def _index(values: Any, name: Any, frequency: str | None) -> object:
    import pandas

    index = pandas.Index(_column(values), dtype=values.dtype, name=_name(name))
    if frequency is not None:
        if values.dtype.kind not in "mM":
            raise TypeError("a rhythm of what is no time")
        index.freq = matching(FREQUENCY, frequency)  # refuses one that does not fit
    return index


def _name(name: Any) -> Any:
    hash(name)
    return name


def _multi_index_parts(index: Any) -> list[Any]:
    import numpy

    return [list(index.levels), [numpy.asarray(c) for c in index.codes], list(index.names)]


def _multi_index(levels: list[Any], codes: list[Any], names: list[Any]) -> object:
    import pandas

    if not all(map(_is_index, levels)) or not len(levels) == len(codes) == len(names):
        raise TypeError("levels that are no index")
    codes = [_column(numbers) for numbers in codes]
    return pandas.MultiIndex(levels, codes, names=[_name(name) for name in names])


def _range_index(start: int, stop: int, step: int, name: Any) -> object:
    import pandas

    return pandas.RangeIndex(start, stop, step, name=_name(name))


def _series(values: Any, index: Any, name: Any) -> object:
    import pandas

    if not _is_index(index) or len(_column(values)) != len(index):
        raise ValueError("not the index of these values")
    return pandas.Series(values, index=index, name=_name(name), dtype=values.dtype)


def _frame_parts(frame: Any) -> list[Any]:
    dtypes = set(frame.dtypes)
    if len(dtypes) == 1 and getattr(dtypes.pop(), "kind", "O") in "biufc" and _is_plain(frame):
        return [frame.index, frame.columns, frame.to_numpy()]
    columns = [_values(frame.iloc[:, i]) for i in range(frame.shape[1])]
    return [frame.index, frame.columns, columns]


def _is_plain(frame: Any) -> bool:
    """Whether the first column, and so each that has its type, is NumPy's."""
    return type(frame.dtypes.iloc[0]).__module__.startswith("numpy")


def _frame(index: Any, names: Any, content: Any) -> object:
    import pandas

    if not (_is_index(index) and _is_index(names)):
        raise TypeError("a frame without indexes")
    if type(content) is not list:
        check((content,), (sys.modules["numpy"].ndarray,))
        if content.shape != (len(index), len(names)):
            raise ValueError("not the indexes of these values")
        return pandas.DataFrame(content, index=index, columns=names)
    if len(content) != len(names) or any(len(_column(c)) != len(index) for c in content):
        raise ValueError("not the indexes of these columns")
    columns = {i: pandas.Series(c, dtype=c.dtype) for i, c in enumerate(content)}
    frame = pandas.DataFrame(columns, index=None if columns else index)
    frame.index, frame.columns = index, names
    return frame


def _table_parts(table: Any) -> list[Any]:
    return [list(table.labels), [table.column(i) for i in range(table.num_columns)]]


def _table(labels: list[Any], columns: list[Any]) -> object:
    import datascience

    each(labels, str)
    if len(set(labels)) != len(columns) or len({len(_column(c)) for c in columns}) > 1:
        raise ValueError("not the labels of these columns")
    pairs: Sequence[Any] = [part for pair in zip(labels, columns, strict=True) for part in pair]
    return datascience.Table().with_columns(*pairs)


_NONE = type(None)
_index_kind = Kind(_index_parts, _index, (None, None, (str, _NONE)))
_masked_kind = Kind(_masked_parts, _masked, (str, None, None))
_strings_kind = Kind(_string_parts, _strings, (str, bool, None))
TABLES: dict[str, Kind] = {
    **{f"pandas.{name}": _masked_kind for name in _MASKED},
    **{f"pandas.{name}": _strings_kind for name in _STRINGS},
    **{f"pandas.{name}": _index_kind for name in _INDEXES},
    "pandas.Categorical": Kind(
        lambda v: [v.codes, v.categories, bool(v.ordered)], _categorical, (None, None, bool)
    ),
    "pandas.DatetimeArray": Kind(_time_parts, _times, (None, (str, _NONE))),
    "pandas.IntervalArray": Kind(
        lambda v: [v.left, v.right, v.closed], _intervals, (None, None, str)
    ),
    "pandas.PeriodArray": Kind(lambda v: [v.asi8, v.freqstr], _periods, (None, str)),
    "pandas.Timestamp": Kind(lambda v: [v.asm8, _zone(v)], _timestamp, (None, (str, _NONE))),
    "pandas.Timedelta": Kind(lambda v: [v.asm8], _timedelta, (None,)),
    "pandas.Period": Kind(lambda v: [v.ordinal, v.freqstr], _period, (int, str)),
    "pandas.Interval": Kind(lambda v: [v.left, v.right, v.closed], _interval, (None, None, str)),
    "pandas.NaTType": _missing("NaT"),
    "pandas.NAType": _missing("NA"),
    "pandas.MultiIndex": Kind(_multi_index_parts, _multi_index, (list, list, list)),
    "pandas.RangeIndex": Kind(
        lambda v: [v.start, v.stop, v.step, v.name], _range_index, (int, int, int, None)
    ),
    "pandas.Series": Kind(lambda v: [_values(v), v.index, v.name], _series, (None, None, None)),
    "pandas.DataFrame": Kind(_frame_parts, _frame, (None, None, None)),
    "datascience.Table": Kind(_table_parts, _table, (list, list)),
}
