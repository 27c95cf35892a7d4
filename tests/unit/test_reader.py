"""The reader: the same records as without it, and whatever a file does to it is that file's row."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from autograder.course.config import Assignment
from autograder.errors import KitError, SubmissionError
from autograder.grading.basis import of_ours
from autograder.notebook.handout import Handout, handout
from autograder.notebook.triage import reading
from autograder.reader import worker
from autograder.reader.client import Reader
from autograder.wall import watched
from autograder.wall.confine import Level
from tests.broken.bombs import yaml_aliases
from tests.broken.damage import good, percent_script, to_bytes
from tests.conftest import notebook_of


@pytest.fixture(scope="module")
def course(tiny: Assignment) -> Handout:
    names = [question.name for question in tiny.questions]
    return handout(notebook_of(tiny, solved=False), notebook_of(tiny, solved=True), names)


@pytest.fixture
def reader(tiny: Assignment, best_level: Level) -> Iterator[Reader]:
    reference, solution = (folder / tiny.notebook_name for folder in (tiny.student, tiny.staff))
    names = [question.name for question in tiny.questions]
    with Reader(best_level, reference, solution, names) as warm:
        warm.wait_until_ready()
        yield warm


def test_it_gives_the_same_records(reader: Reader, course: Handout, tiny: Assignment) -> None:
    contents = [
        to_bytes(good(tiny)),
        to_bytes(percent_script(good(tiny))),
        yaml_aliases(),
        b"{",
        b"",
    ]
    for content in contents:
        try:
            expected: object = reading(content, course)
        except SubmissionError as error:
            expected = error.problem
        try:
            assert reader.read(of_ours("a", content)) == expected
        except SubmissionError as error:
            assert error.problem == expected


class Forked(Reader):
    """A reader whose forks are this process'."""

    def __init__(self, session: Callable[[socket.socket], None]) -> None:
        self._session = session

    def connect(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self.child = os.fork()
        if self.child == 0:
            ours.close()
            try:
                self._session(theirs)
            finally:
                os._exit(0)
        theirs.close()
        return ours

    def last_words(self) -> str:
        return "its last words"


def too_large(*_: Any) -> Any:
    return [bytes(64 << 20) for _ in range(200)]


def endless(*_: Any) -> Any:
    while True:
        pass


def asleep(*_: Any) -> Any:
    threading.Event().wait()


def crashes(*_: Any) -> Any:
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def killed(*_: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def fails(*_: Any) -> Any:
    raise OSError(28, "no space left on device")


def falls(*_: Any) -> Any:
    raise KeyError("ours")


ENDS: dict[str, tuple[Callable[..., Any], type[Exception], str]] = {
    "it takes the memory": (too_large, SubmissionError, "more than 256 MB to read. Ask for"),
    "it takes the processor": (endless, SubmissionError, "more than 1 s to read. Ask for"),
    "it takes the time": (asleep, SubmissionError, "more than 1 s to read. Ask for"),
    "it crashes": (crashes, SubmissionError, "ended with SIGSEGV"),
    "the machine kills it": (killed, KitError, "its last words"),
    "the machine fails": (fails, KitError, "no space left"),
    "we fail": (falls, KitError, "the reader failed"),
}


@pytest.mark.parametrize("name", ENDS)
def test_how_it_ends(name: str, course: Handout, monkeypatch: pytest.MonkeyPatch) -> None:
    provoked, error, reason = ENDS[name]
    monkeypatch.setattr(worker, "reading", provoked)
    monkeypatch.setattr(watched, "SECONDS", 1)
    monkeypatch.setattr(watched, "MEMORY_MB", 256)
    forked = Forked(lambda channel: worker._session(channel, Level.NONE, course))
    with pytest.raises(error, match=reason):
        forked.read(of_ours("a", b"{}"))
    os.waitpid(forked.child, 0)


def test_a_full_machine_is_not_the_submissions_fault(
    course: Handout, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        available = 0

    monkeypatch.setattr(worker, "reading", too_large)
    monkeypatch.setattr(watched, "MEMORY_MB", 256)
    monkeypatch.setattr(worker.psutil, "virtual_memory", Full)
    forked = Forked(lambda channel: worker._session(channel, Level.NONE, course))
    with pytest.raises(KitError, match="MemoryError"):
        forked.read(of_ours("a", b"{}"))
    os.waitpid(forked.child, 0)


def test_what_is_read_is_confined(
    course: Handout, best_level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser that is taken over reaches neither files nor the network."""
    if best_level is Level.NONE:
        pytest.skip("nothing can be confined here")

    def taken_over(*_: Any) -> Any:
        reached = []
        for name, act in {
            "a file": lambda: open(__file__).close(),  # noqa: PTH123
            "the network": lambda: socket.socket(socket.AF_INET).close(),
            "the disk": lambda: open("/sandbox-escape", "w").close(),  # noqa: PTH123
        }.items():
            try:
                act()
                reached.append(name)
            except OSError:
                continue
        raise SubmissionError(worker.Problem("text", {"text": f"reached: {reached}"}))

    monkeypatch.setattr(worker, "reading", taken_over)
    forked = Forked(lambda channel: worker._session(channel, best_level, course))
    with pytest.raises(SubmissionError, match=r"reached: \[\]"):
        forked.read(of_ours("a", b"{}"))
    os.waitpid(forked.child, 0)
