"""Feedback pages from a process of their own: the same, and one bad page costs itself."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from autograder.records import Grade
from autograder.reports.facts import ClassSummary
from autograder.reports.student import page as feedback
from autograder.reports.student import worker
from autograder.reports.student.apart import Renderer
from autograder.wall import watched
from autograder.wall.confine import Level
from tests.grades import trained, trained_class

GRADE = trained()


def test_a_page_is_the_same(best_level: Level) -> None:
    summary = feedback.class_summary(trained_class(7))
    with Renderer(best_level) as renderer:
        renderer.wait_until_ready()
        for made in trained_class(3):
            grade = replace(made, facts=MappingProxyType(made.facts))  # as the store gives it
            assert renderer.page("mnist", grade, summary) == feedback.page("mnist", grade, summary)


class Forked(Renderer):
    """A renderer whose forks are this process'."""

    def __init__(self) -> None:
        self._pages = None
        self.children: list[int] = []

    def connect(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            if self._pages is not None:
                self._pages.close()
            try:
                worker._session(theirs, Level.NONE)
            finally:
                os._exit(0)
        self.children.append(child)
        theirs.close()
        return ours

    def revive(self) -> None:
        """There is nothing to start."""

    def last_words(self) -> str:
        return "its last words"


def endless() -> None:
    while True:
        pass


def crashes() -> None:
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def too_large() -> None:
    _ = [bytes(64 << 20) for _ in range(200)]


@pytest.mark.parametrize("act", [endless, crashes, too_large])
def test_one_bad_page_costs_itself(
    act: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = feedback.page

    def page(assignment: str, grade: Grade, class_: ClassSummary | None, *_: Any) -> str:
        if grade.submission == "bad":
            act()
        return real(assignment, grade, class_)

    monkeypatch.setattr(worker.page, "page", page)
    monkeypatch.setattr(watched, "SECONDS", 1)
    monkeypatch.setattr(watched, "MEMORY_MB", 256)
    renderer = Forked()
    good, bad = replace(GRADE, submission="good"), replace(GRADE, submission="bad")
    pages = [renderer.page("mnist", grade, None) for grade in (good, good, bad, good)]
    renderer._hang_up()
    for child in renderer.children:
        os.waitpid(child, 0)
    assert pages[0] == pages[1] == pages[3] == real("mnist", good, None)
    assert "The executed notebook cannot be read." in pages[2] and "bad" in pages[2]
    assert len(renderer.children) == 3, "a new one to try the bad page again, and one to go on with"
