"""What a checkpoint leaves in the sandbox: a folder of values, and a socket that is connected to.

The student's processes can write there: no link is followed on the way, and nothing of ours ever
connects to a path of theirs. It is they who connect, at most once, to a socket that we have bound.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath

from autograder.errors import KitError, machines_fault


def opened(question: str, root: int, path: str) -> int | None:
    """Open a folder below an open one; None where it is none. Raises KitError for our faults."""
    place = os.dup(root)
    for part in path.strip("/").split("/"):
        try:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
        except OSError as error:
            if machines_fault(error):
                raise KitError(f"{question}: its checkpoint: {error.strerror}") from None
            return None
        finally:
            os.close(place)
        place = inner
    return place


@contextmanager
def folder(question: str, root: int, path: str) -> Iterator[int]:
    """Open a checkpoint's folder; where it was never written, one in which the judge finds none."""
    descriptor = opened(question, root, path)
    descriptor = os.dup(root) if descriptor is None else descriptor
    try:
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def door(question: str, root: int, path: str) -> Iterator[socket.socket | None]:
    """Bind a socket to which the sandbox's user can connect; None where that cannot be there."""
    place = PurePosixPath(path)
    parent = opened(question, root, str(place.parent))
    if parent is None:
        yield None
        return
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            try:
                _listen(listening, f"/proc/self/fd/{parent}/{place.name}")
            except OSError:  # the sandbox's own file system is full, by its own doing
                yield None
            else:
                yield listening
    finally:
        with suppress(OSError):
            os.unlink(place.name, dir_fd=parent)
        os.close(parent)


def _listen(listening: socket.socket, path: str) -> None:
    """Bind a socket that everyone may connect to; `chmod` might meet another file by now."""
    before = os.umask(0)
    try:
        listening.bind(path)
    finally:
        os.umask(before)
    listening.listen(1)
    listening.setblocking(False)


async def visitor(
    listening: socket.socket | None, asked: asyncio.Task[dict[str, object]]
) -> socket.socket | None:
    """Wait until the probe has answered or connected; return the connection, if there is one."""
    if listening is None:
        await asyncio.wait({asked})
        return None
    accepting = asyncio.ensure_future(asyncio.get_running_loop().sock_accept(listening))
    await asyncio.wait({asked, accepting}, return_when=asyncio.FIRST_COMPLETED)
    if accepting.done():
        return accepting.result()[0]
    accepting.cancel()
    with suppress(BlockingIOError):  # it may have connected just before it answered
        return listening.accept()[0]
    return None
