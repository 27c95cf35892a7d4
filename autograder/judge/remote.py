"""The judge's connection to the student's process: requests go out, and hostile answers come back.

An answer is `{"id", "printed", "blobs"}`, the number of the request that it answers, with one of

    value      a node (see `wire`): the result
    returned   which argument of the request is the result: its position or its keyword
    raised     `names` of an exception's classes, `args` as nodes, its `text`; `class` by number

and where it fits with `changed`, pairs of an argument and the node that it has become, and with
`random`, the new state of random numbers. `{"ended": how}` says that the process ended instead.
"""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from autograder.errors import WireError
from autograder.judge import fields
from autograder.wall import exchange

CALL_SECONDS = 10.0
GRACE_SECONDS = 3.0
"""How much longer than a call may take the answer may be on its way."""
SHARE = 0.75
"""Of the judge's time for a question: what all calls together may take."""
MAX_CALLS = 200_000
MAX_HEAD_BYTES = 64 << 20
MAX_BLOBS = 100_000
MAX_BLOB_BYTES = 1 << 30
MAX_PRINTED = 1 << 20
_OVER = "what the notebook defines cannot be used any more: "


class RemoteError(Exception):
    """What keeps a test from using the student's functions and objects; its case fails."""


class RemoteLate(RemoteError):  # noqa: N818 - the name says it
    """A call ran out of time."""


class RemoteEnded(RemoteError):  # noqa: N818 - the name says it
    """The student's process ended in a call, or nobody is there to be asked."""


class Refused(RemoteError):  # noqa: N818 - the name says it
    """A value, an argument or an operation does not cross the wall."""


class Connection:
    """One question's connection; where the other side breaks the rules, it is over for good."""

    def __init__(self, channel: socket.socket | None, seconds: float) -> None:
        """Take over a socket; without one, nothing can be asked. `seconds` is the judge's time."""
        self.channel = channel
        self.calls = 0
        self.over = "" if channel else f"{_OVER}its process was not there to be asked"
        self._deadline = time.monotonic() + SHARE * seconds
        self._printed = 0

    def close(self) -> None:
        """End the session: the student's side sees it, and ends what serves it."""
        if self.channel is not None:
            with suppress(OSError):  # the other side was faster
                self.channel.shutdown(socket.SHUT_RDWR)
            self.channel.close()
            self.channel = None

    def ask(
        self, head: Mapping[str, Any], blobs: Sequence[Any]
    ) -> tuple[dict[str, Any], list[np.ndarray[Any, np.dtype[np.uint8]]]]:
        """Send a request, and return the answer's head and arrays.

        Raises RemoteLate or RemoteEnded where there is none.
        """
        if self.over or self.channel is None:
            raise RemoteEnded(self.over)
        seconds = min(CALL_SECONDS, self._deadline - time.monotonic())
        if seconds < 0.01:
            raise RemoteLate("the time for this question is over: its earlier calls took all of it")
        if self.calls >= MAX_CALLS:
            raise RemoteLate(f"the tests of a question may make {MAX_CALLS:,} calls, no more")
        self.calls += 1
        end = time.monotonic() + seconds + GRACE_SECONDS
        try:
            self.channel.settimeout(seconds + GRACE_SECONDS)
            exchange.send(
                self.channel, {**head, "id": self.calls, "seconds": round(seconds, 3)}, blobs
            )
            answer, arrays = self._receive(self.channel, end)
        except (OSError, ValueError, WireError, RecursionError) as error:
            raise self.end(error) from None
        if isinstance(how := answer.get("ended"), str):
            raise _ended(how, seconds)
        if type(answer.get("id")) is not int or answer["id"] != self.calls:
            raise self.end(WireError("it answered what nobody had asked"))
        return answer, arrays

    def end(self, error: Exception) -> RemoteError:
        """Close the connection for good, and return what to raise."""
        self.close()
        if isinstance(error, TimeoutError):
            self.over = f"{_OVER}its process did not answer"
            return RemoteLate(self.over)
        why = str(error) if isinstance(error, WireError) else "its process ended or broke the rules"
        self.over = _OVER + why
        return RemoteEnded(self.over)

    def printed(self, answer: Mapping[str, Any]) -> str:
        """Return what a call printed. Raises WireError where that is no text, or too much."""
        text = answer.get("printed", "")
        if not isinstance(text, str):
            raise WireError("it printed what is no text")
        self._printed += len(text)
        if self._printed > MAX_PRINTED:
            raise WireError(f"it printed more than {MAX_PRINTED >> 20} MB")
        return text.encode("utf-8", "replace").decode()

    def _receive(
        self, channel: socket.socket, end: float
    ) -> tuple[dict[str, Any], list[np.ndarray[Any, np.dtype[np.uint8]]]]:
        (length,) = struct.unpack("!I", _exactly(channel, 4, end).tobytes())
        if length > MAX_HEAD_BYTES:
            raise WireError(f"it answered with more than {MAX_HEAD_BYTES >> 20} MB of text")
        head = fields.json_of(_exactly(channel, length, end).tobytes().decode("utf-8"))
        if not isinstance(head, dict):
            raise WireError("it answered with what is no message")
        sizes = head.get("blobs")
        if not isinstance(sizes, list) or len(sizes) > MAX_BLOBS:
            raise WireError("it answered with what is no message")
        if not all(type(size) is int and size >= 0 for size in sizes):
            raise WireError("it answered with arrays of no size")
        if sum(sizes) > MAX_BLOB_BYTES:
            raise WireError(f"it answered with more than {MAX_BLOB_BYTES >> 20} MB of arrays")
        return head, [_exactly(channel, size, end) for size in sizes]


def _ended(how: str, seconds: float) -> RemoteError:
    if how == "late":
        return RemoteLate(f"the call did not come back within {seconds:.3g} seconds")
    return RemoteEnded(f"the call ended the process that ran it ({how[:40]})")


def _exactly(channel: socket.socket, size: int, end: float) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """Receive so many bytes, until a moment of `time.monotonic`."""
    buffer = np.empty(size, np.uint8)
    done = 0
    while done < size:
        channel.settimeout(max(0.001, end - time.monotonic()))
        count = channel.recv_into(buffer.data[done:])
        if count == 0:
            raise ConnectionError("closed")
        done += count
    return buffer
