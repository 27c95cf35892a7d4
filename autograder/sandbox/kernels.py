"""The process of which every student's kernel is a fork.

    python -m autograder.sandbox.kernels CONTROL LEVEL SUPPLIES [GROUPS]

A session's processes are

    guard ── init ── kernel          the guard is ours and outside, init and kernel are confined

The guard ends the other two when a limit is hit, when asked, or when the session's socket closes.
"""

from __future__ import annotations

import socket
import sys

from autograder.sandbox import guard, kernel
from autograder.wall.channel import receive
from autograder.wall.confine import Level
from autograder.wall.messages import KernelRequest
from autograder.wall.supplies import from_argument
from autograder.wall.zygote import serve


def main() -> None:
    """Serve sessions until the control socket closes."""
    control_fd, level, argument, *batch = sys.argv[1:]
    supplies = from_argument(argument)
    kernel.import_everything(supplies.imports)
    given = guard.Given(supplies, supplies.contents())

    def session(channel: socket.socket) -> None:
        received = receive(channel, KernelRequest)
        if received is not None:
            guard.run(channel, Level(level), given, batch, received[0])

    serve(int(control_fd), session)


if __name__ == "__main__":
    main()
