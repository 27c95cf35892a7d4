"""The orchestrator's side of the judge: one process per batch, one session per submission."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.errors import JudgeError, KitError
from autograder.records import (
    Case,
    CaseVerdict,
    Flag,
    Outcome,
    Question,
    QuestionVerdict,
    question_verdict,
    same_outcome,
)
from autograder.wall.channel import receive, send
from autograder.wall.confine import Level
from autograder.wall.zygote import Zygote

_log = logging.getLogger("autograder.judge")


class Judge(Zygote):
    """A warm process that has imported everything; it forks for each session."""

    def __init__(self, level: Level, staff: Path, data: Path, memory_mb: int) -> None:
        arguments = [str(level), str(staff), str(data), str(memory_mb)]
        shown = [staff, data]
        super().__init__("autograder.judge.worker", arguments, level, shown)

    @contextmanager
    def session(self, seed: int, seconds: float) -> Iterator[Session]:
        """Judge one submission in a fork of its own."""
        session = Session(self.connect, seed, seconds)
        try:
            yield session
        finally:
            session.close()


class Session:
    """One submission before the judge. A fork that dies is replaced at the next question."""

    def __init__(self, connect: Callable[[], socket.socket], seed: int, seconds: float) -> None:
        self._connect = connect
        self._seed = seed
        self._seconds = seconds
        self._channel: socket.socket | None = None

    def close(self) -> None:
        """End the session; its process ends with it."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def ask(self, question: Question, folder: int, used: float = 0.0) -> QuestionVerdict:
        """Judge one question on the checkpoint in an open directory.

        `used` is what the student's processes used so far, in core-seconds.
        A fork that dies or does not answer leaves the question ungraded: that is never a zero.
        """
        try:
            reply = self._request(question, folder, used)
        except KitError as error:
            _log.warning("%s stays ungraded: %s", question.name, error)
            self.close()
            return same_outcome(question, Outcome.UNGRADED, str(error))
        if "refused" in reply:
            text = f"what the notebook handed over could not be read: {reply['refused']}"
            verdict = same_outcome(question, Outcome.FAILED, text, text)
            return QuestionVerdict(question, verdict.cases, verdict.earned, (text,))
        cases = tuple(
            _case_verdict(case, answer)
            for case, answer in zip(question.cases, reply["cases"], strict=True)
        )
        flags = tuple(Flag(name, evidence) for name, evidence in reply["flags"])
        verdict = question_verdict(question, cases, tuple(reply["notes"]))
        return replace(verdict, flags=flags, facts=reply["facts"])

    def _request(self, question: Question, folder: int, used: float) -> dict[str, Any]:
        request = {
            "question": question.name,
            "seed": self._seed,
            "seconds": self._seconds,
            "used": used,
        }
        try:
            if self._channel is None:
                self._channel = self._connect()
            self._channel.settimeout(self._seconds + 5)
            send(self._channel, request, folder)
            answer = receive(self._channel)
        except (OSError, ValueError) as error:
            raise JudgeError(f"the judge did not answer for {question.name} ({error})") from None
        if answer is None:
            raise JudgeError(
                f"the judge's process ended while it judged {question.name} "
                f"(limit: {self._seconds:g} s)"
            )
        if "failed" in answer[0]:
            raise JudgeError(f"the judge failed at {question.name}: {answer[0]['failed']}")
        return answer[0]


def _case_verdict(case: Case, answer: dict[str, Any]) -> CaseVerdict:
    """What a hidden case found is for staff; students see its hint."""
    outcome = Outcome(answer["outcome"])
    if outcome is Outcome.PASSED:
        return CaseVerdict(case, outcome)
    text, detail = answer["text"], answer.get("detail", "")
    shown = case.hint if case.hidden and not answer.get("open") else text
    return CaseVerdict(case, outcome, shown, "\n".join(filter(None, (text, detail))))
