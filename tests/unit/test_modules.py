"""Modules that a class imports and that are not here: counted, said, and refused if asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course.config import Assignment, Course
from autograder.errors import EXIT_USAGE
from autograder.grading.grader import handout_of
from autograder.grading.modules import missing_modules, told
from autograder.intake.collect import collect
from autograder.notebook.triage import reading
from tests.conftest import content_of, solved_but


@pytest.fixture
def submissions(tiny: Assignment, tmp_path: Path) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir()
    lines = ("import nowhere_a, numpy, json", "import nowhere_a, helper", "import nowhere_b as b")
    for number, line in enumerate(lines):
        notebook = solved_but(tiny, q1=f"{line}\nanswer = 42")
        (folder / f"student-0{number}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (folder / "helper").mkdir()
    return folder


def test_they_are_counted(submissions: Path, tiny: Assignment) -> None:
    course = handout_of(tiny)
    missing = missing_modules(
        collect([submissions]), tiny, course, lambda one: reading(content_of(one), course)
    )
    assert list(missing.items()) == [("nowhere_a", 2), ("nowhere_b", 1)]


def test_packages_have_names_of_their_own() -> None:
    assert told({"cv2": 2, "seaborn": 1}).splitlines()[-1] == (
        f"  {sys.executable} -m pip install opencv-python-headless seaborn"
    )
    assert told({}) == ""


@pytest.mark.parametrize("command", ["doctor", "grade"])
def test_they_are_said_before_the_class(
    command: str, submissions: Path, tiny_course: Course, tmp_path: Path
) -> None:
    more = ["-o", str(tmp_path / "out"), "--strict"] if command == "grade" else []
    arguments = ["--course", str(tiny_course.root), command, str(submissions), *more]
    result = CliRunner().invoke(main, arguments)
    assert "nowhere_a (2), nowhere_b (1)" in result.output
    assert result.exit_code == (EXIT_USAGE if command == "grade" else 0)
    assert not (tmp_path / "out").exists()
