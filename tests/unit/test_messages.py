"""Messages between processes: what was sent arrives, anything else is refused."""

from __future__ import annotations

import json
import os
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.records import (
    CellError,
    CellText,
    Flag,
    Limits,
    Outcome,
    Piece,
    Problem,
    Reading,
    Script,
)
from autograder.wall import messages
from autograder.wall.channel import MAX_MESSAGE, Message, close_all, decode, encode, receive, send
from autograder.wall.messages import CaseResult, Ended

LIMITS = Limits(
    cell_seconds=20,
    submission_seconds=60.5,
    memory_mb=2_000,
    disk_mb=512,
    cell_output_kb=1_000,
    judge_seconds=30.0,
)
KERNEL = messages.KernelRequest({"work.ipynb": "größe ☃", "tests/q1.py": ""}, 1, 61_000, LIMITS)
PIECES = (Piece("x = 1", 0, ("q1", "q2"), is_check=True), Piece("", 3))
CASES = (CaseResult(Outcome.FAILED, "wrong", "line 3", open=True), CaseResult(Outcome.PASSED))
FACTS = {"history": {"loss": [1.5, None]}, "test_accuracy": 0.98, "predictions": "0123"}
CUT = Problem("output cut", {"cell": 3, "kilobytes": 1_000})
SLOW = Problem("cell too slow", {"where": "q1 (cell 3)", "seconds": 20.5}, ask="again", ours=True)
ENDED = Problem("too many files", {"where": "q1"})
READING = Reading(
    Script(PIECES, ("q9",), (CUT,), ("a remark",)),
    (Flag("fast", "1 s"),),
    (CellText("code", "x = 1", "tagged"),),
    "{}",
    begun=True,
)
SAMPLES: list[Message] = [
    KERNEL,
    messages.KernelReady(""),
    messages.AskUse(),
    messages.Use(1.25, 300.0),
    messages.EndKernel(),
    *map(messages.KernelEnded, Ended),
    messages.DriverRequest(KERNEL, PIECES, ("q9",), {"q1": ("x", "y"), "q2": ()}),
    messages.DriverStarted(4_711),
    messages.Checkpoint("q1", 2.5),
    messages.Judged(),
    messages.Raised(3, CellError("KeyError", "'a'", 2, -1)),
    messages.GoOn("x = 1"),
    messages.GoOn(None),
    messages.Report((CUT, SLOW), ENDED, ("[]", "[1]"), 3.5, 200.0, killed=True),
    messages.Report(),
    messages.Failed("no memory"),
    messages.ReadFile((0, 3), "ab", 17),
    messages.WasRead(READING),
    messages.Unreadable(CUT),
    messages.JudgeRequest("q1", 7, 20.0, 1.5, "ab", {"judging": {"trained": ["x"]}}),
    messages.Judgement(CASES, ("a note",), (Flag("fast", "1 s"),), FACTS, 0.5, {"judging": {}}),
    messages.Refused("not JSON"),
]
KINDS = [k for k in vars(messages).values() if isinstance(k, type) and issubclass(k, Message)]


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    one, other = socket.socketpair()
    with one, other:
        yield one, other


def test_every_message_has_a_sample() -> None:
    assert {type(sample) for sample in SAMPLES} == {*KINDS} - {Message}


@pytest.mark.parametrize("sample", SAMPLES, ids=repr)
def test_what_was_sent_arrives(sample: Message) -> None:
    assert decode(encode(sample), *KINDS) == sample
    assert decode(encode(sample), type(sample)) == sample


def test_numbers_keep_their_kind() -> None:
    request = decode(encode(messages.JudgeRequest("q1", 7, 20, 0)), messages.JudgeRequest)
    assert [type(value) for value in (request.seed, request.seconds)] == [int, float]


def test_half_a_character_arrives_as_a_question_mark() -> None:
    assert decode(encode(messages.Refused("a\ud800b")), messages.Refused).why == "a?b"


REPORT = json.loads(encode(messages.Report((CUT,), None, ("[]",), 1.0, 2.0)))[1]
PROBLEM = REPORT["problems"][0]
JUDGEMENT = json.loads(encode(SAMPLES[-2]))[1]
CASE = JUDGEMENT["cases"][0]
DEEP = "[" * 200_000


def report(**fields: Any) -> list[Any]:
    return ["Report", REPORT | fields]


def judgement(**fields: Any) -> list[Any]:
    return ["Judgement", JUDGEMENT | fields]


def case(**fields: Any) -> list[Any]:
    return judgement(cases=[CASE | fields])


TAMPERED = {
    "no kind": REPORT,
    "a text": "Report",
    "null": None,
    "a kind alone": ["Report"],
    "something after it": [*report(), 1],
    "a kind nobody knows": ["System", {}],
    "a kind not expected here": ["KernelEnded", {"how": "exit"}],
    "a kind that is no name": [["Report"], REPORT],
    "a base": ["Message", {}],
    "no fields": ["Report", {}],
    "fields as a list": ["Report", list(REPORT.values())],
    "one field more": report(score=24),
    "one field less": ["Report", {k: v for k, v in REPORT.items() if k != "killed"}],
    "a method": report(__class__="x"),
    "text for a tuple": report(outputs="abc"),
    "an object for a tuple": report(outputs={"0": "a"}),
    "a number among texts": report(outputs=["a", 1]),
    "a list for a text": ["Failed", {"why": ["b"]}],
    "null for a text": ["Failed", {"why": None}],
    "half a character": ["Failed", {"why": "\ud800"}],
    "a text for a problem": report(problems=["cell 3: cut"]),
    "a problem with points": report(problems=[PROBLEM | {"points": 5}]),
    "a problem with a list in it": report(problems=[PROBLEM | {"found": {"cell": [3]}}]),
    "a problem with a truth in it": report(ended=PROBLEM | {"found": {"cell": True}}),
    "a problem with no finite number": report(ended=PROBLEM | {"found": {"cell": float("nan")}}),
    "half a character in a problem": report(ended=PROBLEM | {"found": {"where": "\udc00"}}),
    "half a character in a tuple": report(outputs=["\udfff"]),
    "text for a number": report(core_seconds="1.0"),
    "true for a number": report(core_seconds=True),
    "not a number": report(core_seconds=float("nan")),
    "no finite number": report(memory_mb=float("inf")),
    "a number beyond any float": report(memory_mb=10**400),
    "a number for a truth": report(killed=1),
    "a pid that is no whole number": ["DriverStarted", {"pid": 1.0}],
    "a pid that is true": ["DriverStarted", {"pid": True}],
    "an outcome nobody knows": case(outcome="excellent"),
    "an outcome that is no text": case(outcome=["passed"]),
    "a case with points": case(points=5),
    "a case without an outcome": judgement(cases=[{"text": "", "detail": "", "open": False}]),
    "a case as a text": judgement(cases=["passed"]),
    "a flag as a pair": judgement(flags=[["fast", "1 s"]]),
    "facts as a list": judgement(facts=[1]),
    "half a character deep in the facts": judgement(facts={"a": [{"b": "\ud800"}]}),
    "half a character in a fact's name": judgement(facts={"\ud800": 1}),
}
EXPECTED = (messages.Report, messages.Judgement, messages.DriverStarted, messages.Failed)


@pytest.mark.parametrize("name", TAMPERED)
def test_what_is_not_exactly_such_a_record_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        decode(json.dumps(TAMPERED[name]).encode(), *EXPECTED)


def test_the_untampered_ones_are_not_refused() -> None:
    for sample in (report(), report(ended=PROBLEM), judgement(), case(), ["Failed", {"why": "b"}]):
        assert isinstance(decode(json.dumps(sample).encode(), *EXPECTED), EXPECTED)


BYTES = [b"", b"{", b"\xff\xfe", DEEP.encode(), b'["Report", ' + DEEP.encode(), b"9" * 5_000]


@pytest.mark.parametrize("body", BYTES, ids=range(len(BYTES)))
def test_bytes_that_are_no_message(body: bytes) -> None:
    with pytest.raises(ValueError):
        decode(body, *EXPECTED)


def test_a_refused_message_leaves_no_descriptor(ends: tuple[socket.socket, socket.socket]) -> None:
    before = set(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        send(ends[0], messages.AskUse(), ends[0].fileno())
        with pytest.raises(ValueError, match="AskUse"):
            receive(ends[1], messages.EndKernel)
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_a_descriptor_arrives_with_its_message(ends: tuple[socket.socket, socket.socket]) -> None:
    send(ends[0], messages.Judged(), ends[0].fileno())
    send(ends[0], messages.Judged())
    with_one, without = receive(ends[1], messages.Judged), receive(ends[1], messages.Judged)
    assert with_one is not None and without == (messages.Judged(), [])
    assert os.fstat(with_one[1][0]).st_ino == os.fstat(ends[0].fileno()).st_ino
    close_all(with_one[1])


@pytest.mark.parametrize(
    "sent", [b"\0\0", struct.pack("!I", 10) + b"[1]", struct.pack("!I", MAX_MESSAGE + 1)]
)
def test_a_message_that_is_cut_or_too_long(
    sent: bytes, ends: tuple[socket.socket, socket.socket]
) -> None:
    ends[0].sendall(sent)
    ends[0].shutdown(socket.SHUT_WR)
    with pytest.raises(ConnectionError):
        receive(ends[1], messages.Judged)


def test_the_other_side_closed(ends: tuple[socket.socket, socket.socket]) -> None:
    ends[0].close()
    assert receive(ends[1], messages.Judged) is None
