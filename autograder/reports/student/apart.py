"""Feedback pages made in a process of their own: what a notebook holds is read there."""

from __future__ import annotations

import logging
import socket
from dataclasses import dataclass, replace

from autograder.errors import KitError
from autograder.records import Grade
from autograder.reports.facts import ClassSummary
from autograder.reports.student.page import page
from autograder.wall.channel import Message, receive, send
from autograder.wall.confine import Level
from autograder.wall.watched import SECONDS
from autograder.wall.zygote import Zygote

_LATE_SECONDS = 30
_UNREADABLE = "{"
"""Stands for a notebook that cannot be shown; the page says so."""
_log = logging.getLogger("autograder.reports")


@dataclass(frozen=True, slots=True)
class PageRequest(Message):
    """To the process that makes pages: make this one."""

    assignment: str
    grade: Grade
    class_: ClassSummary | None


@dataclass(frozen=True, slots=True)
class Page(Message):
    """From it: the page."""

    html: str


class Renderer(Zygote):
    """A warm process whose forks make pages, many each. One page at a time."""

    def __init__(self, level: Level) -> None:
        super().__init__("autograder.reports.student.worker", [str(level)], level, [])
        self._pages: socket.socket | None = None

    def __exit__(self, *of: object) -> None:
        self._hang_up()
        super().__exit__(*of)

    def page(self, assignment: str, grade: Grade, class_: ClassSummary | None) -> str:
        """Return the page of one submission, without its notebook where that cannot be shown.

        A page that ends its fork is tried again in a new one: others may have used up the first.
        Raises KitError where the process cannot be started anew.
        """
        request = PageRequest(assignment, grade, class_)
        for _ in range(2):
            try:
                return self._ask(request)
            except (OSError, ValueError, KitError) as error:
                self._hang_up()
                self.revive()  # raises where it cannot: then no page is to blame
                _log.warning("the page of %s could not be made: %s", grade.submission, error)
        return page(assignment, replace(grade, executed=_UNREADABLE), class_)

    def _ask(self, request: PageRequest) -> str:
        if self._pages is None:
            self._pages = self.connect()
            self._pages.settimeout(SECONDS + _LATE_SECONDS)
        send(self._pages, request)
        received = receive(self._pages, Page)
        if received is None:
            raise KitError(f"its process ended: {self.last_words()}")
        return received[0].html

    def _hang_up(self) -> None:
        if self._pages is not None:
            self._pages.close()
            self._pages = None
