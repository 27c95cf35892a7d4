"""Whatever a submission says, nothing in it acts on the terminal or spreadsheet that shows it."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from click.testing import CliRunner
from rich.console import Console, RenderableType

from autograder.cli import exporting, progress, shared, tables
from autograder.cli.group import main
from autograder.cli.log import Lines
from autograder.errors import SubmissionError, UsageError
from autograder.files import MOST_SHOWN, escaped
from autograder.grading.batch import Review
from autograder.lms import moodle
from autograder.lms.export import Export
from autograder.lms.roster import Lost, Student
from autograder.records import Grade, Outcome, Problem, Status
from autograder.reports import changes, gradebook
from autograder.reports.changes import Change

HOSTILE = (
    "\x1b]0;PWNED\x07\x1b[2J\x9b31m[bold red]x[/]\u202e\u200f\u2066\ufeff\x85\u2028\x7f\r\n=1+1\x00"
)
ACTS = {character for character in HOSTILE if not character.isprintable()} - {"\n"}


def filled(kind: Any, name: str = "") -> Any:
    """A value of a type in which every text is hostile."""
    if dataclasses.is_dataclass(kind):
        types = get_type_hints(kind)
        return kind(**{f.name: filled(types[f.name], f.name) for f in dataclasses.fields(kind)})
    if isinstance(kind, UnionType):
        return filled(next(each for each in get_args(kind) if each is not type(None)), name)
    if get_origin(kind) is tuple:
        return (filled(get_args(kind)[0], name),)
    if get_origin(kind) is not None:  # facts are read by name, and numbers; made_from is not shown
        return {} if name in ("facts", "made_from") else {"text": HOSTILE}
    if kind is str:
        return "text" if name == "kind" else "" if name in ("ask", "executed") else HOSTILE
    values = {bool: False, float: 1.0, int: 1, Outcome: Outcome.FAILED, Status: Status.PROBLEMS}
    return values[kind]


GRADE: Grade = dataclasses.replace(filled(Grade), student=f"moodle:{HOSTILE}")
CHANGE: Change = filled(Change)
LOST = Export({}, HOSTILE, (Lost(GRADE, HOSTILE),), (Student(1, HOSTILE, {}),), HOSTILE)


def test_the_record_has_the_text_everywhere() -> None:
    (verdict,) = GRADE.questions
    (case,) = verdict.cases
    said = [GRADE.submission, *GRADE.remarks, *GRADE.earlier, verdict.question.name, *verdict.notes]
    said += [GRADE.problems[0].found["text"], GRADE.flags[0].name, GRADE.flags[0].evidence]
    said += [case.message, case.detail, case.case.hint, case.case.label]
    said += [verdict.override.reason if verdict.override else ""]
    assert all(HOSTILE in str(text) for text in said)


def on_screen(*things: RenderableType) -> str:
    """What a terminal without colours would get."""
    stream = io.StringIO()
    console = Console(file=stream, width=4_000, color_system=None, force_terminal=False)
    for thing in things:
        console.print(thing)
    return stream.getvalue()


def live(width: int = 4_000) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, color_system=None, force_terminal=False)
    with progress.live(console, 2) as (started, finished):
        started(f"{HOSTILE} runs still")
        finished(GRADE)
    assert "runs still" in stream.getvalue()
    return stream.getvalue()


def plain_progress() -> str:
    with redirect_stdout(io.StringIO()) as stream, progress.plain(1) as (_, finished):
        finished(GRADE)
    return stream.getvalue()


def spoken(say: Callable[[], object], capsys: pytest.CaptureFixture[str]) -> str:
    say()
    shown = capsys.readouterr()
    return shown.out + shown.err


def quiet() -> None:
    with shared.status(Console(file=io.StringIO()), HOSTILE):
        pass


SAID: dict[str, Callable[[], object]] = {
    "what stays": lambda: shared._say_what_stays((), Review((), (HOSTILE,))),
    "an export": lambda: exporting._show([GRADE], LOST),
    "a status": quiet,
    "a line": lambda: shared.say(HOSTILE),
}
SHOWN: dict[str, Callable[[], str]] = {
    "the gradebook": lambda: on_screen(tables.gradebook([GRADE])),
    "the changes": lambda: on_screen(tables.changes([CHANGE])),
    "one submission": lambda: on_screen(tables.submission(GRADE.questions)),
    "a problem": lambda: on_screen(f"[yellow]problem:[/] {shared.plain(HOSTILE)}"),
    "live progress": live,
    "progress": plain_progress,
    "Moodle's feedback": lambda: moodle.feedback(GRADE),
}


def acting(text: str) -> Iterator[str]:
    return (character for character in text if character in ACTS)


@pytest.mark.parametrize("name", SHOWN)
def test_nothing_acts_on_a_terminal(name: str) -> None:
    text = SHOWN[name]()
    assert "PWNED" in text and "[bold red]x[/]" in text
    assert not [*acting(text)]


@pytest.mark.parametrize("name", SAID)
def test_nothing_that_is_said_acts(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = spoken(SAID[name], capsys)
    assert "PWNED" in text and not [*acting(text)]
    assert "\n=1+1" not in text, "a line of its own"


@pytest.mark.parametrize("write", [gradebook.write, changes.write])
def test_nothing_acts_in_a_csv_file(write: Callable[..., Path], tmp_path: Path) -> None:
    text = write(tmp_path, [GRADE if write is gradebook.write else CHANGE]).read_bytes().decode()
    assert "PWNED" in text and not [*acting(text)]
    assert "\n=1+1" not in text and text.count("\n") == 2


@pytest.mark.parametrize(
    "error",
    [UsageError(HOSTILE), SubmissionError(Problem("text", {"text": HOSTILE})), OSError(2, "x", HOSTILE)],
)  # fmt: skip
def test_an_error_does_not_act(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_folder: Path | None) -> object:
        raise error

    monkeypatch.setattr(shared, "find_course", fail)
    monkeypatch.setattr("autograder.cli.building.find_course", fail)
    done = CliRunner().invoke(main, ["build"])
    assert "PWNED" in done.output and not [*acting(done.output)]


def test_the_log_is_made_of_the_same() -> None:
    import logging

    record = logging.LogRecord("autograder.x", 20, "", 1, HOSTILE, (), None)
    assert not [*acting(Lines().format(record))]


def test_what_is_long_is_cut_and_says_so() -> None:
    text = escaped("x" * (MOST_SHOWN + 7))
    assert text == "x" * MOST_SHOWN + " … (7 more characters)"
    assert escaped("a\nb\tc é ✓", lines=True) == "a\nb\\tc é ✓"
