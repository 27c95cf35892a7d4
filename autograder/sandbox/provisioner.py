"""The student's kernel as jupyter_client sees it: started by a fork of the zygote."""

from __future__ import annotations

import asyncio
import os
import select
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerBase

from autograder.errors import KitError
from autograder.sandbox.kernel import connection
from autograder.wall import messages
from autograder.wall.channel import receive, send
from autograder.wall.confine import RUN
from autograder.wall.messages import Ended

NAME = "autograder-confined"
START_SECONDS = 60.0
ANSWER_SECONDS = 30.0
"""How long the guard may take to answer while the kernel runs."""
END_SECONDS = 10.0


def _start(
    session: socket.socket, request: messages.KernelRequest
) -> tuple[messages.KernelReady, int]:
    """Have the guard start a kernel; return when its sockets are bound, with its root's folder."""
    send(session, request)
    why = "its guard ended"
    match receive(session, messages.KernelReady, messages.Failed, messages.KernelEnded):
        case (messages.KernelReady() as ready, [folder]):
            return ready, folder
        case (messages.Failed(reason), _):
            why = reason
    raise KitError(f"the sandbox could not be set up: {why}")


class ConfinedProvisioner(KernelProvisionerBase):  # type: ignore[misc]
    """Starts, polls and ends one kernel through its guard's socket.

    `start_kernel` must be given `session` (the guard's socket), `request` (what the guard gets) and
    `link` (a path that does not exist: it will lead to the sandbox's root).
    """

    _session: socket.socket | None = None
    _link: Path | None = None
    root: int = -1
    """Descriptor of the sandbox's root folder."""
    prefix: str = ""
    """What stands before the sandbox's paths in the kernel's own eyes."""
    core_seconds: float = 0.0
    memory_mb: float = 0.0
    """What all its processes have used, and the most memory, as of the last look."""
    ended: Ended | None = None
    """How the kernel ended, as its guard says; None while it runs."""

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel, running or not."""
        return self._session is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing is launched by a command line."""
        return {**kwargs, "cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Ask the guard for a kernel, and wait until its sockets are bound."""
        session: socket.socket = kwargs["session"]
        link: Path = kwargs["link"]
        request: messages.KernelRequest = kwargs["request"]
        self._session = session
        session.settimeout(START_SECONDS)
        try:
            ready, self.root = await asyncio.to_thread(_start, session, request)
            # A path of its own for each kernel: sockets of an old one must not find a new one.
            link.symlink_to(f"/proc/self/fd/{self.root}")
        except (OSError, ValueError) as error:
            raise KitError(f"the sandbox could not be set up ({error})") from None
        session.settimeout(ANSWER_SECONDS)
        self.prefix, self._link = ready.root, link
        return {**connection(f"{link}{RUN}", request.key), "key": request.key.encode()}

    async def look(self) -> None:
        """Ask the guard what all processes of the sandbox have used so far."""
        if self._session is None or self.ended is not None:
            return
        with suppress(OSError, ValueError):
            send(self._session, messages.AskUse())
            use = await asyncio.to_thread(self._hear, self._session)
            if use is not None:
                self.core_seconds, self.memory_mb = use.core_seconds, use.memory_mb
            return
        self.ended = Ended.GUARD

    def _hear(self, session: socket.socket) -> messages.Use | None:
        """Wait for what the guard says; its last word, or its silence, is how the kernel ended."""
        received = receive(session, messages.Use, messages.KernelEnded)
        message = received and received[0]
        if isinstance(message, messages.Use):
            return message
        self.ended = message.how if isinstance(message, messages.KernelEnded) else Ended.GUARD
        return None

    async def poll(self) -> int | None:
        """Return None while the kernel runs."""
        if self._session is not None and self.ended is None:
            try:
                if select.select([self._session], [], [], 0)[0]:
                    self._hear(self._session)
            except (OSError, ValueError):
                self.ended = Ended.GUARD
        return None if self._session is not None and self.ended is None else 1

    async def wait(self) -> int | None:
        """Return when the kernel has ended."""
        while await self.poll() is None:
            await asyncio.sleep(0.01)
        return 1

    async def send_signal(self, signum: int) -> None:
        """Signals do not reach into the sandbox; interrupts go by message."""

    async def kill(self, restart: bool = False) -> None:
        """End every process of the sandbox."""
        if self._session is not None and self.ended is None:
            self._session.settimeout(END_SECONDS)
            with suppress(OSError, ValueError):
                send(self._session, messages.EndKernel())
                await asyncio.to_thread(receive, self._session, messages.KernelEnded)
            self.ended = Ended.ASKED

    async def terminate(self, restart: bool = False) -> None:
        """End every process of the sandbox."""
        await self.kill(restart)

    async def cleanup(self, restart: bool = False) -> None:
        """Forget the sandbox."""
        if self._session is not None:
            self._session.close()
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        if self.root >= 0:
            os.close(self.root)
            self.root = -1


class OneSpec(KernelSpecManager):  # type: ignore[misc]
    """Answers every question for a kernel with ours: what a notebook asks for does not matter."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the confined kernel's specification."""
        return KernelSpec(
            argv=[],
            display_name="Python 3",
            language="python",
            interrupt_mode="message",
            metadata={"kernel_provisioner": {"provisioner_name": NAME}},
        )
