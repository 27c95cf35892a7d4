"""Answers of a student's process that hostile code has taken over."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest

from autograder.judge import remote
from autograder.judge.remote import Connection, RemoteEnded, RemoteError, RemoteLate
from autograder.judge.session import Session
from autograder.judge.wire import RemoteClaim
from autograder.wall import exchange

FUNCTION = RemoteClaim(0, "function", "function", "f", "", "(x)")
NONE = {"t": "none"}
Answers = Callable[..., Any]


def framed(head: object, *blobs: bytes) -> bytes:
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return struct.pack("!I", len(text)) + text + b"".join(blobs)


def said(number: int = 1, /, **parts: Any) -> bytes:
    return framed({"id": number, "printed": "", "blobs": [], "value": NONE, **parts})


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    """A function whose calls are answered by these bytes, whatever was asked."""
    monkeypatch.setattr(remote, "CALL_SECONDS", 0.2)
    monkeypatch.setattr(remote, "GRACE_SECONDS", 0.2)
    ours, theirs = socket.socketpair()
    threads: list[Thread] = []

    def start(*replies: bytes) -> Any:
        def serve() -> None:
            for reply in replies:
                if not theirs.recv(1 << 20):
                    return
                with suppress(BrokenPipeError):  # the other side has had enough
                    theirs.sendall(reply)

        threads.append(Thread(target=serve, daemon=True))
        threads[-1].start()
        start.session = Session(Connection(ours, 30.0), [])
        return start.session.stub(FUNCTION)

    with theirs, ours:
        yield start
        ours.close()
        for thread in threads:
            thread.join(5)


REMOTE = {"t": "remote", "kind": "object", "type": "Thing", "id": 7}
A_CLASS = {**REMOTE, "kind": "class", "name": "C"}
RAISED = {"names": ["ValueError"], "text": "no", "args": []}
STATE = [["00", None], None]
LIES: dict[str, bytes] = {
    "another number": said(2),
    "no number": framed({"blobs": [], "value": NONE}),
    "a number of another type": said(True),
    "not JSON": framed(b"{"),
    "not UTF-8": framed(b'{"id": 1, "blobs": [], "printed": "\xff"}'),
    "not a number": framed(b'{"id": 1, "blobs": [], "value": NaN}'),
    "nested without end": framed(b"[" * 100_000),
    "a list": framed([1]),
    "too long": struct.pack("!I", remote.MAX_HEAD_BYTES + 1),
    "no blobs": framed({"id": 1, "value": NONE}),
    "blobs of no size": said(blobs=[-1]),
    "blobs of another type": said(blobs=[True]),
    "huge blobs": said(blobs=[1 << 60]),
    "many blobs": said(blobs=[0] * (remote.MAX_BLOBS + 1)),
    "no value": framed({"id": 1, "blobs": []}),
    "a node of no kind": said(value={"t": "code"}),
    "an array that did not come": said(
        value={"t": "array", "dtype": "float64", "shape": [2], "file": "0.bin"}
    ),
    "printed a number": said(printed=3),
    "printed too much": said(printed="x" * (remote.MAX_PRINTED + 1)),
    "changed what it never got": said(changed=[[5, NONE]]),
    "changed by another type": said(changed=[[True, NONE]]),
    "changed what is no pair": said(changed=[3]),
    "changed more than it got": said(changed=[[1, NONE]] * 3),
    "returned what it never got": said(returned=5),
    "raised nothing": said(raised=3),
    "raised without a class": said(raised={**RAISED, "names": []}),
    "raised by another type": said(raised={**RAISED, "names": [3]}),
    "raised without a text": said(raised={**RAISED, "text": None}),
    "raised without arguments": said(raised={**RAISED, "args": None}),
    "random numbers of no state": said(random=STATE),
    "random numbers of another type": said(random=3),
    "numpy's state beyond its end": said(
        random=[exchange.packed(exchange.random_state())[0], ["00" * 2496, 700, 0, "0x0p0"]]
    ),
    "a function of no kind": said(value={**REMOTE, "kind": "module"}),
    "a number that is no number": said(value={**REMOTE, "id": -1}),
    "a number of something else": said(value={**REMOTE, "id": 0}),
    "an object of no class": said(value={**REMOTE, "class": 0}),
    "a class below a function": said(value={**A_CLASS, "bases": [0]}),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_ends_the_session(answers: Answers, name: str) -> None:
    function = answers(LIES[name], said(2))
    with pytest.raises(RemoteEnded, match="cannot be used any more"):
        function(3)
    with pytest.raises(RemoteEnded, match="cannot be used any more"):
        function(3)


def test_the_truth_does_not(answers: Answers) -> None:
    function = answers(said(), said(2), said(3, value={**REMOTE, "abilities": ["__call__"]}))
    assert (function(3), function(3)) == (None, None)
    thing = function(3)
    assert type(thing).__name__ == "Thing" and callable(thing)


def test_silence_ends_the_session(answers: Answers) -> None:
    function = answers(b"")
    with pytest.raises(RemoteLate, match="did not answer"):
        function(3)
    with pytest.raises(RemoteEnded):
        function(3)


def test_a_second_answer_counts_for_nothing(answers: Answers) -> None:
    function = answers(said() + said(), said(2))
    function(3)
    with pytest.raises(RemoteEnded, match="nobody had asked"):
        function(3)


def test_a_blob_that_grows_while_it_is_read(answers: Answers) -> None:
    node = {"t": "array", "dtype": "uint8", "shape": [2], "file": "0.bin"}
    function = answers(framed({"id": 1, "blobs": [2], "value": node}, b"ab" + said(2)), said(2))
    assert function(3).tolist() == [97, 98]
    with pytest.raises(RemoteEnded):
        assert function(3) == function(3)


def test_classes_without_end(answers: Answers) -> None:
    """A class whose base has a base, and so on, is refused after a while."""
    below = [said(n, value={**A_CLASS, "id": n, "bases": [n + 1]}) for n in range(1, 40)]
    function = answers(*below)
    with pytest.raises(RemoteError):
        function(3)


def test_exceptions_are_never_ours(answers: Answers) -> None:
    names = ["RemoteLate", "SystemExit", "KeyboardInterrupt", "BaseException"]
    function = answers(said(raised={**RAISED, "names": names}))
    with pytest.raises(Exception, match="no") as caught:
        function(3)
    assert not isinstance(caught.value, RemoteError) and type(caught.value).__name__ == names[0]


@pytest.mark.parametrize("name", ["__class__", "a b", "é" * 200, "\ud800", "a.b", "", "if"])
def test_names_are_names(answers: Answers, name: str) -> None:
    function = answers(said(value={**REMOTE, "kind": "function", "name": name}))
    try:
        made = function(3)
    except RemoteEnded:
        return
    assert made.__name__.isidentifier()


def test_calls_are_counted(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_CALLS", 1)
    function = answers(said())
    function(3)
    with pytest.raises(RemoteLate, match="may make 1 calls"):
        function(3)


def test_the_judges_time_is_the_students_too() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(RemoteLate, match="time for this question"):
        Session(Connection(ours, 0.0), []).stub(FUNCTION)(3)


def test_without_a_connection_nothing_is_asked() -> None:
    with pytest.raises(RemoteEnded, match="not there"):
        Session(Connection(None, 30.0), []).stub(FUNCTION)(3)
