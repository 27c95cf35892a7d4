"""What an assignment's own code needs and this Python lacks: said with the command, not installed."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course.config import Assignment, Course
from autograder.course.needs import Needs
from autograder.errors import ConfigError
from autograder.grading.packages import check, command, lacks

REQUIREMENTS = """
# what students install
numpy>=1.26,<2  # an old course
nowhere-a[extra]>=3
nowhere-b; python_version < '3'
-r other.txt
click>=8
"""


def assignment(folder: Path, text: str, imports: Sequence[str] = ()) -> Assignment:
    (folder / "requirements.txt").write_text(text, encoding="utf-8")
    return Assignment("tiny", (), folder, folder, "", Needs(imports=tuple(imports)))


def test_requirements_are_compared_with_what_is_here(tmp_path: Path) -> None:
    found = lacks(assignment(tmp_path, REQUIREMENTS, ["numpy"]))
    assert list(map(str, found)) == [
        f"numpy<2,>=1.26: {version('numpy')} is here (the solution imports numpy)",
        "nowhere-a[extra]>=3 is not here",
    ]
    assert command(found) == (
        f"{sys.executable} -m pip install 'numpy<2,>=1.26' 'nowhere-a[extra]>=3'"
    )


def test_what_the_solution_imports_is_needed_though_nobody_lists_it(tmp_path: Path) -> None:
    (tmp_path / "helper.py").touch()
    own = assignment(tmp_path, "", ["cv2", "helper", "nowhere_b", "numpy", "sklearn"])
    assert [lack.requirement for lack in lacks(own)] == ["opencv-python-headless", "nowhere-b"]


def test_a_missing_module_of_the_solution_ends_it_and_an_old_version_does_not(
    tmp_path: Path,
) -> None:
    assert check(assignment(tmp_path, REQUIREMENTS, ["numpy"])) == (
        f"The course asks for numpy<2,>=1.26: {version('numpy')} is here "
        "(the solution imports numpy)",
    )
    with pytest.raises(ConfigError, match=r"tiny: nowhere-b is not here.*pip install nowhere-b$"):
        check(assignment(tmp_path, REQUIREMENTS, ["nowhere_b"]))


@pytest.mark.parametrize("command", [["check"], ["grade", "-o", "out"]])
def test_nothing_runs_without_a_module_of_the_solution(
    command: list[str], tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = tmp_path / "student-01.ipynb"
    shutil.copy(tiny_course.root / "assignments" / "tiny" / "tiny.ipynb", notebook)
    plan = tiny_course.root / "dist" / "tiny" / "plan.json"
    before = plan.read_text(encoding="utf-8")
    changed = json.loads(before)
    changed["needs"]["imports"] = ["nowhere_b"]
    plan.write_text(json.dumps(changed), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    try:
        words = ["--course", str(tiny_course.root), *command, str(notebook)]
        result = CliRunner().invoke(main, words)
    finally:
        plan.write_text(before, encoding="utf-8")
    assert result.exit_code == 2, result.output
    assert "tiny: nowhere-b is not here (the solution imports nowhere_b)" in result.output


def test_doctor_says_it_of_an_assignment(tiny_course: Course, tiny: Assignment) -> None:
    def said() -> str:
        arguments = ["--course", str(tiny_course.root), "doctor", "-a", "tiny"]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        return result.output.partition("Packages of tiny\n")[2]

    assert said().strip().endswith("is here")
    path = tiny.staff / "requirements.txt"
    before = path.read_text(encoding="utf-8")
    path.write_text(f"{before}\nnowhere-a\n", encoding="utf-8")
    try:
        assert said().splitlines()[-1].endswith(" -m pip install nowhere-a")
    finally:
        path.write_text(before, encoding="utf-8")
