"""The orchestrator's side of the judge: one process per batch, one session per submission."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from autograder.errors import JudgeError, KitError
from autograder.records import (
    Case,
    CaseVerdict,
    Outcome,
    Question,
    QuestionVerdict,
    question_verdict,
    same_outcome,
)
from autograder.wall.channel import receive, send
from autograder.wall.confine import Level
from autograder.wall.messages import CaseResult, Failed, Judgement, JudgeRequest, Refused
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
            reply = self._reply(question, folder, used)
        except KitError as error:
            _log.warning("%s stays ungraded: %s", question.name, error)
            self.close()
            return same_outcome(question, Outcome.UNGRADED, str(error))
        if isinstance(reply, Refused):
            text = f"what the notebook handed over could not be read: {reply.why}"
            verdict = same_outcome(question, Outcome.FAILED, text, text)
            return QuestionVerdict(question, verdict.cases, verdict.earned, (text,))
        cases = tuple(map(_case_verdict, question.cases, reply.cases))
        verdict = question_verdict(question, cases, reply.notes)
        return replace(verdict, flags=reply.flags, facts=reply.facts)

    def _reply(self, question: Question, folder: int, used: float) -> Judgement | Refused:
        """Ask the fork. Raises KitError where it fails, ends, or answers for other cases."""
        request = JudgeRequest(question.name, self._seed, self._seconds, used)
        try:
            if self._channel is None:
                self._channel = self._connect()
            self._channel.settimeout(self._seconds + 5)
            send(self._channel, request, folder)
            received = receive(self._channel, Judgement, Refused, Failed)
        except (OSError, ValueError) as error:
            raise JudgeError(f"the judge did not answer for {question.name} ({error})") from None
        match received and received[0]:
            case Refused() as refused:
                return refused
            case Judgement() as judgement if len(judgement.cases) == len(question.cases):
                return judgement
            case Failed(why):
                raise JudgeError(f"the judge failed at {question.name}: {why}")
            case Judgement():
                raise JudgeError(f"the judge failed at {question.name}: it ran other cases")
        raise JudgeError(
            f"the judge's process ended while it judged {question.name} "
            f"(limit: {self._seconds:g} s)"
        )


def _case_verdict(case: Case, result: CaseResult) -> CaseVerdict:
    """What a hidden case found is for staff; students see its hint."""
    if result.outcome is Outcome.PASSED:
        return CaseVerdict(case, result.outcome)
    shown = case.hint if case.hidden and not result.open else result.text
    detail = "\n".join(filter(None, (result.text, result.detail)))
    return CaseVerdict(case, result.outcome, shown, detail)
