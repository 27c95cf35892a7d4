"""What counts of several verdicts, and whose fault it is where the judge is lost."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from autograder.judge import secret
from autograder.judge.client import Session
from autograder.records import Case, Flag, Outcome, Question
from autograder.wall.channel import close_all, receive, send
from autograder.wall.messages import CaseResult, Failed, Judgement, JudgeRequest, Refused

CASES = tuple(Case(f"q1 - {n}", f"case {n}", False, 1.0, "") for n in (1, 2))
QUESTION = Question("q1", False, CASES, ())
Reply = Judgement | Failed | Refused | None
"""What the judge answers; None: it ends."""


def reply(passed: int, state: str, *flags: str) -> Reply:
    outcomes = [Outcome.PASSED] * passed + [Outcome.FAILED] * (2 - passed)
    return Judgement(
        cases=tuple(CaseResult(outcome, "wrong") for outcome in outcomes),
        notes=(f"note of {state}",),
        flags=tuple(Flag(name, "seen") for name in flags),
        state={"judging": state},
    )


class Judges:
    """Judges that answer one after the other, each in a thread; they note what they are asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies, self.requests = list(replies), list[JudgeRequest]()

    def connect(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        Thread(target=self._serve, args=[theirs], daemon=True).start()
        return ours

    def _serve(self, channel: socket.socket) -> None:
        with channel:
            while (received := receive(channel, JudgeRequest)) is not None:
                request, descriptors = received
                close_all(descriptors)
                self.requests.append(request)
                answer = self.replies.pop(0)
                if answer is None:
                    return
                send(channel, answer)


Start = Callable[..., tuple[Session, Judges]]


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as stack:

        def begin(*replies: Reply, to_blame: frozenset[str] = frozenset()) -> Any:
            judges = Judges(*replies)
            terms = JudgeRequest("", 1, 5.0, 0.0, "s")
            session = Session(judges.connect, terms, to_blame)
            stack.callback(session.close)
            return session, judges

        yield begin


def ask(session: Session, tmp_path: Path, times: int) -> list[float | None]:
    folder = os.open(tmp_path, os.O_RDONLY)
    try:
        return [session.ask(QUESTION, [folder]).earned for _ in range(times)]
    finally:
        os.close(folder)


# Points of each verdict (None: the judge ends), and whose state the judge gets with the next one.
STATES: list[tuple[list[int | None], list[str]]] = [
    ([2, 1, 0], ["", "0", "0"]),
    ([1, 2, 0], ["", "0", "1"]),
    ([1, 1, 0], ["", "0", "1"]),
    ([0, None, 0], ["", "0", "0"]),
    ([None, 0, 0], ["", "", "1"]),
]


@pytest.mark.parametrize(("points", "states"), STATES)
def test_later_questions_rest_on_the_verdict_that_counts(
    points: list[int | None], states: list[str], start: Start, tmp_path: Path
) -> None:
    replies = [None if n is None else reply(n, str(i)) for i, n in enumerate(points)]
    session, judges = start(*replies)
    assert ask(session, tmp_path, 3) == points
    assert [request.state.get("judging", "") for request in judges.requests] == states
    assert session.verdicts["q1"].earned == max(n for n in points if n is not None)


def test_flags_of_a_worse_verdict_stay(start: Start, tmp_path: Path) -> None:
    session, _ = start(reply(1, "0", "too fast"), reply(2, "1"), reply(0, "2", "gap"))
    ask(session, tmp_path, 3)
    verdict = session.verdicts["q1"]
    assert [flag.name for flag in verdict.flags] == ["too fast", "gap"]
    assert verdict.notes == ("note of 0", "note of 1", "note of 2")


@pytest.mark.parametrize(
    ("answer", "to_blame", "earned", "lost"),
    [
        (None, set(), None, {"q1"}),
        (None, {"q1"}, 0.0, {"q1"}),
        (None, {"q2"}, None, {"q1"}),
        (Failed("no memory"), {"q1"}, None, set()),
        (Refused("no manifest"), set(), 0.0, set()),
    ],
)
def test_whose_fault_a_lost_judge_is(
    answer: Reply,
    to_blame: set[str],
    earned: float | None,
    lost: set[str],
    start: Start,
    tmp_path: Path,
) -> None:
    session, _ = start(answer, to_blame=frozenset(to_blame))
    assert ask(session, tmp_path, 1) == [earned]
    assert session.lost == lost
    blamed = "judged the solution's own value" in " ".join(session.verdicts["q1"].notes)
    assert blamed == (earned == 0.0 and answer is None)


# ---------------------------------------------------------------- the secret


def test_the_secret_is_made_once_and_for_its_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    key = secret.of_installation()
    assert len(key) == 64 and secret.of_installation() == key
    (file,) = (tmp_path / "autograder").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert secret.of_installation() != key


@pytest.mark.parametrize("damage", ["", "short", "é", "0" * 63 + "\n"])
def test_a_damaged_secret_is_made_anew(
    damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    secret.of_installation()
    (tmp_path / "autograder" / secret.FILE).write_text(damage, encoding="utf-8")
    assert len(secret.of_installation()) == 64
    assert secret.of_installation() == secret.of_installation()


def test_a_folder_that_cannot_be_written_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert len(secret.of_installation()) == 64
