"""The orchestrator's side of the judge: one process per batch, one session per submission."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from autograder.errors import JudgeError, JudgeLostError, KitError, machines_fault
from autograder.judge import secret
from autograder.judge.ranking import better, outranks
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
from autograder.wall.supplies import Supplies, as_argument
from autograder.wall.zygote import Zygote

_log = logging.getLogger("autograder.judge")

_TWICE = (
    "So it was twice, and in between the judge judged the solution's own value in time: "
    "this value cannot be judged. Is the network much larger than the one asked for?"
)


class Judge(Zygote):
    """A warm process that has imported everything; it forks for each session."""

    def __init__(
        self, level: Level, staff: Path, supplies: Supplies, memory_mb: int, numpy: str = "both"
    ) -> None:
        """`numpy` is a way in which NumPy prints, of `printing`."""
        arguments = [str(level), str(staff), as_argument(supplies), str(memory_mb)]
        shown = [staff, *supplies.shown]
        super().__init__("autograder.judge.worker", arguments, level, shown)
        self._numpy = numpy
        self._secret = secret.of_installation()

    @contextmanager
    def session(
        self,
        seed: int,
        seconds: float,
        to_blame: frozenset[str] = frozenset(),
    ) -> Iterator[Session]:
        """Judge one submission in a fork of its own.

        `to_blame` names questions at which the submission lost the judge before, and which the
        judge can judge: where that happens again, the submission fails them.
        """
        terms = JudgeRequest("", seed, seconds, 0.0, self._secret, numpy=self._numpy)
        session = Session(self.connect, terms, to_blame)
        try:
            yield session
        finally:
            session.close()


class Session:
    """One submission before the judge. A fork that dies is replaced at the next question.

    What the judge has learned from the verdicts that count is kept here, and goes with each
    request: a worse verdict changes nothing for later questions, nor does a fork that dies.
    """

    def __init__(
        self,
        connect: Callable[[], socket.socket],
        terms: JudgeRequest,
        to_blame: frozenset[str] = frozenset(),
    ) -> None:
        self._connect = connect
        self._terms = terms
        """What every request has in common."""
        self._to_blame = to_blame
        self._channel: socket.socket | None = None
        self._state: Mapping[str, object] = {}
        self.verdicts: dict[str, QuestionVerdict] = {}
        """The verdict that counts, by question."""
        self.lost: set[str] = set()
        """Questions at which the judge ended, or did not answer in time."""
        self.relied_on: dict[tuple[str, str], frozenset[str]] = {}
        """What answered about the data of cases, by question and case: see `CaseResult`."""
        self.left_behind: dict[tuple[str, str], None] = {}
        """Questions, and the types of values that their tests could not look at."""
        self.handed_over: set[str] = set()
        """Questions at which a hidden case gave data of its own to the student's code."""

    def close(self) -> None:
        """End the session; its process ends with it."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def ask(
        self,
        question: Question,
        descriptors: Sequence[int],
        used: float = 0.0,
        sources: Mapping[str, str] | None = None,
    ) -> QuestionVerdict:
        """Judge one question on the checkpoint in an open directory, with the session's socket.

        `used` is what the student's processes used so far, in core-seconds; `sources` what the
        notebook has defined by then, text by name.
        A fork that dies or does not answer leaves the question ungraded: that is never a zero, but
        where the question is one `to_blame` the submission for.
        """
        state = self._state
        try:
            terms = replace(self._terms, used=used, sources=sources or {})
            reply = self._reply(question, descriptors, terms)
            if isinstance(reply, Judgement):
                self._note_relied(question, reply)
                state = reply.state
                self.handed_over |= {question.name} if reply.handed_over else set()
                self.left_behind |= {(question.name, kind): None for kind in reply.left_behind}
            verdict = _verdict(question, reply)
        except KitError as error:
            self.close()
            verdict = self._without_judge(question, error)
        before = self.verdicts.get(question.name)
        self._state = state if outranks(verdict, before) else self._state
        self.verdicts[question.name] = better(before, verdict)
        return verdict

    def _note_relied(self, question: Question, reply: Judgement) -> None:
        for case, result in zip(question.cases, reply.cases, strict=True):
            if result.relies_on:
                key = question.name, case.name
                self.relied_on[key] = self.relied_on.get(key, frozenset()).union(result.relies_on)

    def _without_judge(self, question: Question, error: KitError) -> QuestionVerdict:
        """The verdict where the judge gave none: our fault, or the submission's own."""
        if isinstance(error, JudgeLostError):
            self.lost.add(question.name)
            if question.name in self._to_blame:
                return _failed(question, f"{error}. {_TWICE}")
        _log.warning("%s stays ungraded: %s", question.name, error)
        return same_outcome(question, Outcome.UNGRADED, str(error))

    def _reply(
        self, question: Question, descriptors: Sequence[int], terms: JudgeRequest
    ) -> Judgement | Refused:
        """Ask the fork. Raises KitError where it fails, ends, or answers for other cases."""
        request = replace(terms, question=question.name, state=self._state)
        try:
            if self._channel is None:
                self._channel = self._connect()
            self._channel.settimeout(request.seconds + 5)
            send(self._channel, request, *descriptors)
            received = receive(self._channel, Judgement, Refused, Failed)
        except (OSError, ValueError) as error:
            kind = JudgeError if machines_fault(error) else JudgeLostError
            raise kind(f"the judge did not answer for {question.name} ({error})") from None
        match received and received[0]:
            case Refused() as refused:
                return refused
            case Judgement() as judgement if len(judgement.cases) == len(question.cases):
                return judgement
            case Failed(why):
                raise JudgeError(f"the judge failed at {question.name}: {why}")
            case Judgement():
                raise JudgeError(f"the judge failed at {question.name}: it ran other cases")
        raise JudgeLostError(
            f"the judge's process ended while it judged {question.name} "
            f"(limit: {request.seconds:g} s)"
        )


def _verdict(question: Question, reply: Judgement | Refused) -> QuestionVerdict:
    """The verdict that a reply tells of."""
    if isinstance(reply, Refused):
        return _failed(question, f"what the notebook handed over could not be read: {reply.why}")
    cases = tuple(map(_case_verdict, question.cases, reply.cases))
    verdict = question_verdict(question, cases, reply.notes)
    return replace(verdict, flags=reply.flags, facts=reply.facts)


def _failed(question: Question, text: str) -> QuestionVerdict:
    """All cases fail, with a note that says why."""
    return replace(same_outcome(question, Outcome.FAILED, text, text), notes=(text,))


def _case_verdict(case: Case, result: CaseResult) -> CaseVerdict:
    """What a hidden case found is for staff; students see its hint, or what it says on success."""
    if result.outcome is Outcome.PASSED:
        return CaseVerdict(case, result.outcome, case.success)
    shown = case.hint if case.hidden and not result.open else result.text
    detail = "\n".join(filter(None, (result.text, result.detail)))
    return CaseVerdict(case, result.outcome, shown, detail)
