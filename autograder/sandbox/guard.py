"""The guard of one submission: starts its processes, watches their use, and ends them.

It tells the driver that the kernel is ready or why it is not, what is used when asked, and at last
how the kernel ended.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.records import Limits
from autograder.sandbox import kernel
from autograder.sandbox.usage import Meter, Usage, processes_below
from autograder.wall import cgroup, confine, linux, messages
from autograder.wall.channel import receive, send
from autograder.wall.confine import Bounds, Level
from autograder.wall.messages import Ended
from autograder.wall.supplies import Supplies, load_offline

LOOK_SECONDS = 0.25
_MAX_DESCRIPTORS = 4_096
"""Of all processes together: what waits in a socket is in no process' memory."""
_FILES = 65_536
_KERNEL_KILLED = -signal.SIGKILL & 0xFF
"""Init's exit code for a kernel that was killed."""


@dataclass(frozen=True, slots=True)
class Given:
    """What every notebook of a batch finds: its assignment's supplies, with the files' contents."""

    supplies: Supplies
    files: Mapping[str, bytes]


def run(
    channel: socket.socket,
    level: Level,
    given: Given,
    batch: Sequence[str],
    request: messages.KernelRequest,
) -> None:
    """Start init and the kernel, and watch them until they have ended.

    `batch` names the folders for a control group of their own; empty where there can be none.
    """
    limits = request.limits
    most = limits.memory_mb + limits.disk_mb  # what lies on the sandbox's disk is memory, too
    group = cgroup.make(batch, f"{os.getpid()}-{request.slot}", most)
    confine.separate(level)
    if level is not Level.FULL and sys.platform == "linux":
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)  # orphans come to us, not to the system
    with tempfile.TemporaryDirectory(prefix="autograder-", ignore_cleanup_errors=True) as folder:
        # A new pid namespace holds the children of the process that made it, not that process:
        # the first of them is its pid 1, and all others die with it.
        init = os.fork()
        if init == 0:
            _init(channel, level, given, request, folder, group)
        how = _watch(channel, Meter(init, level, limits.memory_mb, group), limits, level)
        end_all(init, level, _slot(request))
        if group is not None:
            group.remove()
        with contextlib.suppress(OSError):
            send(channel, messages.KernelEnded(how))


def _init(
    channel: socket.socket,
    level: Level,
    given: Given,
    request: messages.KernelRequest,
    folder: str,
    group: cgroup.Group | None,
) -> None:
    """Confine this process, fork the kernel, and wait for it; never returns."""
    status = 1
    try:
        if group is not None:
            group.enter()
        bounds = _bounds(request.limits, counted=group is not None)
        root = confine.lock_in(
            level,
            folder,
            bounds,
            given.supplies.data,
            _slot(request),
            files={**given.files, **{p: text.encode() for p, text in request.files.items()}},
            data_file=given.supplies.data_file,
        )
        descriptor = os.open(root or "/", os.O_RDONLY | os.O_DIRECTORY)
        ours, theirs = os.pipe()
        kernels_pid = os.fork()
        if kernels_pid == 0:
            _kernel(request, given.supplies, level, root, theirs)
        os.close(theirs)
        word = os.read(ours, 4_096)
        if word != kernel.READY:
            code = os.waitstatus_to_exitcode(os.wait()[1])
            send(channel, messages.Failed(word.decode(errors="replace") or f"exit code {code}"))
        else:
            send(channel, messages.KernelReady(root), descriptor)
        os.closerange(3, _FILES)
        status = _reap(kernels_pid)
    except BaseException:  # noqa: BLE001 - the process ends here, whatever happened
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _slot(request: messages.KernelRequest) -> int:
    """A submission's own, whatever the request says: those beyond are the judge's."""
    return request.slot % confine.UIDS


def _bounds(limits: Limits, *, counted: bool) -> Bounds:
    return Bounds(limits.memory_mb, limits.disk_mb, shared_memory=counted)


def _kernel(
    request: messages.KernelRequest, supplies: Supplies, level: Level, root: str, ready: int
) -> None:
    """Become the kernel; a failure to start goes through the pipe. Never returns."""
    try:
        load_offline(supplies.data_name, supplies.place(level))
        kernel.serve(request, root, ready)
    except BaseException as error:  # noqa: BLE001 - the process ends here, whatever happened
        with contextlib.suppress(OSError):
            frames = traceback.extract_tb(error.__traceback__)
            os.write(ready, f"{type(error).__name__}: {error} ({frames[-1]})".encode()[:4_096])
    finally:
        os._exit(1)


def _reap(kernels_pid: int) -> int:
    """Wait for the kernel; collect orphans meanwhile, which may end before it."""
    linux.prctl(linux.PR_SET_DUMPABLE, 0) if sys.platform == "linux" else None
    while True:
        try:
            pid, status = os.wait()
        except ChildProcessError:
            return 0
        if pid == kernels_pid:
            return os.waitstatus_to_exitcode(status) & 0xFF


def _watch(channel: socket.socket, meter: Meter, limits: Limits, level: Level) -> Ended:
    """Look at the processes from time to time; return why they are to end, or how they did."""
    deadline = time.monotonic() + limits.submission_seconds
    while True:
        readable, _, _ = select.select([channel], [], [], LOOK_SECONDS)
        if readable:
            if not _wants_use(channel):
                return Ended.ASKED
            use = meter.look()
            with contextlib.suppress(OSError):
                send(channel, messages.Use(use.cpu_seconds, meter.most_mb))
        ended, status = os.waitpid(meter.init, os.WNOHANG)
        if meter.group is not None and meter.group.out_of_memory():
            return _whose_memory(meter.group.peak())
        if ended:
            return _how(os.waitstatus_to_exitcode(status), level)
        if time.monotonic() > deadline:
            return Ended.TIME
        if excess := _excess(meter.look(), limits):
            return excess


def _whose_memory(peak: float) -> Ended:
    """Say why the system ended a process for want of memory: the group's own limit, or the machine.

    Where the machine has too little, who took much of it may have wanted just that, and is treated
    as one who killed himself; who took little has nothing to do with it.
    """
    if peak > 0.9:
        return Ended.MEMORY
    return Ended.KILLED if peak > 0.5 else Ended.OUTSIDE


def _how(code: int, level: Level) -> Ended:
    """Say what init's exit code means."""
    if code < 0:  # nothing in a pid namespace can kill its pid 1
        return Ended.OUTSIDE if level is Level.FULL else Ended.KILLED
    return Ended.KILLED if code == _KERNEL_KILLED else Ended.EXIT


def _excess(use: Usage, limits: Limits) -> Ended | None:
    """Return the limit that is exceeded, if any."""
    if use.memory_mb > limits.memory_mb:
        return Ended.MEMORY
    if len(use.processes) > Bounds(limits.memory_mb, limits.disk_mb).processes:
        return Ended.PROCESSES
    if use.descriptors() > _MAX_DESCRIPTORS:
        return Ended.FILES
    if use.cpu_seconds > 2 * limits.submission_seconds:
        return Ended.CPU
    return None


def _wants_use(channel: socket.socket) -> bool:
    """Whether the driver asks what is used; else it wants an end, or is gone."""
    try:
        received = receive(channel, messages.AskUse, messages.EndKernel)
    except (OSError, ValueError):
        return False
    return received is not None and isinstance(received[0], messages.AskUse)


def end_all(init: int, level: Level, slot: int) -> None:
    """Kill pid 1 of the namespace, and with it everything; without one, all our descendants.

    Those are stopped first, over and over until no new one appears: what is stopped cannot fork.
    """
    if level is Level.REDUCED:
        confine.end_user(slot)
    if level is not Level.FULL:
        while _end_descendants():
            pass
    _signal(init, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


def _end_descendants() -> bool:
    """Stop all there are, then kill them; say whether there were any."""
    stopped: set[int] = set()
    while new := set(processes_below(os.getpid())) - stopped - {os.getpid()}:
        for pid in new:
            _signal(pid, signal.SIGSTOP)
        stopped |= new
    for pid in stopped:
        _signal(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while stopped and os.waitpid(-1, os.WNOHANG)[0]:  # orphans come to the subreaper
            pass
    return bool(stopped)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
