"""Pictures on a page: those of students are looked into before a browser gets them."""

from __future__ import annotations

import base64
import struct
import zlib
from dataclasses import dataclass

MOST_PIXELS = 20_000_000
LONGEST_SIDE = 10_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The JPEG markers that a picture's size follows."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a browser may show, as a data URI."""

    uri: str
    width: int
    height: int


def read(content: str) -> Picture | str:
    """Return the PNG or JPEG in a base64 text, or why it is not shown."""
    try:
        data = base64.b64decode("".join(content.split()), validate=True)
    except ValueError:  # binascii.Error is one
        return "it is damaged"
    size, kind = _png_size(data), "png"
    if size is None:
        size, kind = _jpeg_size(data), "jpeg"
    if size is None:
        return "it is neither PNG nor JPEG"
    width, height = size
    if not width or not height:
        return "it is empty"
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        return f"it has {width:,} × {height:,} pixels"
    return Picture(_uri(kind, data), width, height)


def grey(levels: bytes, width: int) -> Picture:
    """Return grey levels, row by row, as a PNG."""
    rows = [levels[start : start + width] for start in range(0, len(levels), width)]
    header = struct.pack("!IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = [(b"IHDR", header), (b"IDAT", body), (b"IEND", b"")]
    data = _PNG + b"".join(
        struct.pack("!I", len(part)) + name + part + struct.pack("!I", zlib.crc32(name + part))
        for name, part in chunks
    )
    return Picture(_uri("png", data), width, len(rows))


def _uri(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _png_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    width, height = struct.unpack("!II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk from marker to marker until one says the size."""
    if not data.startswith(_JPEG):
        return None
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in _SIZES:
            height, width = struct.unpack("!HH", data[place + 5 : place + 9])
            return width, height
        place += 2 + max(length, 2)
    return None
