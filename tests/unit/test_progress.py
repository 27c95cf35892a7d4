"""What somebody who waits for a class sees."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from autograder.cli.shared import progress_of
from autograder.records import Status
from tests import grades as made_up

QUESTION = made_up.question("q1", ("is right", 2, ""))


def test_lines_say_what_is_done_and_how_long_the_rest_may_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    why = made_up.text_problem("p")
    with progress_of(Console(file=io.StringIO()), 2) as (started, finished):
        started("student-01")
        finished(made_up.grade("student-01", made_up.verdict(QUESTION), seconds=1.26))
        finished(made_up.blank("student-02", [QUESTION], Status.UNGRADED, why, seconds=0.0))
    first, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\[1/2\] student-01  2/2  graded  1\.3 s  \(about \d+ s left\)", first)
    assert last == "[2/2] student-02  no score  ungraded  0.0 s"


def test_a_terminal_shows_what_runs_and_then_what_came_of_it() -> None:
    stream = io.StringIO()
    with progress_of(Console(file=stream, force_terminal=True, width=80), 2) as (started, finished):
        started("student-[b]01")
        started("student-02")
        finished(made_up.grade("student-[b]01", made_up.verdict(QUESTION)))
    said = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())
    last = said.split("student-[b]01  2/2  graded")[-1]
    assert "student-02" in last
    assert "student-[b]01" not in last
    assert "1/2" in last
