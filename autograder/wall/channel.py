"""Length-prefixed JSON messages over a Unix socket, with at most one descriptor each."""

from __future__ import annotations

import json
import os
import socket
import struct
from typing import Any

MAX_MESSAGE = 256 << 20


def send(channel: socket.socket, message: dict[str, Any], descriptor: int | None = None) -> None:
    """Send one message; the receiver gets a descriptor of its own.

    What UTF-8 cannot write (half of a surrogate pair) arrives as a question mark.
    """
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
    header = struct.pack("!I", len(body))
    if descriptor is None:
        channel.sendall(header)
    else:
        socket.send_fds(channel, [header], [descriptor])
    channel.sendall(body)


def receive(channel: socket.socket) -> tuple[dict[str, Any], int] | None:
    """Receive one message and its descriptor (-1 without), or None where the other side closed."""
    header, descriptors, _, _ = socket.recv_fds(channel, 4, 1)
    if not header:
        return None
    try:
        header += _exactly(channel, 4 - len(header))
        (length,) = struct.unpack("!I", header)
        if length > MAX_MESSAGE:
            raise ConnectionError("a message that is too long")
        message = json.loads(_exactly(channel, length))
        if not isinstance(message, dict):
            raise ValueError("a message that is no object")
    except BaseException:
        for descriptor in descriptors:
            os.close(descriptor)
        raise
    return message, descriptors[0] if descriptors else -1


def _exactly(channel: socket.socket, count: int) -> bytes:
    parts = []
    while count:
        part = channel.recv(min(count, 1 << 20))
        if not part:
            raise ConnectionError("the other side closed within a message")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
