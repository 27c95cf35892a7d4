"""Progress of a class: a live table with an estimate, or plain lines where nobody watches.

Both yield what is told of a submission that begins, from any thread, and of a grade that is there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from autograder.files import escaped
from autograder.records import Grade
from autograder.words import points

Callbacks = tuple[Callable[[str], None], Callable[[Grade], None]]


def line(grade: Grade) -> str:
    """One finished submission in a line."""
    score = (
        "no score" if grade.score is None else f"{points(grade.score)}/{points(grade.max_score)}"
    )
    return f"{escaped(grade.submission)}  {score}  {grade.status}  {grade.seconds:.1f} s"


@contextmanager
def live(console: Console, total: int) -> Iterator[Callbacks]:
    """Show a bar with an estimate, and what is running now, redrawn in place."""
    bar = Progress(TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    task = bar.add_task("grading", total=total)
    running: dict[str, float] = {}
    lock = threading.Lock()

    def draw() -> RenderableType:
        table = Table(box=None, show_header=False, pad_edge=False)
        with lock:
            for submission, since in running.items():
                table.add_row(
                    Text(escaped(submission)), f"{time.monotonic() - since:.0f} s", style="dim"
                )
        return Group(table, bar)

    def started(submission: str) -> None:
        with lock:
            running[submission] = time.monotonic()

    def finished(grade: Grade) -> None:
        with lock:
            running.pop(grade.submission, None)
        bar.advance(task)
        console.print(Text(line(grade)))

    with Live(get_renderable=draw, console=console, refresh_per_second=4):
        yield started, finished


@contextmanager
def plain(total: int) -> Iterator[Callbacks]:
    """Print a line per finished submission, with an estimate of the time left."""
    since, done = time.monotonic(), 0

    def finished(grade: Grade) -> None:
        nonlocal done
        done += 1
        left = (time.monotonic() - since) / done * (total - done)
        estimate = f"  (about {left:.0f} s left)" if done < total else ""
        print(f"[{done}/{total}] {line(grade)}{estimate}", flush=True)

    yield lambda _: None, finished
