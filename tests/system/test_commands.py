"""The commands as people run them: files, exit codes, interruption, sudden death."""

from __future__ import annotations

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from autograder.course.config import Assignment, Course
from autograder.wall.confine import Level
from tests.conftest import notebook_of, solved_but

SLEEP = "import time\ntime.sleep(2.5)\nanswer = 42"


@pytest.fixture
def submissions(tiny: Assignment, tmp_path: Path) -> Path:
    """Three submissions in folders, as a class hands them in."""
    folder = tmp_path / "submissions"
    content = {
        "student-01": json.dumps(notebook_of(tiny, solved=True)),
        "student-02": json.dumps(notebook_of(tiny, solved=False)),
        "student-03": "no notebook",
    }
    for name, text in content.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "tiny.ipynb").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def environment() -> Mapping[str, str]:
    """The commands take the configured data set, or the stand-in."""
    return {**os.environ, "AUTOGRADER_DATA": os.environ.get("AUTOGRADER_DATA") or "digits"}


def command(course: Course, level: Level, *arguments: object) -> list[str]:
    words = [*map(str, arguments), *(["--isolation", "none"] if level is Level.NONE else [])]
    return [sys.executable, "-m", "autograder.cli", "--course", str(course.root), *words]


def test_grade(
    tiny_course: Course,
    best_level: Level,
    submissions: Path,
    environment: Mapping[str, str],
    tmp_path: Path,
) -> None:
    words = command(tiny_course, best_level, "grade", submissions, "-o", tmp_path / "out")
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    text = (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert rows[0] == [
        "submission",
        "status",
        "q1",
        "q2",
        "q3",
        "score",
        "max_score",
        "problems",
        "remarks",
        "flags",
        "overrides",
        "earlier",
        "seconds",
    ]
    assert [row[:-6] for row in rows[1:]] == [
        ["student-01/tiny", "graded", "2", "3", "5", "10", "10"],
        ["student-02/tiny", "graded", "0", "0", "0", "0", "10"],
        ["student-03/tiny", "ungradable", "", "", "", "", "10"],
    ]
    with closing(sqlite3.connect(tmp_path / "out" / "grades.sqlite")) as store:
        kept = store.execute("SELECT made_from FROM grades ORDER BY submission").fetchone()[0]
    assert json.loads(kept)["isolation"] == best_level


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("student-01", 0, marks=pytest.mark.slow),
        ("student-02", 1),
        pytest.param("student-03", 3, marks=pytest.mark.slow),
    ],
)
def test_check(
    tiny_course: Course,
    best_level: Level,
    submissions: Path,
    environment: Mapping[str, str],
    name: str,
    code: int,
) -> None:
    words = command(tiny_course, best_level, "check", submissions / name / "tiny.ipynb")
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr


def _slow_class(tiny: Assignment, folder: Path) -> Path:
    text = json.dumps(solved_but(tiny, q1=SLEEP))
    folder.mkdir()
    for number in range(1, 9):
        (folder / f"student-{number:02}.ipynb").write_text(text, encoding="utf-8")
    return folder


def _descendants_after_first_row(
    words: list[str], environment: Mapping[str, str]
) -> tuple[subprocess.Popen[str], list[psutil.Process]]:
    """Start grading, and return once a first submission has its row."""
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if "] student-" in line:
            break
    return process, psutil.Process(process.pid).children(recursive=True)


def test_interrupted_in_the_middle(
    tiny_course: Course,
    tiny: Assignment,
    best_level: Level,
    environment: Mapping[str, str],
    tmp_path: Path,
) -> None:
    folder = _slow_class(tiny, tmp_path / "class")
    words = command(tiny_course, best_level, "grade", folder, "-j", 2, "-o", tmp_path / "out")
    process, started = _descendants_after_first_row(words, environment)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert started
    assert not psutil.wait_procs(started, timeout=30)[1], "processes were left behind"
    with closing(sqlite3.connect(tmp_path / "out" / "grades.sqlite")) as store:
        assert store.execute("SELECT count(*) FROM grades").fetchone()[0] >= 1
    assert process.returncode == 130
    rows = (tmp_path / "out" / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert 2 <= len(rows) < 9
