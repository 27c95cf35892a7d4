"""Control groups, where they can be had: the system counts and bounds what submissions use.

Some memory is in no process: shared pages that nobody maps any more, page tables, what waits in
sockets. Some processor time, too: that of children for whom nobody waited. See cgroups(7).

    Batch      one for each warm process, made by the command; removed with it
    └── Group  one for each submission, made by its guard, outside; removed by it

In version 1, memory and processor time have folders of their own; in version 2 there is one folder,
and the one above it must have handed the memory controller down.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_PREFIX = "autograder"
REMOVE_SECONDS = 2.0
"""How long what was killed may take to leave its group."""


@dataclass(frozen=True, slots=True)
class Group:
    """The control group of one submission: a folder for its memory, and one for its time."""

    memory: Path
    time: Path

    def enter(self) -> None:
        """Move this process, and so all that it will fork, into the group. Raises OSError."""
        for folder in dict.fromkeys((self.memory, self.time)):
            (folder / "cgroup.procs").write_text("0", encoding="ascii")

    def cpu_seconds(self) -> float:
        """Processor time of all processes that were ever in the group."""
        usage = self.time / "cpuacct.usage"
        if usage.exists():
            return int(usage.read_text(encoding="ascii")) / 1e9
        return _counts(self.time / "cpu.stat")["usage_usec"] / 1e6

    def memory_mb(self) -> float:
        """What the group holds besides files that the system could drop; tmpfs counts."""
        counts = _counts(self.memory / "memory.stat")
        kernel = self.memory / "memory.kmem.usage_in_bytes"
        if kernel.exists():
            used = counts["rss"] + counts["shmem"] + int(kernel.read_text(encoding="ascii"))
        else:
            used = counts["anon"] + counts["shmem"] + counts.get("kernel", 0)
        return used / 2**20

    def out_of_memory(self) -> bool:
        """Whether the system ended a process of the group for want of memory."""
        version_1 = self.memory / "memory.oom_control"
        counts = _counts(version_1 if version_1.exists() else self.memory / "memory.events")
        return counts.get("oom_kill", 0) > 0

    def peak(self) -> float:
        """The most that the group ever held, files included, as a share of what it may hold."""
        if (self.memory / "memory.max_usage_in_bytes").exists():
            names = ("memory.max_usage_in_bytes", "memory.limit_in_bytes")
        else:  # memory.peak is younger than version 2
            if _counts(self.memory / "memory.events").get("max", 0) > 0:
                return 1.0
            current = (self.memory / "memory.peak").exists()
            names = ("memory.peak" if current else "memory.current", "memory.max")
        most, limit = (int((self.memory / name).read_text(encoding="ascii")) for name in names)
        return most / limit

    def remove(self) -> None:
        """Kill what is left in the group (version 2 can), and remove it."""
        with suppress(OSError):
            (self.memory / "cgroup.kill").write_text("1", encoding="ascii")
        for folder in dict.fromkeys((self.memory, self.time)):
            _remove(folder)


def _counts(path: Path) -> dict[str, int]:
    lines = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {name: int(value) for name, value in lines}


def make(batch: Sequence[str | Path], name: str, megabytes: int) -> Group | None:
    """Make a group below a batch's folders; None without any. Raises OSError."""
    if not batch:
        return None
    memory, seconds = (Path(folder, name) for folder in batch)
    for folder in dict.fromkeys((memory, seconds)):
        folder.mkdir()
    for limit in ("memory.limit_in_bytes", "memory.max"):
        if (memory / limit).exists():
            (memory / limit).write_text(str(megabytes << 20), encoding="ascii")
    for limit, value in (("memory.memsw.limit_in_bytes", megabytes << 20), ("memory.swap.max", 0)):
        with suppress(OSError):  # a system without swap need not have it
            (memory / limit).write_text(str(value), encoding="ascii")
    return Group(memory, seconds)


@contextmanager
def batch() -> Iterator[tuple[str, ...]]:
    """Yield the folders, of memory and of time, that groups can be made in; none without any."""
    name = f"{_PREFIX}-{os.getpid()}-{secrets.token_hex(4)}"
    folders = [place / name for place in places_here()]
    for folder in dict.fromkeys(folders):
        _sweep(folder.parent)
        with suppress(OSError):  # the trial tells
            folder.mkdir()
            if (folder / "cgroup.subtree_control").exists():  # version 2
                (folder / "cgroup.subtree_control").write_text("+memory", encoding="ascii")
    try:
        yield tuple(map(str, folders)) if _can_be_entered(folders) else ()
    finally:
        for folder in folders:
            for group in [*folder.glob("*/"), folder]:
                _remove(group)


def _can_be_entered(folders: Sequence[Path]) -> bool:
    """Whether a process can move into a group there and be counted: rights do not tell."""
    enter = 'for folder; do echo 0 > "$folder/cgroup.procs" || exit 1; done'
    try:
        group = make(folders, "trial", 64)
        if group is None:
            return False
        places = map(str, (group.memory, group.time))
        done = subprocess.run(["/bin/sh", "-c", enter, "sh", *places], capture_output=True)  # noqa: S603
        counted = (group.memory / "memory.stat").exists()
        group.remove()
    except OSError:
        return False
    return counted and done.returncode == 0


def _remove(folder: Path) -> None:
    deadline = time.monotonic() + REMOVE_SECONDS
    while folder.exists():
        with suppress(OSError):
            folder.rmdir()
            return
        if time.monotonic() > deadline:
            return
        time.sleep(0.005)


def _sweep(place: Path) -> None:
    """Remove the groups of commands that were killed."""
    for folder in place.glob(f"{_PREFIX}-*-*"):
        pid = folder.name.split("-")[1]
        if pid.isdecimal() and not psutil.pid_exists(int(pid)):
            for group in [*folder.glob("*/"), folder]:
                with suppress(OSError):
                    group.rmdir()


def places_here(proc: Path = Path("/proc/self")) -> tuple[Path, ...]:
    """Where this process may make groups: a folder for memory, one for time; empty for nowhere."""
    memory = time_folder = None
    for folder, controllers in _own(proc):
        if "unified" in controllers:
            for place in (folder, folder.parent):
                if _may_write(place) and "memory" in _word(place / "cgroup.subtree_control"):
                    return place, place
            time_folder = time_folder or (folder if _may_write(folder) else None)
        elif _may_write(folder):
            memory = folder if "memory" in controllers else memory
            time_folder = folder if "cpuacct" in controllers else time_folder
    return (memory, time_folder) if memory and time_folder else ()


def _own(proc: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield this process' folder in each hierarchy that is mounted, and the controllers there."""
    groups: dict[str, str] = {}
    with suppress(OSError):
        for line in (proc / "cgroup").read_text(encoding="utf-8").splitlines():
            _, names, path = line.split(":", 2)
            groups.update(dict.fromkeys(names.split(",") if names else ["unified"], path))
        for line in (proc / "mountinfo").read_text(encoding="utf-8").splitlines():
            before, _, after = line.partition(" - ")
            root, point = before.split()[3:5]
            kind, _, options = after.split(" ", 2)
            found = ["unified"] if kind == "cgroup2" else options.split(",")
            here = [name for name in found if name in groups]
            if kind in ("cgroup", "cgroup2") and here:
                inside = os.path.relpath(groups[here[0]], root)
                if not inside.startswith(".."):
                    yield Path(point, inside), here


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and os.access(folder / "cgroup.procs", os.W_OK)


def _word(path: Path) -> list[str]:
    with suppress(OSError):
        return path.read_text(encoding="ascii").split()
    return []
