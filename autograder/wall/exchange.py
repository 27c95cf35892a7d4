"""Messages between the judge and the student's process, and the state of random numbers in them.

Both sides use it: the judge imports it, and the kernel gets its text with the probe's. A message is
four bytes, the length of its head; the head, as JSON; then the bytes of its arrays, whose sizes
the head lists as `blobs`.
"""

from __future__ import annotations

import json
import random
import socket
import struct
import sys
from collections.abc import Sequence
from typing import Any

_WORDS = struct.Struct("<625I")


def send(channel: socket.socket, head: dict[str, Any], blobs: Sequence[Any] = ()) -> None:
    """Send one message."""
    text = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode()
    channel.sendall(struct.pack("!I", len(text)) + text)
    for blob in blobs:
        channel.sendall(blob)


def random_state() -> tuple[Any, Any]:
    """Return the state of `random` and, where it is loaded, of `numpy.random`."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return random.getstate(), None
    kind, words, *rest = numpy.random.get_state()
    return random.getstate(), (kind, words.tobytes(), *rest)


def packed(state: tuple[Any, Any]) -> list[object]:
    """Return a state as JSON has it: the words of each generator as hexadecimal digits."""
    (_, words, gauss), of_numpy = state
    first = [_WORDS.pack(*words).hex(), None if gauss is None else gauss.hex()]
    if of_numpy is None or of_numpy[0] != "MT19937":
        return [first, None]
    return [first, [of_numpy[1].hex(), *map(int, of_numpy[2:4]), float(of_numpy[4]).hex()]]


def set_random_state(state: Any) -> None:
    """Take over a state that `packed` returned; raises some exception for another."""
    (words, gauss), of_numpy = state
    numbers = _WORDS.unpack(bytes.fromhex(words))
    random.setstate((3, numbers, None if gauss is None else float.fromhex(gauss)))
    numpy = sys.modules.get("numpy")
    if of_numpy is None or numpy is None:
        return
    words, place, has_gauss, gauss = of_numpy
    if place not in range(625) or has_gauss not in (0, 1):
        raise ValueError("not a state of numpy.random")
    array = numpy.frombuffer(bytes.fromhex(words), "<u4")
    numpy.random.set_state(("MT19937", array, place, has_gauss, float.fromhex(gauss)))
