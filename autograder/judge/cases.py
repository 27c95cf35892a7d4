"""Runs the cases of one Otter test file as Otter does, and tells whose fault a failure is."""

from __future__ import annotations

import inspect
import mmap
import resource
import traceback
from pathlib import Path

from otter.test_files import TestCase

from autograder.errors import lacks_memory, machines_fault
from autograder.records import Outcome
from autograder.wall.messages import CaseResult

_ROOM = 512 << 20
"""More bytes than a test of an honest value asks for at once."""


def unless_ours(error: Exception) -> None:
    """What the machine is to blame for fails nobody's case; a value too large for us does."""
    if machines_fault(error) and not (lacks_memory(error) and _only_our_limit()):
        raise OSError(f"the machine's fault: {error!r}") from None


def _only_our_limit() -> bool:
    """Whether the machine has memory that nothing but our own limit keeps from us."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return False
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    if limit - used < _ROOM:
        return True
    try:
        mmap.mmap(-1, _ROOM).close()
    except (OSError, MemoryError):
        return False
    return True


def run(case: TestCase, environment: dict[str, object]) -> CaseResult:
    """Call one test case as Otter does, and keep what it raised apart from its source."""
    asked = inspect.signature(case.body.test_func).parameters
    missing = any(value is None or value is ... for value in map(environment.get, asked))
    try:
        case.body.call_func(environment)
    except AssertionError as error:
        return CaseResult(Outcome.FAILED, str(error), open=missing)
    except Exception as error:  # noqa: BLE001 - Otter's rule: any exception fails the case
        unless_ours(error)
        frames = "".join(traceback.format_exception(error)[-4:])
        text = f"the check could not work with this value ({type(error).__name__}: {error})"
        return CaseResult(Outcome.FAILED, text[:2_000], frames[-4_000:])
    return CaseResult(Outcome.PASSED)
