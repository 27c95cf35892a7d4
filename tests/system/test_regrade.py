"""A class is graded again: only what changed, with everybody's gain and loss shown beforehand."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.course.config import Assignment, Course
from autograder.wall.confine import Level
from tests.conftest import solved_but

NAMES = ["student-01", "student-02", "student-03"]
MASTERS, FIRST, NEW = (
    f"assert answer {test}," for test in ("== 6 * 7", "in (42, 43)", "in (41, 42)")
)
"""A hidden test: as it is in the source, then the one that is used first, then its successor."""


@dataclass
class Regrading:
    """A course of its own, whose tests can change, and a class."""

    course: Path
    folder: Path
    out: Path
    level: Level

    def run(self, *words: object) -> tuple[int, str]:
        command = [sys.executable, "-m", "autograder.cli", "--course", str(self.course)]
        data = os.environ.get("AUTOGRADER_DATA") or "digits"
        done = subprocess.run(
            [*command, *map(str, words)],
            env={**os.environ, "AUTOGRADER_DATA": data},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr

    def grade(self, *more: str) -> tuple[int, str]:
        words = ["grade", self.folder, "-o", self.out, "--isolation", self.level, *more]
        return self.run(*words)

    def table(self, name: str) -> list[list[str]]:
        with (self.out / name).open(newline="", encoding="utf-8") as stream:
            return list(csv.reader(stream))

    def scores(self) -> dict[str, str]:
        head, *rows = self.table("grades.csv")
        return {row[0]: row[head.index("score")] for row in rows}

    def stored(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.out / "grades.sqlite")) as connection:
            return connection.execute(query).fetchall()

    def count(self) -> int:
        return int(self.stored("SELECT count(*) FROM grades")[0][0])

    def new_tests(self, old: str, new: str) -> None:
        """Change a hidden test in the source; the command builds the rest anew."""
        master = self.course / "solutions" / "tiny" / "master.py"
        text = master.read_text(encoding="utf-8")
        assert text.count(old) == 1
        master.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def regrading(
    tiny_course: Course,
    tiny: Assignment,
    best_level: Level,
    tmp_path_factory: pytest.TempPathFactory,
) -> Regrading:
    top = tmp_path_factory.mktemp("regrade")
    course = shutil.copytree(tiny_course.root, top / "course")
    config = json.loads((course / "otter_config.json").read_text(encoding="utf-8"))
    config["kit"]["cell_seconds"] = 30  # however busy the machine is
    (course / "otter_config.json").write_text(json.dumps(config), encoding="utf-8")
    (top / "class").mkdir()
    for name, answer in zip(NAMES, (42, 41, 43), strict=True):
        text = json.dumps(solved_but(tiny, q1=f"answer = {answer}"))
        (top / "class" / f"{name}.ipynb").write_text(text, encoding="utf-8")
    one = Regrading(course, top / "class", top / "out", best_level)
    one.new_tests(MASTERS, FIRST)
    return one


@pytest.mark.slow
def test_new_tests(regrading: Regrading) -> None:
    """One story, because each step rests on the one before."""
    one = regrading
    code, said = one.grade()
    assert code == 0, said
    assert one.scores() == dict(zip(NAMES, ["10", "9", "10"], strict=True))
    words = ("student-03", "q2=1.5", "--reason", "agreed with the student")
    code, said = one.run("override", one.out, *words)
    assert code == 0, said
    before = (one.out / "grades.csv").read_bytes()

    # The same again: nothing is graded, nothing changes.
    code, said = one.grade()
    assert (code, one.count()) == (0, 3)
    assert "3 of 3 are graded already" in said
    assert (one.out / "grades.csv").read_bytes() == before
    assert not (one.out / "changes.csv").exists()

    # Other tests: whose mark changes is shown, and those rows stay as they are.
    one.new_tests(FIRST, NEW)
    code, said = one.grade()
    assert (code, one.count()) == (2, 6), said
    assert "2 rows of the gradebook stay as they are" in said
    now = (one.out / "grades.csv").read_bytes()
    assert now.splitlines()[2:] == before.splitlines()[2:]
    assert one.scores() == dict(zip(NAMES, ["10", "9", "8.5"], strict=True))
    assert one.table("changes.csv") == [
        ["submission", "question", "before", "after", "difference", "notebook"],
        ["student-02", "q1", "1", "2", "1", "the same"],
        ["student-02", "score", "9", "10", "1", "the same"],
        ["student-03", "q1", "2", "1", "-1", "the same"],
        ["student-03", "score", "8.5", "7.5", "-1", "the same"],
    ]
    table = said.partition("score before")[2].partition("All changes")[0]
    assert ["student-01" in table, "student-02" in table, "student-03" in table] == [0, 1, 1]

    # Accepted: entered at once, nothing is graded twice, a human's word stays.
    code, said = one.grade("--accept")
    assert (code, one.count()) == (0, 6), said
    assert one.scores() == dict(zip(NAMES, ["10", "10", "7.5"], strict=True))
    assert "q2: 1.5 instead of 3 (agreed with the student)" in one.table("grades.csv")[3]

    # The store keeps every grade with what made it.
    kept = one.stored("SELECT submission, score, made_from FROM grades ORDER BY submission, grade")
    assert [row[1] for row in kept] == [10, 10, 9, 10, 10, 9]
    tests = [json.loads(row[2])["tests"] for row in kept]
    assert len(set(tests)) == 2
    assert tests[0::2] == [tests[0]] * 3
    assert one.stored("SELECT count(*) FROM verdicts") == [(6 * 6,)]

    # A resubmission is entered without a question; the others are not graded again.
    shutil.copyfile(one.folder / "student-03.ipynb", one.folder / "student-01.ipynb")
    code, said = one.grade()
    assert (code, one.count()) == (0, 7), said
    assert one.scores()["student-01"] == "9"
    assert [row[5] for row in one.table("changes.csv")[1:]] == ["handed in anew"] * 2

    # --again grades all; from the same comes the same.
    after = one.scores()
    code, said = one.grade("--again")
    assert (code, one.count(), one.scores()) == (0, 10, after), said
