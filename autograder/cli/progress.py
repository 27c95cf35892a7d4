"""Progress of a class: a live table with an estimate, or plain lines where nobody watches."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.records import Grade
from autograder.words import points


def line(grade: Grade) -> str:
    """One finished submission in a line."""
    score = (
        "no score" if grade.score is None else f"{points(grade.score)}/{points(grade.max_score)}"
    )
    return f"{grade.submission}  {score}  {grade.status}  {grade.seconds:.1f} s"


class LiveProgress:
    """A bar with an estimate, and what is running now, redrawn in place."""

    def __init__(self, console: Console, total: int) -> None:
        self._bar = Progress(
            TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        )
        self._task = self._bar.add_task("grading", total=total)
        self._running: dict[str, float] = {}
        self._lock = threading.Lock()
        self._live = Live(get_renderable=self._draw, console=console, refresh_per_second=4)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def started(self, submission: str) -> None:
        """A submission is running now."""
        with self._lock:
            self._running[submission] = time.monotonic()

    def finished(self, grade: Grade) -> None:
        """A submission has its row."""
        with self._lock:
            self._running.pop(grade.submission, None)
        self._bar.advance(self._task)
        self._live.console.print(Text(line(grade)))

    def _draw(self) -> RenderableType:
        table = Table(box=None, show_header=False, pad_edge=False)
        with self._lock:
            for submission, since in self._running.items():
                table.add_row(Text(submission), f"{time.monotonic() - since:.0f} s", style="dim")
        return Group(table, self._bar)


class PlainProgress:
    """A line per finished submission, with an estimate of the time left."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = stream
        self._done = 0

    def __enter__(self) -> Self:
        self._since = time.monotonic()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to put back."""

    def started(self, submission: str) -> None:
        """Say nothing: a log wants results."""

    def finished(self, grade: Grade) -> None:
        """Print one line."""
        self._done += 1
        left = (time.monotonic() - self._since) / self._done * (self._total - self._done)
        estimate = f"  (about {left:.0f} s left)" if self._done < self._total else ""
        text = f"[{self._done}/{self._total}] {line(grade)}{estimate}"
        print(text, file=self._stream, flush=True)
