"""The confined process that looks into zips: it forks for each file that was handed in.

    python -m autograder.reader.zip_worker CONTROL LEVEL

What zipfile and zlib meet here is hostile. What it makes them use or crash on costs its own
submission, and nobody else.
"""

from __future__ import annotations

import os
import socket
import sys
from dataclasses import replace

from autograder.errors import SubmissionError
from autograder.reader.budget import Budget, OverBudget
from autograder.reader.zip_client import AskZip, OpenZip, Want, ZipAnswer, ZipEnded
from autograder.reader.zips import Zip
from autograder.records import Problem
from autograder.wall import watched
from autograder.wall.channel import receive, send
from autograder.wall.confine import Level
from autograder.wall.zygote import serve


def main() -> None:
    """Confine this process, and serve sessions until the control socket closes."""
    control_fd, level = sys.argv[1:]
    sys.exit(watched.enclosed(Level(level), lambda: serve(int(control_fd), session)))


def session(channel: socket.socket) -> None:
    """Look into one file in a child, until nobody asks any more; say how it ended."""
    received = receive(channel, OpenZip)
    if received is None:
        return
    _, [descriptor] = received

    def look() -> None:
        watched.bound()
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            zipped = Zip(file)
            while (asked := receive(channel, AskZip)) is not None:
                watched.begin()
                send(channel, answer(zipped, asked[0]))

    status = watched.forked(look)
    if status:
        send(channel, ZipEnded(max(0, -status)))


def answer(zipped: Zip, asked: AskZip) -> ZipAnswer:
    """Answer one question about a file."""
    budget = Budget(asked.left) if asked.left is not None else None
    try:
        answered = _answer(zipped, asked, budget)
    except SubmissionError as error:
        answered = ZipAnswer(problem=error.problem, over=isinstance(error, OverBudget))
    except MemoryError:
        found = {"megabytes": watched.MEMORY_MB}
        answered = ZipAnswer(problem=Problem("zip too large", found, "notebook alone"), over=True)
    return replace(answered, left=budget.left if budget else None)


def _answer(zipped: Zip, asked: AskZip, budget: Budget | None) -> ZipAnswer:
    match asked.want:
        case Want.ENTRIES:
            return ZipAnswer(entries=tuple(zipped.entries(asked.inner, budget)))
        case Want.START:
            return ZipAnswer(start=zipped.start(asked.inner, asked.most, budget))
        case Want.HASH:
            sha256, size = zipped.hashed(asked.inner, asked.most, budget)
            return ZipAnswer(sha256=sha256, size=size)


if __name__ == "__main__":
    main()
