"""How values of known types are taken apart for the wall, and made again from their parts.

Both sides use it; the kernel gets its text, below which those of `values` and the probe stand. So
it imports nothing of ours, and a library only where a value of that library is at hand. What it
makes in the judge comes from hostile code: every part's type is checked before anything is made.
"""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import keyword
import math
import re
import zoneinfo
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

Type = type | tuple[type, ...] | None
_LARGEST_SPARSE = 1_000_000
"""Rows and columns together: some formats hold something for each, however few values there are."""
ZONE = re.compile(r"[A-Za-z]{1,20}([+-][0-9:]{1,8})?|[A-Za-z_+-]{1,20}(/[A-Za-z0-9_+-]{1,30}){1,2}")
FREQUENCY = re.compile(r"-?[0-9]{0,6}[A-Za-z]{1,4}(-[A-Z]{3})?")
_SPARSE = {
    f"{name}_{kind}" for name in ("csr", "csc", "coo", "lil", "dok") for kind in ("array", "matrix")
}


class Kind(NamedTuple):
    """One type of value."""

    parts: Callable[[Any], Sequence[object]]
    build: Callable[..., object]
    types: tuple[Type, ...] | None = None
    """The exact type of each part, None for one that `build` checks.

    None in place of all: any number of parts, among them what stays behind.
    """


def check(parts: Sequence[object], types: Sequence[Type]) -> None:
    """Refuse parts that are not exactly of these types. Raises TypeError."""
    if len(parts) != len(types):
        raise TypeError(f"{len(parts)} parts where {len(types)} belong")
    for part, allowed in zip(parts, types, strict=True):
        options = allowed if isinstance(allowed, tuple) else (allowed,)
        if allowed is not None and type(part) not in options:
            raise TypeError(f"a part of type {type(part).__name__}")


def each(items: Sequence[object], *allowed: type) -> None:
    """Refuse items of any other type than these. Raises TypeError."""
    check(items, [allowed] * len(items))


def matching(pattern: re.Pattern[str], text: str) -> str:
    """Return a text that has this form. Raises ValueError."""
    if not pattern.fullmatch(text):
        raise ValueError(f"not a name that is known: {text[:40]!r}")
    return text


# ---------------------------------------------------------------- Python's own


@functools.lru_cache(maxsize=1_000)
def _named_tuple(name: str, fields: tuple[str, ...]) -> Any:
    if keyword.iskeyword(name) or len(name) > 200 or len(fields) > 1_000:
        raise ValueError("not a name for a class")
    return collections.namedtuple(name, fields)  # checks that all are identifiers


def _build_named_tuple(name: object, fields: object, *values: object) -> object:
    check((name, fields), (str, tuple))
    each(fields, str)  # type: ignore[arg-type]
    return _named_tuple(name, fields)(*values)


def _default_dict(factory: Any, content: object) -> object:
    check((content,), (dict,))
    return collections.defaultdict(factory, content)  # type: ignore[call-overload]


def _timezone(offset: datetime.timedelta, name: str) -> object:
    plain = datetime.timezone(offset)
    return plain if plain.tzname(None) == name else datetime.timezone(offset, name)


def _fields(*names: str) -> Callable[[Any], Sequence[object]]:
    return lambda value: [getattr(value, name) for name in names]


_NONE = type(None)
_TZ = (_NONE, datetime.timezone, zoneinfo.ZoneInfo)
_DATE = ("year", "month", "day")
_TIME = ("hour", "minute", "second", "microsecond", "tzinfo", "fold")
_time = datetime.time
PLAIN: dict[str, Kind] = {
    "builtins.set": Kind(list, lambda *items: set(items)),
    "builtins.frozenset": Kind(list, lambda *items: frozenset(items)),
    "builtins.bytes": Kind(lambda v: [v.hex()], bytes.fromhex, (str,)),
    "builtins.bytearray": Kind(lambda v: [v.hex()], bytearray.fromhex, (str,)),
    "builtins.complex": Kind(_fields("real", "imag"), complex, (float, float)),
    "builtins.range": Kind(_fields("start", "stop", "step"), range, (int, int, int)),
    "builtins.slice": Kind(
        _fields("start", "stop", "step"), lambda start, stop, step: slice(start, stop, step)
    ),
    "collections.Counter": Kind(lambda v: [dict(v)], collections.Counter, (dict,)),
    "collections.OrderedDict": Kind(lambda v: [dict(v)], collections.OrderedDict, (dict,)),
    "collections.defaultdict": Kind(lambda v: [v.default_factory, dict(v)], _default_dict),
    "collections.deque": Kind(
        lambda v: [list(v), v.maxlen], collections.deque, (list, (int, _NONE))
    ),
    "collections.namedtuple": Kind(
        lambda v: [type(v).__name__, type(v)._fields, *v], _build_named_tuple
    ),
    "datetime.date": Kind(_fields(*_DATE), datetime.date, (int,) * 3),
    "datetime.time": Kind(
        _fields(*_TIME), lambda *v: _time(*v[:5], fold=v[5]), (*(int,) * 4, _TZ, int)
    ),
    "datetime.datetime": Kind(
        _fields(*_DATE, *_TIME),
        lambda *v: datetime.datetime(*v[:8], fold=v[8]),
        (*(int,) * 7, _TZ, int),
    ),
    "datetime.timedelta": Kind(
        _fields("days", "seconds", "microseconds"), datetime.timedelta, (int,) * 3
    ),
    "datetime.timezone": Kind(
        lambda v: [v.utcoffset(None), v.tzname(None)], _timezone, (datetime.timedelta, str)
    ),
    "zoneinfo.ZoneInfo": Kind(
        _fields("key"), lambda key: zoneinfo.ZoneInfo(matching(ZONE, key)), (str,)
    ),
    "decimal.Decimal": Kind(lambda v: [str(v)], decimal.Decimal, (str,)),
    "fractions.Fraction": Kind(_fields("numerator", "denominator"), fractions.Fraction, (int, int)),
}
"""By the type's package and name, as all such tables."""

# ---------------------------------------------------------------- NumPy, SciPy, PyTorch

NUMBERS = {"bool", "float16", "float32", "float64", "complex64", "complex128"} | {
    f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
}
_MORE = re.compile(r"[US][1-9][0-9]{0,5}|[Mm]8\[(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\]")


def dtype_name(dtype: Any) -> str | None:
    """Return the wire's name of a NumPy dtype whose values are bytes that cross as they are."""
    if dtype.name in NUMBERS:
        return str(dtype.name)
    return dtype.str[1:] if _MORE.fullmatch(dtype.str[1:]) else None


def dtype_of(name: str) -> Any:
    """Return the little-endian dtype of a name that `dtype_name` gives, or None."""
    import numpy

    if name in NUMBERS:
        return numpy.dtype(name).newbyteorder("<")
    return numpy.dtype(f"<{name}") if _MORE.fullmatch(name) else None


def scalar(dtype: str, digits: str) -> Any:
    """Return an array of no dimensions: bytes in hexadecimal digits. Raises ValueError."""
    import numpy

    known, raw = dtype_of(dtype), bytes.fromhex(digits)
    if known is None or len(raw) != known.itemsize:
        raise ValueError(f"not a scalar of {dtype[:40]!r}")
    return numpy.frombuffer(raw, known).reshape(())


def texts(shape: Sequence[int], lengths: Any, raw: bytes) -> Any:
    """Return an array of objects: texts, which stand in `raw` one after the other.

    A length counts characters; -1 is None, -2 is NaN.
    """
    import numpy

    text, start = raw.decode("utf-8"), 0
    whole = lengths[lengths > 0]
    fits = not whole.size or int(whole.max()) <= len(text)  # so that no sum overflows
    if not fits or int(whole.sum()) != len(text) or math.prod(shape) != len(lengths):
        raise ValueError("texts of other lengths than announced")
    result = numpy.empty(len(lengths), object)
    for i, length in enumerate(lengths.tolist()):
        result[i] = None if length == -1 else math.nan
        if length >= 0:
            result[i] = text[start : start + length]
            start += length
    return result.reshape(shape)


def _objects(shape: list[Any], items: list[object]) -> object:
    import numpy

    each(shape, int)
    if min(shape, default=0) < 0 or len(shape) > 8 or math.prod(shape) != len(items):
        raise ValueError("not the shape of these items")
    result = numpy.empty(len(items), object)
    for i, item in enumerate(items):
        result[i] = item
    return result.reshape(shape)


def _dtype(name: str) -> object:
    import numpy

    found = numpy.dtype(object) if name == "object" else dtype_of(name)
    if found is None:
        raise ValueError(f"the dtype {name[:40]!r}")
    return found


def _sparse_parts(value: Any) -> list[object]:
    coordinates = value.tocoo()
    shape = list(map(int, value.shape))
    return [type(value).__name__, shape, coordinates.data, coordinates.row, coordinates.col]


def _sparse(name: str, shape: list[Any], data: Any, row: Any, column: Any) -> object:
    import scipy.sparse

    each(shape, int)
    arrays = (data, row, column)
    if name not in _SPARSE or len(shape) != 2 or not 0 <= sum(shape) <= _LARGEST_SPARSE:
        raise ValueError("a sparse matrix that is not known, or larger than crosses")
    if any(type(part).__name__ != "ndarray" or part.ndim != 1 for part in arrays):
        raise TypeError("a sparse matrix of something else than arrays")
    class_ = getattr(scipy.sparse, name)
    whole = scipy.sparse.coo_array if name.endswith("array") else scipy.sparse.coo_matrix
    return class_(whole((data, (row, column)), shape=shape))


def _optimize_result(content: dict[Any, object]) -> object:
    from scipy.optimize import OptimizeResult

    each(list(content), str)
    return OptimizeResult(content)


_sparse_kind = Kind(_sparse_parts, _sparse, (str, list, None, None, None))
NUMERIC: dict[str, Kind] = {
    "numpy.dtype": Kind(
        lambda v: ["object" if v.name == "object" else dtype_name(v)], _dtype, (str,)
    ),
    "numpy.ndarray": Kind(lambda v: [list(v.shape), v.ravel().tolist()], _objects, (list, list)),
    "scipy.OptimizeResult": Kind(lambda v: [dict(v)], _optimize_result, (dict,)),
    **{f"scipy.{name}": _sparse_kind for name in sorted(_SPARSE)},
}
