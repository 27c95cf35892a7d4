"""What a driver says is hostile: hostile code may have taken it over through its kernel."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.records import Limits
from autograder.sandbox import client
from autograder.wall.channel import Message, close_all, receive, send
from autograder.wall.messages import (
    Checkpoint,
    DriverRequest,
    DriverStarted,
    Failed,
    Judged,
    KernelRequest,
    Report,
)

LIMITS = Limits(20.0, 60.0, 2_000, 512, 1_000, 30.0)
REQUEST = DriverRequest(KernelRequest({}, 0, 0, LIMITS), (), (), {"q1": ("x",)})
REPORT = Report(core_seconds=1.0)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.settimeout(0.2)
    with ours, theirs:
        yield ours, theirs


def follow(ends: tuple[socket.socket, socket.socket], *said: Message) -> tuple[object, list[str]]:
    """Have a driver say something, each time with a descriptor; return the report and the asked."""
    asked: list[str] = []
    for message in said:
        send(ends[1], message, ends[1].fileno())
    report = client._follow(
        ends[0], ends[1], REQUEST, lambda name, *_: asked.append(name), lambda *_: None
    )
    return report, asked


def test_checkpoints_are_judged_until_the_report(ends: tuple[socket.socket, socket.socket]) -> None:
    said = DriverStarted(os.getpid()), Checkpoint("q1", 0.5), Checkpoint("q1", 0.6), REPORT
    assert follow(ends, *said) == (REPORT, ["q1", "q1"])
    heard = [receive(ends[1], DriverRequest, Judged) for _ in range(3)]
    assert [type(received[0]) for received in heard if received] == [DriverRequest, Judged, Judged]
    close_all(heard[0][1] if heard[0] else [])


REFUSED: dict[str, tuple[Message, type[Exception]]] = {
    "a question nobody asks": (Checkpoint("q9", 0.5), ValueError),
    "a word of ours": (Judged(), ValueError),
    "another's word": (REQUEST, ValueError),
    "its own failure": (Failed("no memory"), KitError),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_else_it_says_ends_it(name: str, ends: tuple[socket.socket, socket.socket]) -> None:
    message, error = REFUSED[name]
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(error):
        follow(ends, message)
    assert len(set(Path("/proc/self/fd").iterdir())) == len(before), "a descriptor stays open"


def test_one_that_ends_without_a_report(ends: tuple[socket.socket, socket.socket]) -> None:
    ends[1].shutdown(socket.SHUT_WR)
    assert follow(ends) == (None, [])


@pytest.mark.parametrize("pid", [0, 1, -1, -4_711, 10**30])
def test_a_pid_that_is_no_drivers_kills_nobody(
    pid: int, ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []

    def kill(pid: int, number: int) -> None:
        killed.append(pid.to_bytes(4, signed=True)[0] and pid)  # OverflowError, as the real one

    monkeypatch.setattr(os, "kill", kill)
    with pytest.raises(TimeoutError):
        follow(ends, DriverStarted(pid))
    assert not killed


def test_one_that_hangs_is_ended(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []
    monkeypatch.setattr(os, "kill", lambda pid, _: killed.append(pid))
    with pytest.raises(TimeoutError):
        follow(ends, DriverStarted(4_711))
    assert killed == [4_711]
