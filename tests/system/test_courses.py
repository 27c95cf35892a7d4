"""A course of one's own, through the commands: made, built, graded, audited, reported, exported."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from autograder.course.config import find_course, read_assignment
from autograder.wall.levels import available
from tests.conftest import notebook_of, solved_but
from tests.unit.test_importing import V4, archive, otters  # noqa: F401 - a fixture

EVERYTHING = Path(__file__).parent.parent / "everything"
CONFINED = any(finding.works for finding in available())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the commands run: a course is made there, and nothing of MNIST is."""
    yield tmp_path_factory.mktemp("own")


def command(folder: Path, *words: object, code: int = 0) -> str:
    """Run the command in a folder; return what it wrote, to both streams."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / ".cache")}
    environment.pop("AUTOGRADER_DATA", None)
    every = [sys.executable, "-m", "autograder.cli", *map(str, words)]
    if not CONFINED and "grade" in words:
        every += ["--isolation", "none"]
    done = subprocess.run(every, cwd=folder, env=environment, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    return said


def rows(path: Path) -> Mapping[str, Mapping[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["submission"]: row for row in csv.DictReader(stream)}


def hand_in(folder: Path, notebooks: Mapping[str, object]) -> Path:
    folder.mkdir()
    for name, notebook in notebooks.items():
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder


def test_new_is_built_and_audited_as_it_is(folder: Path) -> None:
    command(folder, "new", "as-it-is/week-1")
    said = command(folder, "--course", "as-it-is", "build", "week-1")
    assert "The solution gets 5 of 5 here; the untouched notebook gets 0 of 5\n" in said
    assert "Data" not in said
    said = command(folder, "--course", "as-it-is", "audit", "week-1")
    assert "Mutants caught at their own question: 100.0%" in said
    demo = folder / "as-it-is" / "solutions" / "week-1" / "bank" / "demo.txt"
    assert len(demo.read_text().split()) == 4


HOSTILE = (
    "class Yes(float):\n    __eq__ = lambda *_: True\ndef to_fahrenheit(celsius):\n    return Yes()"
)
WRONG = "def to_fahrenheit(celsius):\n    return celsius + 32"


def test_everything_is_graded_reported_and_exported(folder: Path) -> None:
    command(folder, "new", "course/week-1")
    source = folder / "course" / "solutions" / "week-1"
    shutil.rmtree(source / "bank")
    shutil.copytree(EVERYTHING, source, dirs_exist_ok=True)
    said = command(folder / "course", "build")
    assert "The solution gets 7 of 7 here; the untouched notebook gets 0 of 7\n" in said
    week = read_assignment(find_course(folder / "course"), "week-1")
    assert week.points == 11
    submissions = hand_in(
        folder / "submissions",
        {
            "student-01": notebook_of(week, solved=True),
            "student-02": solved_but(week, q1=WRONG, q4="warm = weather"),
            "student-03": solved_but(
                week, q1=HOSTILE, q3="Thermometer = float", q5="axes = 'Noon'"
            ),
        },
    )
    command(folder / "course", "grade", submissions, "-o", folder / "graded")
    found = rows(folder / "graded" / "grades.csv")
    names = [question.name for question in week.questions]
    assert [found["student-01"][name] for name in names] == ["2", "", "2", "2", "1", ""]
    assert [found["student-02"][name] for name in names] == ["0", "", "2", "0", "1", ""]
    assert [found["student-03"][name] for name in names] == ["0", "", "0", "2", "0", ""]
    assert "by hand" in (folder / "graded" / "report.html").read_text(encoding="utf-8")
    words = ["override", folder / "graded", "student-01", "q2=3", "q6=1"]
    command(folder / "course", *words)
    assert rows(folder / "graded" / "grades.csv")["student-01"]["q2"] == "3"
    roster, template = folder / "roster.csv", folder / "template.csv"
    people = [f"student-0{number}" for number in (1, 2, 3)]
    roster.write_text("submission,sis user id\n" + "".join(f"{p},{p}\n" for p in people))
    template.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,week-1 (1)\n"
        "    Points Possible,,,,,11\n" + "".join(f"{p},{n},{p},,,\n" for n, p in enumerate(people))
    )
    words = ["export", folder / "graded", "--to", "canvas", "--roster", roster]
    command(folder / "course", *words, "--template", template, code=3)  # two have open questions
    written = (folder / "graded" / "canvas.csv").read_text(encoding="utf-8").splitlines()
    assert [row.rpartition(",")[2] for row in written[2:]] == ["11", "", ""]


def test_an_otter_zip_and_both_notebooks_come_in_and_are_graded(
    folder: Path,
    otters: Path,  # noqa: F811
) -> None:
    command(folder, "new", "taken")
    out = otters / "out"
    notebooks = ["--notebook", out / "student" / "hw1.ipynb"]
    notebooks += ["--solution", out / "autograder" / "hw1.ipynb"]
    said = command(folder / "taken", "import", archive(otters), *notebooks)
    assert "q1 - 3: passes without an answer" in said and "plain Otter\n" not in said
    homework = read_assignment(find_course(folder / "taken"), "hw1")
    right = json.loads((out / "autograder" / "hw1.ipynb").read_text(encoding="utf-8"))
    submissions = hand_in(
        folder / "homework",
        {
            "student-01": right,
            "student-02": solved_but(homework, q1="total = 7"),
            "student-03": json.loads((out / "student" / "hw1.ipynb").read_text(encoding="utf-8")),
        },
    )
    said = command(folder / "taken", "grade", submissions, "-o", folder / "marks")
    assert "The solution gets 3 of 3 here" in said
    scores = {
        name: float(row["score"]) for name, row in rows(folder / "marks" / "grades.csv").items()
    }
    assert scores == pytest.approx(
        {"student-01": 3, "student-02": 7 / 3, "student-03": 2 / 3}, abs=1e-5
    )
