"""Checks the fields of nodes, which come from hostile code. What is wrong raises WireError."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

import numpy as np

from autograder.errors import WireError

MAX_DIMENSIONS = 8
MAX_TEXT = 1 << 20
MAX_DIGITS = 1_000
MAX_NAME = 200
Array = np.ndarray[Any, np.dtype[Any]]
Node = Mapping[str, object]


def scalar(kind: str, value: object, where: str) -> bool | int | float | str:
    """Return the number or text of a node of this kind."""
    if kind == "bool" and isinstance(value, bool):
        return value
    if isinstance(value, str) and kind == "text" and len(value) <= MAX_TEXT and _is_utf8(value):
        return value
    try:
        if isinstance(value, str) and kind == "int" and len(value) <= MAX_DIGITS:
            return int(value)
        if isinstance(value, str) and kind == "float" and len(value) <= MAX_DIGITS:
            return float.fromhex(value)
    except (ValueError, OverflowError):
        pass
    raise WireError(f"{where}: not a {kind}")


def shape(node: Node, where: str) -> list[int]:
    """Return the shape of an array."""
    given = items(node, "shape", where)
    shape = [n for n in given if type(n) is int and 0 <= n < 1 << 40]
    if len(shape) > MAX_DIMENSIONS or len(shape) < len(given):
        raise WireError(f"{where}: not a shape")
    return shape


def are_characters(codes: Array) -> bool:
    """Whether all numbers are characters' codes."""
    surrogates = (codes >= 0xD800) & (codes < 0xE000)
    return not codes.size or (int(codes.max()) < 0x110000 and not surrogates.any())


def handle(number: object, where: str) -> int:
    """Return a number under which something remote is known."""
    if type(number) is int and 0 <= number < 1 << 31:
        return number
    raise WireError(f"{where}: not the number of anything that is remote")


def _is_utf8(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def is_name(name: str) -> bool:
    """Whether a text can be a variable's name."""
    return name.isidentifier() and len(name) <= MAX_NAME


def json_of(text: str) -> object:
    """Parse JSON without what Python adds to it: NaN, infinities, keys that stand twice."""
    return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key that stands twice")
    return result


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def text(node: Node, key: str, where: str, limit: int = MAX_TEXT) -> str:
    """Return a text that can be written as UTF-8."""
    value = node.get(key)
    if not isinstance(value, str) or len(value) > limit or not _is_utf8(value):
        raise WireError(f"{where}: `{key}` is not a text")
    return value


def items(node: Node, key: str, where: str) -> list[object]:
    """Return a list."""
    value = node.get(key)
    if not isinstance(value, list):
        raise WireError(f"{where}: `{key}` is not a list")
    return value
