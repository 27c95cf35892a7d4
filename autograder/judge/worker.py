"""The judge's process: imports everything once, then forks for each submission.

    python -m autograder.judge.worker CONTROL STAFF DATA MEMORY_MB

A fork answers one session's requests and ends with it.
"""

from __future__ import annotations

import importlib
import inspect
import os
import resource
import signal
import socket
import sys
import traceback
import warnings
from pathlib import Path
from typing import Any

import keras
from otter.test_files import ExceptionTestFile

from autograder import wire
from autograder.channel import receive, send
from autograder.errors import WireError
from autograder.judge import rebuild
from autograder.records import Outcome
from autograder.zygote import serve


def main() -> None:
    """Serve sessions until the control socket closes."""
    control_fd, staff, data, memory_mb = sys.argv[1:]
    keras.src.datasets.mnist.get_file = lambda *_, **__: data
    _load_support(Path(staff))
    serve(int(control_fd), lambda session: _answer(session, Path(staff), int(memory_mb)))


def _load_support(staff: Path) -> None:
    """Import the assignment's support modules, and let them load their data."""
    sys.path.insert(0, str(staff))
    for path in sorted(staff.glob("*.py")):
        warm = getattr(importlib.import_module(path.stem), "warm", None)
        if warm is not None:
            warm()


def _answer(session: socket.socket, staff: Path, memory_mb: int) -> None:
    """Answer one submission's requests, until its socket closes."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while (request := receive(session)) is not None:
        message, descriptor = request
        signal.setitimer(signal.ITIMER_REAL, message["seconds"])
        keras.utils.set_random_seed(message["seed"])
        send(session, judge(staff / "tests" / f"{message['question']}.py", descriptor))
        signal.setitimer(signal.ITIMER_REAL, 0)
        os.close(descriptor)


def judge(path: Path, folder: int) -> dict[str, Any]:
    """Run one question's test file on the values of one checkpoint.

    Returns `cases` (one object each, in the file's order: outcome, text of the assertion, detail
    for staff) and `notes`.
    """
    notes: list[str] = []
    try:
        claims = wire.decode(folder)
    except WireError as error:
        return {"refused": str(error)}
    environment = {}
    for name, claim in claims.items():
        try:
            environment[name] = rebuild.value(claim, notes)
        except WireError as error:
            notes.append(f"`{name}` was refused: {error}")
            environment[name] = rebuild.opaque("value that the grader could not take over")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        cases = [
            _run_case(case, environment) for case in ExceptionTestFile.from_file(path).test_cases
        ]
    support = str(path.parent.parent)
    notes += [str(w.message) for w in caught if str(w.filename).startswith(support)]
    return {"cases": cases, "notes": list(dict.fromkeys(notes))}


def _run_case(case: Any, environment: dict[str, Any]) -> dict[str, Any]:
    """Call one test case as Otter does, and keep what it raised apart from its source.

    `open` says that the text may be shown even where the case is hidden: a variable is missing.
    """
    asked = inspect.signature(case.body.test_func).parameters
    missing = any(value is None or value is ... for value in map(environment.get, asked))
    try:
        case.body.call_func(environment)
    except AssertionError as error:
        return {"outcome": Outcome.FAILED, "text": str(error), "open": missing}
    except Exception as error:  # noqa: BLE001 - Otter's rule: any exception fails the case
        frames = "".join(traceback.format_exception(error)[-4:])
        text = f"the check could not work with this value ({type(error).__name__}: {error})"
        return {"outcome": Outcome.FAILED, "text": text[:2_000], "detail": frames[-4_000:]}
    return {"outcome": Outcome.PASSED}


if __name__ == "__main__":
    main()
