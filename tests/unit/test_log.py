"""What stands in the log that a command keeps, and what a student cannot make it say."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from autograder.cli import log
from autograder.cli.log import FILE, MAX_CHARACTERS, log_to
from autograder.errors import KitError, UsageError
from autograder.files import escaped
from autograder.grading.blame import NOTHING, Lost
from autograder.grading.grader import Grader
from autograder.judge import client
from autograder.records import Grade, Question, Status, Submission
from autograder.wall.confine import Level
from autograder.wall.messages import JudgeRequest
from autograder.wall.zygote import Zygote

GRADING = logging.getLogger("autograder.grading")
FORGED = "x\n2026-11-20T12:00:00Z INFO MainThread autograder.grading: student-01: graded\r\x1b[2J"


def lines(folder: Path) -> list[str]:
    """The log's lines, split where a line ends and nowhere else."""
    return (folder / FILE).read_text(encoding="utf-8").removesuffix("\n").split("\n")


ESCAPED = {
    "nothing to do, é 学 😀": "nothing to do, é 学 😀",
    "two\nlines\r\n": r"two\nlines\r\n",
    "\x1b]0;title\x07\x1b[31mred": r"\x1b]0;title\x07\x1b[31mred",
    "\x9b2J\x85\u2028\u2029": r"\x9b2J\x85\u2028\u2029",
    "\u202eright to left": r"\u202eright to left",
    "\ud800": r"\ud800",
    "a" * 1_000: "a" * MAX_CHARACTERS + " … (600 more characters)",
}


@pytest.mark.parametrize("text", ESCAPED)
def test_a_text_is_one_harmless_line(text: str) -> None:
    assert escaped(text, MAX_CHARACTERS) == ESCAPED[text]


def test_nobody_writes_a_record_of_his_own(tmp_path: Path) -> None:
    with log_to(tmp_path):
        GRADING.warning("%s failed", FORGED)
        try:
            raise ValueError(FORGED * 100)
        except ValueError:
            GRADING.warning("%s", FORGED, exc_info=True)
    records = [line for line in lines(tmp_path) if not line.startswith("    ")]
    assert len(records) == 5, "begins, command, two warnings, ends"
    assert all(char.isprintable() for line in lines(tmp_path) for char in line)
    assert len(lines(tmp_path)) <= 5 + log.MAX_LINES
    assert "autograder.grading: x\\n2026" in records[2]


def test_it_says_when_what_and_with_which_versions(tmp_path: Path) -> None:
    with log_to(tmp_path):
        pass
    begins, command, ends = lines(tmp_path)
    assert f"autograder.cli: begins: autograder {log.__version__}, Python 3." in begins
    assert " INFO MainThread autograder.cli: command: " in command
    assert ends.endswith("autograder.cli: ends")
    assert begins.split()[0].endswith("Z")


def test_commands_append(tmp_path: Path) -> None:
    for _ in range(2):
        with log_to(tmp_path):
            pass
    assert [line.split(": ")[1] for line in lines(tmp_path)] == ["begins", "command", "ends"] * 2


@pytest.mark.parametrize(("level", "said"), [("debug", "diw"), ("info", "iw"), ("warning", "w")])
def test_levels(level: str, said: str, tmp_path: Path) -> None:
    with log_to(tmp_path, level):
        for letter, write in zip(
            "diw", (GRADING.debug, GRADING.info, GRADING.warning), strict=True
        ):
            write(letter)
    assert "".join(line[-1] for line in lines(tmp_path) if "autograder.grading" in line) == said


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 10_000)
    for _ in range(3):
        with log_to(tmp_path):
            for _ in range(100):
                GRADING.info("x" * 300)
    assert {path.name for path in tmp_path.iterdir()} == {FILE, f"{FILE}.1"}
    assert all(path.stat().st_size <= 10_000 for path in tmp_path.iterdir())


ENDINGS: list[tuple[Callable[[], Any], bool]] = [
    (lambda: None, False),
    (lambda: GRADING.warning("tried again"), False),
    (lambda: GRADING.error("stays ungraded"), True),
    (lambda: fail(UsageError("no such folder")), False),
    (lambda: fail(click.Abort()), False),
    (lambda: fail(KeyboardInterrupt()), False),
    (lambda: fail(KitError("the judge did not start")), True),
    (lambda: fail(OSError(28, "No space left on device")), True),
]


def fail(error: BaseException) -> None:
    raise error


@pytest.mark.parametrize(("what", "named"), ENDINGS)
def test_a_failure_of_ours_names_the_log(
    what: Callable[[], Any], named: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        with log_to(tmp_path):
            what()
    except BaseException as error:  # noqa: BLE001 - it goes on, after it was written down
        assert str(error) in (tmp_path / FILE).read_text()
    said = capsys.readouterr()
    assert said.out == ""
    assert (str(tmp_path / FILE) in said.err) is named


def test_a_log_that_cannot_be_written_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE).mkdir()
    with log_to(tmp_path):
        GRADING.warning("lost")
    assert capsys.readouterr() == ("", "")


def test_it_is_silent_where_no_log_is_kept() -> None:
    code = "import autograder, logging; logging.getLogger('autograder.wall').error('x')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout + done.stderr == ""
    assert logging.getLogger("autograder").level == logging.NOTSET


# ---------------------------------------------------------------- what the rooms write


class Warm:
    """Stands for the sandbox and for the judge: they can be started anew."""

    revived = 0

    def revive(self) -> None:
        Warm.revived += 1


def fails(times: int) -> Callable[..., tuple[Grade, Lost]]:
    def run(_: Grader, submission: Submission, *__: object) -> tuple[Grade, Lost]:
        nonlocal times
        times -= 1
        if times >= 0:
            raise RuntimeError("a \x1b[31mred\nword")
        return Grade(submission.id, "", Status.GRADED, (), 1.0, 1.0, (), 1.0, {}), NOTHING

    return run


@pytest.mark.parametrize(("times", "status"), [(1, Status.GRADED), (2, Status.UNGRADED)])
def test_what_was_tried_again(
    times: int, status: Status, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blank = Grade("student-01", "", Status.UNGRADED, (), None, 1.0, (), 1.0, {})
    monkeypatch.setattr(Grader, "_steps", fails(times))
    monkeypatch.setattr(Grader, "_blank", lambda *_: blank)
    grader = Grader(None, None, None, Warm(), Warm(), Warm(), None)  # type: ignore[arg-type]
    with log_to(tmp_path):
        grade = grader.grade(Submission("student-01", "student-01", ""))
    assert grade.status is status
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert text.count("student-01 could not be graded; it is tried again") == 1
    assert text.count("Traceback (most recent call last)") == times
    assert text.count(r"autograder.grading: student-01: a \x1b[31mred\nword") == times
    assert text.count("ERROR") == text.count("student-01 stays ungraded") == times - 1


def test_a_question_that_the_judge_did_not_judge(tmp_path: Path) -> None:
    def connect() -> Any:
        raise KitError("the warm process does not fork")

    with log_to(tmp_path):
        client.Session(connect, JudgeRequest("q3", 1, 1.0, 0.0)).ask(
            Question("q3", False, (), ()), []
        )
    assert (
        "autograder.judge: q3 stays ungraded: the warm process does not fork" in lines(tmp_path)[2]
    )


SERVES = """
import sys
from autograder.wall.zygote import serve

def session(channel):
    raise ValueError("a fork's \\x1b[31merror")

print("a library is loaded", file=sys.stderr, flush=True)
serve(int(sys.argv[1]), session)
"""


def test_the_traceback_of_a_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "serves.py").write_text(SERVES)
    warm = Zygote("serves", [], Level.NONE, [])
    command = lambda control, _: [sys.executable, str(tmp_path / "serves.py"), str(control)]  # noqa: E731
    monkeypatch.setattr(warm, "_command", command)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with log_to(tmp_path), warm:
        warm.wait_until_ready()
        for _ in range(2):
            with warm.connect() as channel:
                assert channel.recv(1) == b"", "the fork ends"
            warm.revive()
            text = (tmp_path / FILE).read_text(encoding="utf-8")
    tracebacks = text.count("autograder.wall: serves: Traceback (most recent call last)")
    assert tracebacks == 2, "each once, as soon as somebody looks"
    assert r"autograder.wall: serves: ValueError: a fork's \x1b[31merror" in text
    assert "started anew" not in text
    assert "a library is loaded" not in text, "that is for --log-level debug"
    assert lines(tmp_path)[-1].endswith("ends"), "and nothing is said twice"
    assert len(lines(tmp_path)) == len(text.splitlines()) + 1
