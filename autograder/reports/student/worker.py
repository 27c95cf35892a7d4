"""The process that makes feedback pages: Markdown, code and pictures of students are read here.

python -m autograder.reports.student.worker CONTROL LEVEL
"""

from __future__ import annotations

import json
import socket
import sys

from autograder.records import Grade, Status
from autograder.reports.student import page
from autograder.reports.student.apart import Page, PageRequest
from autograder.wall import watched
from autograder.wall.channel import receive, send
from autograder.wall.confine import Level
from autograder.wall.zygote import serve

_CELLS = [{"cell_type": kind, "source": "x"} for kind in ("code", "markdown")]
_SAMPLE = Grade(
    "", "", Status.GRADED, (), None, 0.0, (), 0.0, {}, executed=json.dumps({"cells": _CELLS})
)


def main() -> None:
    """Serve sessions until the control socket closes."""
    control_fd, level = sys.argv[1:]
    page.page("", _SAMPLE, None)  # loads all there is to load: a fork sees no files
    serve(int(control_fd), lambda channel: _session(channel, Level(level)))


def _session(channel: socket.socket, level: Level) -> None:
    """Make pages in a confined child until the socket closes, or one ends it."""

    def pages() -> None:
        while (received := receive(channel, PageRequest)) is not None:
            watched.begin()
            asked = received[0]
            send(channel, Page(page.page(asked.assignment, asked.grade, asked.class_)))

    watched.watched(level, pages)


if __name__ == "__main__":
    main()
