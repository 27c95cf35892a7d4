"""Records as length-prefixed JSON over a Unix socket, with a few descriptors.

Whoever receives names the kinds of record that may come. The sender may be a process that hostile
code has taken over: a message that is not exactly such a record is refused.
"""

from __future__ import annotations

import json
import math
import os
import socket
import struct
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

MAX_MESSAGE = 256 << 20
MOST_DESCRIPTORS = 2


class Message:
    """Base of the records that are sent: frozen dataclasses of what `decode` knows."""

    __slots__ = ()


M = TypeVar("M", bound=Message)


def send(channel: socket.socket, message: Message, *descriptors: int) -> None:
    """Send one message; the receiver gets descriptors of its own."""
    body = encode(message)
    header = struct.pack("!I", len(body))
    if descriptors:
        socket.send_fds(channel, [header], descriptors)
    else:
        channel.sendall(header)
    channel.sendall(body)


def receive(channel: socket.socket, *kinds: type[M]) -> tuple[M, list[int]] | None:
    """Receive one message and its descriptors, or None where the other side closed.

    Raises ValueError for a message of another kind or form, OSError where the connection fails.
    """
    header, descriptors, _, _ = socket.recv_fds(channel, 4, MOST_DESCRIPTORS)
    if not header:
        return None
    try:
        header += _exactly(channel, 4 - len(header))
        (length,) = struct.unpack("!I", header)
        if length > MAX_MESSAGE:
            raise ConnectionError("a message that is too long")
        message = decode(_exactly(channel, length), *kinds)
    except BaseException:
        close_all(descriptors)
        raise
    return message, descriptors


def close_all(descriptors: Iterable[int]) -> None:
    """Close what came with a message."""
    for descriptor in descriptors:
        os.close(descriptor)


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = channel.recv(min(count, 1 << 20))
        if not part:
            raise ConnectionError("the other side closed within a message")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def encode(message: Message) -> bytes:
    """Return a record as JSON: the name of its class, then its fields by name.

    What UTF-8 cannot write (half of a surrogate pair) becomes a question mark.
    """
    named = [type(message).__name__, message]
    return json.dumps(named, ensure_ascii=False, default=_as_object).encode("utf-8", "replace")


def _as_object(record: object) -> dict[str, object]:
    if isinstance(record, Mapping):  # a view of a dictionary
        return dict(record)
    if not is_dataclass(record):
        raise TypeError(f"a message cannot hold a {type(record).__name__}")
    return {each.name: getattr(record, each.name) for each in fields(record)}


def decode(body: bytes, *kinds: type[M]) -> M:
    """Return the record that bytes say, of one of these kinds. Raises ValueError for others.

    Fields are text, finite numbers, booleans, None, enumerations of texts, other dataclasses,
    tuples of one type, mappings from text, unions of these; `object` stands for any JSON.
    """
    try:
        named = json.loads(body)
        if not isinstance(named, list) or len(named) != 2:
            raise ValueError("a message without a kind")
        for kind in kinds:
            if kind.__name__ == named[0]:
                return cast(M, _value(named[1], kind, kind.__name__))
        raise ValueError(f"a message of kind {str(named[0])[:40]!r}, which is not expected here")
    except (RecursionError, OverflowError) as error:
        raise ValueError(f"a message beyond all measure ({error})") from None


@cache
def _types(record: Hashable) -> Mapping[str, object]:
    """Return a dataclass' fields with their types."""
    return get_type_hints(record)


def _value(value: object, kind: object, where: str) -> object:
    """Return a value that JSON gave as the type that a field has."""
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(value, kind, where)
    if get_origin(kind) is tuple and isinstance(value, list):
        item, _ = get_args(kind)
        return tuple(_value(each, item, f"{where}[{i}]") for i, each in enumerate(value))
    if get_origin(kind) is Mapping and isinstance(value, dict):
        _, item = get_args(kind)
        return {
            _text(key): _value(each, item, f"{where}.{key[:40]}") for key, each in value.items()
        }
    if isinstance(kind, UnionType):
        for member in get_args(kind):
            with suppress(ValueError):
                return _value(value, member, where)
    return _plain(value, kind, where)


def _record(value: object, kind: Callable[..., object], where: str) -> object:
    types = _types(kind)
    if not isinstance(value, dict) or value.keys() != types.keys():
        raise ValueError(f"{where}: not its fields")
    return kind(**{name: _value(value[name], types[name], f"{where}.{name}") for name in types})


def _plain(value: object, kind: object, where: str) -> object:
    if kind is object:
        _text(json.dumps(value, ensure_ascii=False))
        return value
    if isinstance(value, str) and isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if kind is float and type(value) in (int, float):
        number = float(cast(float, value))
        if math.isfinite(number):
            return number
    elif type(value) is kind:
        return _text(value) if isinstance(value, str) else value
    raise ValueError(f"{where}: not what this field holds")


def _text(text: str) -> str:
    """Return a text that can be written, as every text we keep must be."""
    text.encode("utf-8")
    return text
