"""The process of which every submission's driver is a fork: it speaks with the student's kernel.

    python -m autograder.sandbox.driver CONTROL

A driver gets one request, with the socket of the kernel's guard. It answers with its pid, with an
open directory for each checkpoint, and at last with its report.

It is a process of its own because ZeroMQ, Jupyter and nbclient read what a hostile kernel sends: a
message that crashes them, or fills the memory, costs one submission and never the class.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import zmq
import zmq.asyncio
from jupyter_client import AsyncKernelManager

from autograder.errors import KitError
from autograder.records import CellError
from autograder.sandbox import runner
from autograder.sandbox.provisioner import OneSpec
from autograder.sandbox.received import CountedSession, end_when_memory_is_short
from autograder.wall import linux, messages
from autograder.wall.channel import receive, send
from autograder.wall.zygote import serve

MAX_MESSAGE = 4 << 20
"""The largest message of a kernel, in bytes; a larger one ends the connection it came on."""
MESSAGES_WAITING = 16
SEND_MS = 3_000


def main() -> None:
    """Serve submissions until the control socket closes."""
    serve(int(sys.argv[1]), _session)


def _session(channel: socket.socket) -> None:
    """Run one submission's notebook."""
    if sys.platform == "linux":
        # The warm process may be killed: a driver that outlived it would drive on for nobody.
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    received = receive(channel, messages.DriverRequest)
    if received is None:
        return
    request, [guard] = received
    send(channel, messages.DriverStarted(os.getpid()))
    try:
        send(channel, asyncio.run(_drive(channel, socket.socket(fileno=guard), request)))
    except KitError as error:
        send(channel, messages.Failed(str(error)))


async def _drive(
    channel: socket.socket, guard: socket.socket, request: messages.DriverRequest
) -> messages.Report:
    """Start the kernel and run the script in it."""

    def checkpoint(question: str, descriptors: Sequence[int], used: float) -> None:
        send(channel, messages.Checkpoint(question, used), *descriptors)
        if receive(channel, messages.Judged) is None:
            raise KitError("the grader has ended")

    def go_on(piece: int, error: CellError) -> str | None:
        send(channel, messages.Raised(piece, error))
        answer = receive(channel, messages.GoOn)
        if answer is None:
            raise KitError("the grader has ended")
        return answer[0].rest

    os.chdir(tempfile.gettempdir())  # a socket's path may not be long: this one is relative
    async with kernel(guard, Path(str(os.getpid())), request.kernel) as manager:
        return await runner.run(manager, request, checkpoint, go_on)


@asynccontextmanager
async def kernel(
    guard: socket.socket, link: Path, request: messages.KernelRequest
) -> AsyncIterator[AsyncKernelManager]:
    """Start one confined kernel, and end it and all its processes afterwards.

    `guard` is a socket from the kernels' zygote. `link` does not exist; it will lead to the
    sandbox.
    """
    session = CountedSession()
    manager = AsyncKernelManager(
        kernel_spec_manager=OneSpec(), transport="ipc", context=_context(), session=session
    )
    with guard:
        stop_watching = end_when_memory_is_short(session, guard)
        try:
            await manager.start_kernel(session=guard, request=request, link=link)
            yield manager
        finally:
            stop_watching()
            if manager.provisioner is not None:
                await manager.provisioner.kill()
                await manager.provisioner.cleanup()
            manager.cleanup_connection_file()
            manager.context.destroy(linger=0)


def _context() -> zmq.asyncio.Context:
    """Sockets for a kernel that may be hostile: bounded, and connected once.

    Once the notebook runs, its sockets' paths may lead elsewhere: nothing connects to them again.
    """
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.RECONNECT_IVL, -1)
    context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE)
    context.setsockopt(zmq.RCVHWM, MESSAGES_WAITING)
    context.setsockopt(zmq.LINGER, 0)
    context.setsockopt(zmq.SNDTIMEO, SEND_MS)  # where the other side has closed, it would wait
    return context


if __name__ == "__main__":
    main()
