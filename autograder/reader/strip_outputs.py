"""Leaves out of a large notebook what nobody grades, while it is read.

A notebook of hundreds of megabytes consists of outputs, embedded images and the state of widgets.
As JSON in memory it would take several times its size; so these values are cut out of the bytes
as they come by, in bounded memory and linear time, before anything is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_KEY = re.compile(rb'"(?:outputs|attachments|widgets)"[ \t\r\n]{0,32}:[ \t\r\n]{0,32}([\[{])')
_LOOK_AHEAD = 128
"""Longer than any match of `_KEY`."""
_TO_STRING = re.compile(rb'[^"]*+')
_IN_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_NO_BRACKET = re.compile(rb'(?:[^"\[\]{}]++|"[^"\\]*+(?:\\.[^"\\]*+)*+")*+', re.DOTALL)
"""Anything up to the next bracket, or to a string that the buffer does not hold to its end."""


def without_outputs(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield JSON with the values of `outputs`, `attachments` and `widgets` emptied.

    Bytes that are no JSON come out as some other bytes that are no JSON.
    """
    cut = _Cut()
    for chunk in chunks:
        yield cut.feed(chunk)
    yield cut.feed(b"", last=True)


class _Cut:
    """What must be remembered from one chunk to the next."""

    def __init__(self) -> None:
        self._buffer = b""
        self._quoted = False
        """Within a string."""
        self._depth = 0
        """How many brackets are open in the value that is left out; 0 outside of one."""
        self._closing = b""

    def feed(self, chunk: bytes, *, last: bool = False) -> bytes:
        """Return what is kept of the bytes so far; what cannot be decided yet waits."""
        self._buffer += chunk
        kept, at = bytearray(), 0
        while at < len(self._buffer):
            step = self._string if self._quoted else self._skip if self._depth else self._keep
            end = step(at, kept, last)
            if end == at:
                break
            at = end
        self._buffer = self._buffer[at:]
        return bytes(kept)

    def _string(self, at: int, kept: bytearray, last: bool) -> int:
        """Go to the end of a string; a backslash waits for the letter after it."""
        found = _IN_STRING.match(self._buffer, at)
        end = found.end() if found else at
        if self._buffer[end : end + 1] == b'"':
            self._quoted = False
            end += 1
        elif last:
            end = len(self._buffer)
        if not self._depth:
            kept += self._buffer[at:end]
        return end

    def _skip(self, at: int, kept: bytearray, last: bool) -> int:  # noqa: ARG002
        """Go on within a value that is left out, to the next bracket or unfinished string."""
        found = _NO_BRACKET.match(self._buffer, at)
        end = found.end() if found else at
        byte = self._buffer[end : end + 1]
        if byte == b'"':
            self._quoted = True
        elif byte:
            self._depth += 1 if byte in b"[{" else -1
            if not self._depth:
                kept += self._closing
        return end + len(byte)

    def _keep(self, at: int, kept: bytearray, last: bool) -> int:
        """Go on outside, to the next string; one that may be the key of outputs is looked at."""
        found = _TO_STRING.match(self._buffer, at)
        end = found.end() if found else at
        kept += self._buffer[at:end]
        if end == len(self._buffer) or (len(self._buffer) - end < _LOOK_AHEAD and not last):
            return end
        key = _KEY.match(self._buffer, end)
        if key is None:
            self._quoted = True
            kept += b'"'
            return end + 1
        self._depth, self._closing = 1, b"]" if key.group(1) == b"[" else b"}"
        kept += key.group()
        return key.end()
