"""Where the bytes of arrays come from, and how much of all may come."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from autograder.errors import WireError

MAX_ARRAY_BYTES = 1 << 30
"""All arrays of one checkpoint together; q1's two image arrays take 220 MB."""
MAX_NODES = 400_000
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


class Source(Protocol):
    """Where the bytes of arrays lie."""

    def read(self, name: str, size: int) -> Bytes:
        """Return exactly `size` bytes as memory of its own. Raises WireError."""
        ...


class Folder:
    """The arrays of a checkpoint: files of an open directory."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read(self, name: str, size: int) -> Bytes:
        """Read a regular file, without following links."""
        return read_file(self._descriptor, name, size, exact=True)


class Blobs:
    """The arrays of a message, which came with it; each belongs to one node."""

    def __init__(self, blobs: Sequence[bytearray | Bytes]) -> None:
        self._blobs = {f"{number}.bin": blob for number, blob in enumerate(blobs)}

    def read(self, name: str, size: int) -> Bytes:
        """Take one."""
        blob = self._blobs.pop(name, None)
        if blob is None or len(blob) != size:
            raise WireError(f"{name}: not {size} bytes, as announced")
        return np.frombuffer(blob, np.uint8)


@dataclass
class Budget:
    """What may still come from one submission's process for a question."""

    nodes: int = field(default_factory=lambda: MAX_NODES)
    array_bytes: int = field(default_factory=lambda: MAX_ARRAY_BYTES)

    def take(self, where: str, *, nodes: int = 0, array_bytes: int = 0) -> None:
        """Charge for what is about to be made. Raises WireError where not enough is left."""
        self.nodes -= nodes
        self.array_bytes -= array_bytes
        if self.nodes < 0:
            raise WireError(f"{where}: more than {MAX_NODES} values")
        if self.array_bytes < 0:
            raise WireError(f"{where}: more than {MAX_ARRAY_BYTES >> 20} MB of arrays")


def read_file(folder: int, name: str, limit: int, *, exact: bool = False) -> Bytes:
    """Read a regular file of at most `limit` bytes, without following links."""
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError as error:
        raise WireError(f"{name}: {error.strerror}") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            raise WireError(f"{name}: not a regular file")
        if status.st_size > limit or (exact and status.st_size != limit):
            raise WireError(f"{name}: {status.st_size} bytes where {limit} were announced")
        buffer = np.empty(status.st_size, np.uint8)
        done = 0
        while done < len(buffer):
            count = os.readv(descriptor, [buffer.data[done:]])
            if count == 0:
                raise WireError(f"{name}: shorter than announced")
            done += count
        return buffer
    finally:
        os.close(descriptor)
