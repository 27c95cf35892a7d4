"""The process of which every submission's driver is a fork: it speaks with the student's kernel.

    python -m autograder.sandbox.driver CONTROL

A driver gets one request, with the socket of the kernel's guard. It answers with its pid, with a
message and an open directory for each checkpoint, and at last with its report.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client import AsyncKernelManager

from autograder.errors import KitError
from autograder.records import Limits, Piece, Script
from autograder.sandbox import runner
from autograder.sandbox.client import Report
from autograder.sandbox.provisioner import OneSpec
from autograder.wall import linux
from autograder.wall.channel import receive, send
from autograder.wall.zygote import serve

MAX_MESSAGE = 4 << 20
"""The largest message of a kernel, in bytes; a larger one ends the connection it came on."""
MESSAGES_WAITING = 16
SEND_MS = 3_000
_PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")


def main() -> None:
    """Serve submissions until the control socket closes."""
    serve(int(sys.argv[1]), _session)


def _session(channel: socket.socket) -> None:
    """Run one submission's notebook."""
    if sys.platform == "linux":
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    received = receive(channel)
    if received is None:
        return
    request, guard = received
    send(channel, {"pid": os.getpid()})
    try:
        report = asyncio.run(_drive(channel, socket.socket(fileno=guard), request))
        send(channel, {"report": asdict(report)})
    except KitError as error:
        send(channel, {"failed": str(error)})


async def _drive(channel: socket.socket, guard: socket.socket, request: dict[str, Any]) -> Report:
    """Start the kernel and run the script in it."""

    def checkpoint(question: str, folder: int, used: float) -> None:
        send(channel, {"question": question, "used": used}, folder)
        if receive(channel) is None:
            raise KitError("the grader has ended")

    limits = Limits(**request["limits"])
    pieces = [
        Piece(**{**piece, "checkpoints": tuple(piece["checkpoints"])})
        for piece in request["script"]["pieces"]
    ]
    script = Script(tuple(pieces), tuple(request["script"]["at_end"]), ())
    wanted = {
        "files": request["files"],
        "seed": request["seed"],
        "seconds": limits.submission_seconds,
        "memory_mb": limits.memory_mb,
        "disk_mb": limits.disk_mb,
        "slot": request["slot"],
    }
    os.chdir(tempfile.gettempdir())  # a socket's path may not be long: this one is relative
    async with kernel(guard, Path(str(os.getpid())), wanted) as manager:
        return await runner.run(manager, script, request["variables"], limits, checkpoint)


@asynccontextmanager
async def kernel(
    guard: socket.socket, link: Path, request: dict[str, Any]
) -> AsyncIterator[AsyncKernelManager]:
    """Start one confined kernel, and end it and all its processes afterwards.

    `guard` is a socket from the kernels' zygote. `link` does not exist; it will lead to the
    sandbox. `request` names the files to put into the work folder (text by path), the seed, the
    slot (a number that no running submission has), the limits `seconds`, `memory_mb`, `disk_mb`.
    """
    connection = {
        "transport": "ipc",
        "key": secrets.token_hex(16),
        "signature_scheme": "hmac-sha256",
        **{port: i for i, port in enumerate(_PORTS, 1)},
    }
    manager = AsyncKernelManager(kernel_spec_manager=OneSpec(), transport="ipc", context=_context())
    with guard:
        try:
            await manager.start_kernel(
                session=guard, request={**request, "connection": connection}, link=link
            )
            yield manager
        finally:
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
