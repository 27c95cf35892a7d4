"""The reader's process: imports everything once, then forks for each file that is read.

    python -m autograder.reader.worker CONTROL LEVEL REFERENCE SOLUTION QUESTION...

Parsers of JSON and Python, and regular expressions, meet hostile text here. What it makes them use
or crash on costs its own submission, and nobody else.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path
from typing import IO

import IPython.core.inputtransformer2
import jupytext  # noqa: F401 - not to be imported anew in each fork
import psutil

from autograder.errors import KitError, SubmissionError, machines_fault
from autograder.notebook.handout import Handout, handout
from autograder.notebook.read import read
from autograder.notebook.triage import reading
from autograder.reader.zips import Zip
from autograder.records import Problem
from autograder.wall import watched
from autograder.wall.channel import receive, send
from autograder.wall.confine import Level
from autograder.wall.messages import Failed, ReadFile, Unreadable, WasRead
from autograder.wall.zygote import serve


def main() -> None:
    """Serve sessions until the control socket closes."""
    control_fd, level, reference, solution, *questions = sys.argv[1:]
    handed_out, solved = (read(Path(path).read_bytes()).notebook for path in (reference, solution))
    course = handout(handed_out, solved, questions)
    IPython.core.inputtransformer2.TransformerManager().transform_cell("%matplotlib inline")
    serve(int(control_fd), lambda channel: _session(channel, Level(level), course))


def _session(channel: socket.socket, level: Level, course: Handout) -> None:
    """Have one file read in a confined child; say so where that ends without an answer."""
    received = receive(channel, ReadFile)
    if received is None:
        return
    asked, [descriptor] = received

    def answer() -> None:
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            send(channel, _answer(file, asked, course))

    status = watched.watched(level, answer)
    if status > 0:
        send(channel, Failed("the reader failed; its error stream says why"))
    elif status in watched.TIME_IS_UP:
        problem = Problem("reading too long", {"seconds": watched.SECONDS}, "ipynb cleared")
        send(channel, Unreadable(problem))
    elif status not in (0, watched.KILLED):
        why = f"reading it ended with {signal.Signals(-status).name}"
        send(channel, Unreadable(Problem("notebook unreadable", {"error": why}, "saved again")))


def _answer(file: IO[bytes], asked: ReadFile, course: Handout) -> WasRead | Unreadable | Failed:
    try:
        content = Zip(file).content(asked.inner, asked.sha256, asked.size)
        return WasRead(reading(content, course))
    except SubmissionError as error:
        return Unreadable(error.problem)
    except KitError as error:
        return Failed(str(error))
    except Exception as error:
        has_memory = psutil.virtual_memory().available > watched.MEMORY_MB << 20
        if isinstance(error, MemoryError) and has_memory:
            found = {"megabytes": watched.MEMORY_MB}
            return Unreadable(Problem("reading too large", found, "ipynb cleared"))
        if not machines_fault(error):
            raise
        return Failed(f"reading failed: {error!r}")


if __name__ == "__main__":
    main()
