"""Whose fault it is where the judge has no memory: a student's large value must not say "ours"."""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.errors import WireError
from autograder.judge import cases, worker
from autograder.wall.supplies import Supplies

GB = 1 << 30
BROKEN_DISK = OSError(errno.EIO, "the disk fails")


def limited(patch: pytest.MonkeyPatch, room: int | None) -> None:
    """Let the judge's limit leave so many bytes; None: there is no limit."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limit = resource.RLIM_INFINITY if room is None else used + room
    patch.setattr(cases.resource, "getrlimit", lambda _: (limit, limit))


def without_memory(*_: Any) -> None:
    raise OSError(errno.ENOMEM, "no memory")


def turned_into_another() -> Exception:
    try:
        raise MemoryError
    except MemoryError:
        try:
            raise WireError("weights that do not fit") from None
        except WireError as error:
            return error


@pytest.mark.parametrize("room", [100 << 20, 4 * GB])
@pytest.mark.parametrize(
    "error", [MemoryError(), OSError(errno.ENOMEM, "no memory"), turned_into_another()]
)
def test_a_value_too_large_for_the_limit_is_the_students(
    room: int, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, room)
    if room < cases._ROOM:  # the limit would refuse it
        monkeypatch.setattr(cases.mmap, "mmap", without_memory)
    cases.unless_ours(error)


def test_numpys_own_error_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, 4 * GB)
    with pytest.raises(MemoryError) as caught:
        np.empty(1 << 60, np.uint8)
    cases.unless_ours(caught.value)


@pytest.mark.parametrize("room", [None, 4 * GB])
def test_a_machine_without_memory_is_ours(
    room: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, room)
    monkeypatch.setattr(cases.mmap, "mmap", without_memory)
    with pytest.raises(OSError, match="the machine's fault"):
        cases.unless_ours(MemoryError())


def test_other_faults_of_the_machine_stay_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    limited(monkeypatch, 4 * GB)
    with pytest.raises(OSError, match="the machine's fault"):
        cases.unless_ours(BROKEN_DISK)
    cases.unless_ours(ValueError("wrong"))


@pytest.mark.parametrize("ends_by_itself", [True, False])
def test_a_fork_ends_with_its_session(ends_by_itself: bool) -> None:
    """Also one that computes on and on, and that no signal of its own would reach."""
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM, signal.SIGTERM])
        if not ends_by_itself:
            signal.pause()
        os._exit(0)
    with theirs:
        if not ends_by_itself:
            ours.close()
        worker._end_with(theirs, child)
    ours.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(child, os.WNOHANG)


def test_the_data_lie_beside_the_files_as_in_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "kept.npz"
    np.savez(data, x_train=np.arange(3))
    monkeypatch.setattr(worker.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.chdir(tmp_path)  # and back at the end
    worker._work_among(Supplies(data=str(data), data_file="mnist.npz"), {"a.txt": b"A"})
    assert Path("a.txt").read_text(encoding="utf-8") == "A"
    with np.load("mnist.npz") as arrays:
        assert arrays["x_train"].tolist() == [0, 1, 2]
