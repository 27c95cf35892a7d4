"""The orchestrator's side of the sandbox: one zygote per batch, one kernel per submission."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client import AsyncKernelManager

from autograder.confine import Level
from autograder.sandbox.provisioner import OneSpec
from autograder.zygote import Zygote

MAX_MESSAGE = 4 << 20
"""The largest message of a kernel, in bytes; a larger one ends the connection it came on."""
MESSAGES_WAITING = 16
_PORTS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")


def _context() -> zmq.asyncio.Context:
    """Sockets for a kernel that may be hostile: bounded, and connected once.

    Once the notebook runs, its sockets' paths may lead elsewhere: nothing connects to them again.
    """
    context = zmq.asyncio.Context()
    context.setsockopt(zmq.RECONNECT_IVL, -1)
    context.setsockopt(zmq.MAXMSGSIZE, MAX_MESSAGE)
    context.setsockopt(zmq.RCVHWM, MESSAGES_WAITING)
    context.setsockopt(zmq.LINGER, 0)
    return context


class Sandbox(Zygote):
    """A warm process that forks a confined kernel for each submission."""

    def __init__(self, level: Level, data: Path) -> None:
        super().__init__("autograder.sandbox.zygote", [str(level), str(data)], level, [data])
        self.level = level
        self._numbers = itertools.count()

    @asynccontextmanager
    async def kernel(self, request: dict[str, Any]) -> AsyncIterator[AsyncKernelManager]:
        """Start one confined kernel, and end it and all its processes afterwards.

        `request` names the files to put into its work folder (text by path), the seed, and the
        limits `seconds`, `memory_mb`, `disk_mb`.
        """
        number = next(self._numbers)
        connection = {
            "transport": "ipc",
            "key": secrets.token_hex(16),
            "signature_scheme": "hmac-sha256",
            **{port: i for i, port in enumerate(_PORTS, 1)},
        }
        manager = AsyncKernelManager(
            kernel_spec_manager=OneSpec(), transport="ipc", context=_context()
        )
        with self.connect() as session:
            try:
                await manager.start_kernel(
                    session=session,
                    request={**request, "connection": connection, "slot": number},
                    link=self.folder / str(number),
                )
                yield manager
            finally:
                if manager.provisioner is not None:
                    await manager.provisioner.kill()
                    await manager.provisioner.cleanup()
                manager.cleanup_connection_file()
                manager.context.destroy(linger=0)
