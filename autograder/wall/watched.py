"""Confined forks of a warm process that read what students wrote, and a parent that watches each.

What a parser is made to use, or crashes on, ends the fork; the parent says how it ended.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from autograder.wall import confine
from autograder.wall.confine import Bounds, Level

SECONDS = 60
"""How long one piece of work may take, and how much processor time."""
MEMORY_MB = 1_024
"""What a fork may take besides what the warm process has."""
TIME_IS_UP = (-signal.SIGALRM, -signal.SIGXCPU)
KILLED = -signal.SIGKILL
"""By a machine that has no memory: nothing inside is allowed so much."""


def watched(level: Level, work: Callable[[], None]) -> int:
    """Do `work` in a confined child; return 0, or minus the signal that ended it, or 1.

    1 is a failure of ours: `work` raised, or the machine refuses to confine it.
    """

    def bounded() -> None:
        bound()
        work()

    return enclosed(level, bounded)


def enclosed(level: Level, work: Callable[[], None]) -> int:
    """Do `work` in a confined child that may go on without end: its own forks are `bound`."""

    def confined() -> None:
        bounds = Bounds(MEMORY_MB, disk_mb=16, processes=8, files=64)
        slot = confine.UIDS + 300 + os.getpid() % 300  # after those of the judge's forks
        confine.lock_in(level, folder, bounds, "", slot)
        work()

    with tempfile.TemporaryDirectory(prefix="fork-", ignore_cleanup_errors=True) as folder:
        confine.separate(level)
        return forked(confined)


def forked(work: Callable[[], None]) -> int:
    """Do `work` in a child; return 0, or minus the signal that ended it, or 1 where it raised."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        work()
        status = 0
    except BaseException:  # noqa: BLE001 - the process ends here, whatever happened
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def bound() -> None:
    """Give this process memory and time for one piece of work."""
    sizes = Path("/proc/self/statm")
    if sizes.exists():
        mapped = int(sizes.read_text().split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, mapped + (MEMORY_MB << 20))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    begin()


def begin() -> None:
    """Give the next piece of work its time; a signal ends a process that takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, hard))
