"""A warm process that dies, hangs, cannot fork or cannot start; here one that only echoes."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from autograder.errors import KitError
from autograder.wall import zygote
from autograder.wall.confine import Level
from autograder.wall.zygote import Zygote, scratch_prefix, sweep

ECHO = """
import os, signal, sys
from autograder.wall import zygote

def session(channel):
    word = channel.recv(5)
    if word == b"crash":
        raise ValueError("crashed")
    channel.sendall(word)

if sys.argv[2] == "no memory once":
    fork, calls = os.fork, []
    def failing():
        calls.append(1)
        if len(calls) == 1:
            raise OSError(12, "Cannot allocate memory")
        return fork()
    os.fork = failing
zygote.serve(int(sys.argv[1]), session)
"""


class Echo(Zygote):
    def __init__(self, how: str = "") -> None:
        super().__init__("echo", [how], Level.NONE, [])

    def _command(self, control: int, folder: Path) -> list[str]:
        return [sys.executable, "-c", ECHO, str(control), *self._arguments]

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Wait less, look for what is left in a folder of its own, and find nothing there."""
    monkeypatch.setattr(zygote, "ANSWER_SECONDS", 3.0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = len(list(Path("/proc/self/fd").iterdir()))
    yield
    assert list(tmp_path.glob("autograder-*")) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def says(one: Zygote, word: bytes = b"hello") -> bytes:
    with one.connect() as channel:
        channel.sendall(word)
        return channel.recv(5)


def test_a_fork_answers_and_one_that_crashes_leaves_the_others(tmp_path: Path) -> None:
    with Echo() as one:
        one.wait_until_ready()
        assert says(one) == b"hello"
        assert says(one, b"crash") == b""
        assert says(one) == b"hello"
        deadline = time.monotonic() + 10
        while "crashed" not in one.last_words() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert one.last_words() == "ValueError: crashed"


ENDS: dict[str, Callable[[int], None]] = {
    "dies": lambda pid: os.kill(pid, signal.SIGKILL),
    "hangs": lambda pid: os.kill(pid, signal.SIGSTOP),
}


@pytest.mark.parametrize("how", ENDS)
def test_one_that_ends_is_started_anew(how: str) -> None:
    with Echo() as one:
        one.wait_until_ready()
        first = one.pid
        one.revive()
        assert one.pid == first, "it answers: nothing to do"
        ENDS[how](first)
        with pytest.raises(KitError, match="echo failed"):
            says(one)
        one.revive()
        assert one.pid != first
        assert says(one) == b"hello"
        assert not psutil.pid_exists(first)


def test_where_there_is_no_memory_for_a_fork_the_next_one_comes() -> None:
    with Echo("no memory once") as one:
        one.wait_until_ready()
        first = one.pid
        with pytest.raises(KitError, match=r"no fork: .*memory"):
            says(one)
        assert says(one) == b"hello"
        assert one.pid == first


def test_a_descriptor_that_does_not_arrive_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with Echo() as one:
        one.wait_until_ready()
        with monkeypatch.context() as patch:
            patch.setattr(socket, "send_fds", lambda control, parts, _: control.sendall(parts[0]))
            with pytest.raises(KitError, match="did not fork"):
                says(one)
        assert says(one) == b"hello"


STARTING: list[tuple[object, str]] = [
    (tempfile, "mkdtemp"),
    (tempfile, "TemporaryFile"),
    (socket, "socketpair"),
    (subprocess, "Popen"),
]


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("owner", "name"), STARTING, ids=[name for _, name in STARTING])
def test_a_start_that_fails_leaves_nothing(
    owner: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, full)
    with pytest.raises(OSError, match="No space left"), Echo():
        pass


@pytest.mark.parametrize(("owner", "name"), STARTING, ids=[name for _, name in STARTING])
def test_a_revival_that_fails_can_be_tried_again(
    owner: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Echo() as one:
        one.wait_until_ready()
        os.kill(one.pid, signal.SIGKILL)
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, full)
            for _ in range(2):
                with pytest.raises(OSError, match="No space left"):
                    one.revive()
        with pytest.raises(KitError):
            says(one)
        one.revive()
        assert says(one) == b"hello"


def test_many_threads_revive_it_once() -> None:
    with Echo() as one:
        one.wait_until_ready()
        os.kill(one.pid, signal.SIGKILL)
        threads = [threading.Thread(target=one.revive) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        children = psutil.Process().children()
        assert [child.pid for child in children if child.pid == one.pid] == [one.pid]
        assert says(one) == b"hello"


def test_it_can_be_ended_while_it_is_revived(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt does not wait for a warm process that takes its time, and leaves none."""
    with Echo() as one:
        one.wait_until_ready()
        os.kill(one.pid, signal.SIGKILL)
        sleeps = [sys.executable, "-c", "import time; time.sleep(60)"]
        monkeypatch.setattr(Echo, "_command", lambda *_: sleeps)
        said: list[str] = []

        def revive() -> None:
            try:
                one.revive()
            except KitError as error:
                said.append(str(error))

        thread = threading.Thread(target=revive)
        first = one.pid
        thread.start()
        while one.pid == first:
            time.sleep(0.01)
        started = time.monotonic()
    thread.join(10)
    assert "did not start" in said[0]
    assert time.monotonic() - started < 30, "far from the sixty seconds of the start"
    assert not psutil.pid_exists(one.pid)


def test_what_killed_graders_left_is_swept_away(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, alive = tmp_path / f"autograder-{dead.pid}-x", tmp_path / f"{scratch_prefix()}x"
    other = tmp_path / "autograder-build-x"
    for folder in (left, alive, other):
        (folder / "inner").mkdir(parents=True)
    sweep()
    assert sorted(tmp_path.iterdir()) == sorted([alive, other])
    for folder in (alive, other):
        (folder / "inner").rmdir()
        folder.rmdir()
