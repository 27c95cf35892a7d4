"""The student's kernel as jupyter_client sees it: started by a fork of the zygote."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path
from typing import Any

from jupyter_client import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.provisioning import KernelProvisionerBase

from autograder.errors import KitError
from autograder.wall.channel import receive, send
from autograder.wall.confine import RUN

NAME = "autograder-confined"
GUARD_ENDED = "guard"
"""Why a kernel ended whose guard said nothing: the guard died, and that is our fault."""
START_SECONDS = 60.0
ANSWER_SECONDS = 30.0
"""How long the guard may take to answer while the kernel runs."""


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
    ended: str | None = None
    """Why the kernel ended, in the guard's words or `GUARD_ENDED`; None while it runs."""

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
        request = kwargs["request"]
        self._session = session
        session.settimeout(START_SECONDS)

        def start() -> tuple[dict[str, Any], int]:
            send(session, request)
            answer = receive(session)
            if answer is None or not answer[0].get("ready"):
                why = answer[0].get("failed") if answer else None
                raise KitError(f"the sandbox could not be set up: {why or 'its guard ended'}")
            return answer

        try:
            ready, self.root = await asyncio.to_thread(start)
        except (OSError, ValueError) as error:
            raise KitError(f"the sandbox could not be set up ({error})") from None
        if self.root < 0:
            raise KitError("the sandbox could not be set up: its folder did not arrive")
        self.prefix = str(ready["root"])
        session.setblocking(False)
        # A path of its own for each kernel: sockets of an old one must not find a new one.
        try:
            link.symlink_to(f"/proc/self/fd/{self.root}")
        except OSError as error:
            raise KitError(f"the sandbox could not be set up ({error})") from None
        self._link = link
        info = {**request["connection"], "ip": f"{link}{RUN}/k"}
        info["key"] = info["key"].encode()
        return info

    async def look(self) -> None:
        """Ask the guard what all processes of the sandbox have used so far."""
        if self._session is None or self.ended is not None:
            return
        self._session.settimeout(ANSWER_SECONDS)
        try:
            send(self._session, {"use": True})
            answer = await asyncio.to_thread(receive, self._session)
        except (OSError, ValueError):
            answer = None
        self._session.setblocking(False)
        if answer is None or "ended" in answer[0]:
            self.ended = GUARD_ENDED if answer is None else str(answer[0]["ended"])
            return
        self.core_seconds, self.memory_mb = float(answer[0]["cpu"]), float(answer[0]["memory"])

    async def poll(self) -> int | None:
        """Return None while the kernel runs."""
        if self._session is not None and self.ended is None:
            try:
                answer = receive(self._session)
                self.ended = GUARD_ENDED if answer is None else str(answer[0].get("ended"))
            except BlockingIOError:
                return None
            except (OSError, ValueError):
                self.ended = GUARD_ENDED
        return 1

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
            self._session.setblocking(True)
            self._session.settimeout(10)
            try:
                send(self._session, {"end": True})
                await asyncio.to_thread(receive, self._session)
            except (OSError, ValueError):
                pass
            self.ended = "asked"

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
