"""What the processes of one submission use: by their control group, else added up from /proc.

Without a control group some things escape: the processor time of children for whom nobody waits,
between two looks; what the system keeps for descriptors, locks and mappings.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from autograder.wall.cgroup import Group
from autograder.wall.confine import Level

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Process(NamedTuple):
    """One process, as /proc tells."""

    parent: int
    own_seconds: float
    """Processor time of its own."""
    waited_seconds: float
    """Processor time of the children that it waited for."""
    resident_mb: float
    """What is shared counts here, too."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a tree of processes uses at one moment."""

    processes: list[int]
    cpu_seconds: float
    """Of all there have been."""
    memory_mb: float

    def descriptors(self) -> int:
        """Count the open files and sockets."""
        total = 0
        for pid in self.processes:
            with suppress(OSError):
                total += len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208 - names only
        return total


class Meter:
    """Measures a submission's processes from time to time."""

    NOTABLE = 1.05
    """By what factor the resident pages must grow to be worth adding up properly."""

    def __init__(self, init: int, level: Level, limit_mb: int, group: Group | None) -> None:
        """Measure `init` and all its descendants, closely where they near the limit."""
        self.init = init
        self.group = group
        self.most_mb = 0.0
        """The most memory that was seen."""
        self._limit_mb = limit_mb
        self._own_disk = level is Level.FULL
        self._before: dict[int, Process] = {}
        self._cpu_seconds = 0.0
        self._resident_mb = 0.0
        self._memory_mb = 0.0

    def look(self) -> Usage:
        """Measure now."""
        now = processes_below(self.init)
        if self.group is not None:
            memory_mb = self.group.memory_mb() - self._disk_mb()
            use = Usage(list(now), self.group.cpu_seconds(), memory_mb)
        else:
            use = Usage(list(now), self._cpu(now), self._memory(now))
        self.most_mb = max(self.most_mb, use.memory_mb)
        return use

    def _disk_mb(self) -> float:
        """What lies on the sandbox's own disk, which has a limit of its own."""
        if self._own_disk:
            with suppress(OSError):
                disk = os.statvfs(f"/proc/{self.init}/root")
                return (disk.f_blocks - disk.f_bfree) * disk.f_frsize / 2**20
        return 0.0

    def _cpu(self, now: dict[int, Process]) -> float:
        """Add what was used since the last look, and keep what the vanished had used until then.

        Who waits for a child gets its time: then it must not count twice.
        """
        for pid, process in now.items():
            before = self._before.get(pid)
            self._cpu_seconds += process.own_seconds - (before.own_seconds if before else 0.0)
        waited = sum(p.waited_seconds for p in now.values())
        waited -= sum(p.waited_seconds for p in self._before.values())
        vanished = [process for pid, process in self._before.items() if pid not in now]
        self._cpu_seconds += max(0.0, waited - sum(p.own_seconds for p in vanished))
        self._before = now
        return self._cpu_seconds

    def _memory(self, now: dict[int, Process]) -> float:
        """Add up proportional set sizes and page tables, where there is more than before.

        The former are slow: the system walks through all pages.
        """
        tables = sum(map(_page_tables_mb, now))
        resident = sum(process.resident_mb for process in now.values()) + tables
        if resident > min(self._limit_mb, self._resident_mb * self.NOTABLE):
            self._resident_mb = resident
            self._memory_mb = tables + sum(map(_proportional_mb, now))
        return self._memory_mb


def processes_below(top: int) -> dict[int, Process]:
    """Return a process and all its descendants, by pid."""
    children: dict[int, list[int]] = {}
    everything: dict[int, Process] = {}
    for pid, process in _everything():
        everything[pid] = process
        children.setdefault(process.parent, []).append(pid)
    below, waiting = {}, [top]
    while waiting:
        pid = waiting.pop()
        waiting += children.get(pid, [])
        if pid in everything:
            below[pid] = everything[pid]
    return below


def _everything() -> Iterator[tuple[int, Process]]:
    for name in os.listdir("/proc"):  # noqa: PTH208 - names only
        with suppress(OSError, ValueError, IndexError):
            fields = _read(f"/proc/{int(name)}/stat").rpartition(b")")[2].split()
            user, system, waited_user, waited_system = (
                int(ticks) / _TICKS for ticks in fields[11:15]
            )
            resident_mb = int(fields[21]) * _PAGE / 2**20
            yield (
                int(name),
                Process(int(fields[1]), user + system, waited_user + waited_system, resident_mb),
            )


def _page_tables_mb(pid: int) -> float:
    with suppress(OSError, ValueError, IndexError):
        return int(_read(f"/proc/{pid}/status").split(b"\nVmPTE:")[1].split()[0]) / 1024
    return 0.0


def _proportional_mb(pid: int) -> float:
    with suppress(OSError, ValueError, IndexError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        return int(rollup.split("\nPss:")[1].split()[0]) / 1024
    return 0.0


def _read(path: str) -> bytes:
    """Read a small file of /proc. This runs all the time, for each process of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        return os.read(descriptor, 4_096)
    finally:
        os.close(descriptor)
