"""What Otter has of an assignment becomes a folder of this kit's, whole or not at all."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import existing, importing, sources
from autograder.course.config import Course, find_course, read_assignment
from autograder.course.needs import read_kit
from autograder.errors import AutograderError, ConfigError, UsageError
from autograder.proving import imported, plain_otter
from autograder.records import Outcome, same_outcome
from tests.conftest import notebook_of
from tests.grades import grade

V4 = nbformat.v4
CONFIG = """# ASSIGNMENT CONFIG
config_file: shared.yml
files:
  - points.csv
  - helper.py
autograder_files:
  - key.csv
solutions_pdf: true
"""


def case(source: str, shown: str) -> Any:
    cell = V4.new_code_cell(source)
    cell.outputs = [V4.new_output("execute_result", data={"text/plain": shown})] if shown else []
    return cell


def question(config: str, answer: Any, *tests: Any) -> list[Any]:
    raw = V4.new_raw_cell
    begin = V4.new_markdown_cell(f"```otter\n# BEGIN QUESTION\n{config}\n```")
    cells = [begin, V4.new_markdown_cell("**A question**"), raw("# BEGIN SOLUTION")]
    cells += [answer, raw("# END SOLUTION")]
    if tests:
        cells += [raw("# BEGIN TESTS"), *tests, raw("# END TESTS")]
    return [*cells, raw("# END QUESTION")]


def master() -> Any:
    """An assignment as many courses have it: OK format, tests in the metadata, fenced cells."""
    code = V4.new_code_cell
    cells = [
        V4.new_raw_cell(CONFIG),
        V4.new_markdown_cell("# Homework 1"),
        code("import helper\nrows = [int(row) for row in open('points.csv')]"),
        *question(
            "name: q1\npoints: 2",
            code("total = sum(rows)  # SOLUTION"),
            case("total > 0", "True"),
            case("# HIDDEN\ntotal", "6"),
            case("def never_called():\n    return total", ""),
        ),
        *question("name: q2\npoints: 3\nmanual: true", V4.new_markdown_cell("Because.")),
        *question("name: q3\npoints: [1, 0]", code("pair = (1, 2)  # SOLUTION"), case("pair[0]", "1"), case("len(pair)", "2")),
    ]  # fmt: skip
    return V4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "P", "language": "python"}},
    )


@pytest.fixture(scope="module")
def otters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a master notebook, its files, and in `out` what plain Otter Assign makes."""
    folder = tmp_path_factory.mktemp("otter") / "hw 1"
    folder.mkdir()
    nbformat.write(master(), folder / "hw1.ipynb")
    for name, text in {
        "points.csv": "1\n2\n3\n",
        "helper.py": "SIZE = 3\n",
        "key.csv": "6\n",
        "shared.yml": "check_all_cell: true\nexport_cell:\n  instructions: Hand in the zip.\n",
    }.items():
        (folder / name).write_text(text)
    words = ["-m", "otter", "assign", "hw1.ipynb", "out", "--no-run-tests", "--no-pdfs"]
    subprocess.run([sys.executable, *words], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def course(tmp_path: Path) -> Course:
    CliRunner().invoke(main, ["new", str(tmp_path / "course")])
    return find_course(tmp_path / "course")


def archive(otters: Path) -> Path:
    (found,) = (otters / "out" / "autograder").glob("*.zip")
    return found


def staged_files(course: Course, found: importing.Found, name: str | None = None) -> set[str]:
    with importing.staged(course, found, name) as (copy, called, _):
        importing.take(course, copy, called)
    return {p.relative_to(course.root).as_posix() for p in course.root.rglob("*") if p.is_file()}


STUDENT = {"hw1.ipynb", "points.csv", "helper.py"}
STAFF = STUDENT | {"key.csv", "tests/q1.py", "tests/q3.py", "otter_config.json"}


# ---------------------------------------------------------------- the three forms


def test_a_master_notebook(otters: Path, course: Course) -> None:
    found = importing.find(otters / "hw1.ipynb", None, None)
    files = staged_files(course, found)
    source = {"master.ipynb", "points.csv", "helper.py", "key.csv", "shared.yml"}
    assert {f"solutions/hw1/{name}" for name in source} <= files
    assert {f"assignments/hw1/{name}" for name in STUDENT} <= files
    assert {f"dist/hw1/staff/{name}" for name in STAFF} <= files
    assert not any("key.csv" in name for name in files if "staff" not in name and "sol" not in name)
    built = read_assignment(course, "hw1")
    worth = [(q.name, q.points, len(q.cases), q.manual) for q in built.questions]
    assert worth == [("q1", 2, 3, False), ("q2", 3, 1, True), ("q3", 1, 2, False)]
    assert built.questions[1].variables == () and built.questions[0].variables == ("total",)
    student = notebook_of(built, solved=False)
    assert set(student.metadata["otter"]["tests"]) == {"q1", "q3"}
    assert "total\n6" not in json.dumps(student.metadata["otter"])
    (export,) = [cell.source for cell in student.cells if ".export(" in cell.source]
    assert "pdf=False" in export
    assert any(".check_all()" in cell.source for cell in student.cells)


def test_what_is_not_supported_is_said_by_name(otters: Path, course: Course) -> None:
    found = importing.find(otters / "hw1.ipynb", None, None)
    with importing.staged(course, found, "other") as (_, name, remarks):
        assert name == "other"
        assert "`solutions_pdf`: no PDF of the solution is made" in remarks


def test_a_folder_that_otter_assign_wrote(otters: Path, course: Course) -> None:
    found = importing.find(otters / "out", None, None)
    files = staged_files(course, found)
    assert {f"assignments/hw1/{name}" for name in STUDENT} <= files
    assert {f"dist/hw1/staff/{name}" for name in STAFF} <= files
    assert not any("key.csv" in name for name in files if name.startswith("assignments"))
    built = read_assignment(course, "hw1")
    assert built.solved and [q.name for q in built.questions] == ["q1", "q3"]
    assert built.questions[0].variables == ("total",)
    out = nbformat.read(otters / "out" / "student" / "hw1.ipynb", as_version=4)
    assert notebook_of(built, solved=False).metadata["otter"] == out.metadata["otter"]


def test_a_zip_and_the_notebooks(otters: Path, course: Course) -> None:
    out = otters / "out"
    solution = out / "autograder" / "hw1.ipynb"
    found = importing.find(archive(otters), out / "student" / "hw1.ipynb", solution)
    files = staged_files(course, found, "first")
    assert {f"assignments/first/{n}" for n in ("first.ipynb", "points.csv", "helper.py")} <= files
    assert {"solutions/first/autograder.zip", "solutions/first/solution.ipynb"} <= files
    built = read_assignment(course, "first")
    assert built.solved and built.points == 3
    for solved in (True, False):
        sources_ = "".join(cell.source for cell in notebook_of(built, solved=solved).cells)
        assert 'otter.Notebook("first.ipynb")' in sources_ and '"hw1.ipynb"' not in sources_


def test_without_a_solution_what_stubs_bind_crosses(otters: Path, course: Course) -> None:
    found = importing.find(archive(otters), otters / "out" / "student" / "hw1.ipynb", None)
    staged_files(course, found)
    built = read_assignment(course, "hw1")
    assert not built.solved
    assert [q.variables for q in built.questions] == [("total",), ("pair",)]


def test_a_notebook_written_by_hand_with_its_tests(tmp_path: Path, course: Course) -> None:
    folder = tmp_path / "lab"
    (folder / "tests").mkdir(parents=True)
    stub, solved = "x = ...\n", "x = 3\n"
    for name, text in (("lab.ipynb", stub), ("solved.ipynb", solved)):
        cells = [V4.new_code_cell(source) for source in ("import otter\ngrader = otter.Notebook()", text, 'grader.check("q1")')]  # fmt: skip
        nbformat.write(V4.new_notebook(cells=cells), folder / name)
    (folder / "tests" / "q1.py").write_text(
        "test = {'name': 'q1', 'points': 1, 'suites': [{'type': 'doctest', "
        "'scored': True, 'setup': '', 'teardown': '', 'cases': ["
        "{'code': '>>> x\\n3', 'hidden': False}, {'code': '>>> x + 1\\n4', 'hidden': True}]}]}\n"
    )
    found = importing.find(folder, None, folder / "solved.ipynb")
    with importing.staged(course, found, None) as (copy, name, remarks):
        assert "tests of an older Otter, which lack `OK_FORMAT = True`: added to q1" in remarks
        importing.take(course, copy, name)
    built = read_assignment(course, "lab")
    assert built.questions[0].variables == ("x",)
    public = (built.student / "tests" / "q1.py").read_text(encoding="utf-8")
    assert ">>> x\\n3" in public and "x + 1" not in public
    tags = [cell.metadata.get("tags") for cell in notebook_of(built, solved=False).cells]
    assert tags == [None, ["otter_answer_cell"], None]


def test_the_data_set_that_a_notebook_loads_is_written_down(tmp_path: Path) -> None:
    (tmp_path / "master.py").write_text("from keras.datasets import mnist\n")
    importing._say_data(tmp_path)
    assert read_kit(tmp_path).data == "mnist"


HIDDEN_CASES = """from otter.test_files import test_case

OK_FORMAT = False
name = "q1"
points = 2

@test_case(points=1, hidden=False)
def test_a(x):
    assert x

@test_case(points=1, hidden=True)
def test_b(x):
    assert x == 4
"""


def test_students_get_no_hidden_case_of_the_exception_format_either() -> None:
    public = existing.public(HIDDEN_CASES)
    assert "test_a" in public and "test_b" not in public and "== 4" not in public
    ast.parse(public)
    old = existing.public("test = {'name': 'q', 'suites': [{'cases': [{'code': '>>> 1'}]}]}")
    assert ">>> 1" not in old  # where a case does not say, Otter hides it


# ---------------------------------------------------------------- what is refused


def test_a_folder_with_two_sources_names_them(otters: Path, tmp_path: Path) -> None:
    folder = tmp_path / "solutions" / "hw1"
    folder.mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"holds no source.*autograder import"):
        sources.find(folder)
    for name in ("master.ipynb", "hw1.ipynb"):
        shutil.copy(otters / "hw1.ipynb", folder / name)
    with pytest.raises(ConfigError, match=r"2 sources: master.ipynb, hw1.ipynb"):
        sources.find(folder)
    assert sources.names(tmp_path / "solutions") == ("hw1",)


def test_a_zip_alone_asks_for_the_notebook(otters: Path) -> None:
    with pytest.raises(UsageError, match="--notebook FILE, the one that students get"):
        importing.find(archive(otters), None, None)


REFUSED: Mapping[str, tuple[list[str], str]] = {
    "R": (["hw1.Rmd"], "R Markdown and Quarto are not supported"),
    "nothing": (["gone.ipynb"], "does not exist"),
    "another file": (["hw1.txt"], "is no notebook"),
    "several at once, with a name": (["hw1.Rmd", "hw2.Rmd", "-a", "x"], "one at a time"),
    "a script without settings": (["plain.py"], "no `# ASSIGNMENT CONFIG` cell"),
    "an empty folder": (["empty"], "which notebook do students get.*There is: none"),
    "an R notebook": (["r.ipynb"], "is in r, and only Python"),
    "a notebook without tests": (["bare.ipynb"], "there are no tests"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_over_is_said(
    name: str, course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, why = REFUSED[name]
    monkeypatch.chdir(tmp_path)
    for file in ("hw1.Rmd", "hw2.Rmd", "hw1.txt"):
        Path(file).touch()
    Path("plain.py").write_text("# %%\nx = 1\n")
    Path("empty").mkdir()
    bare = V4.new_notebook(cells=[V4.new_code_cell("x = 1")])
    nbformat.write(bare, "bare.ipynb")
    bare.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    nbformat.write(bare, "r.ipynb")
    before = sorted(course.root.rglob("*"))
    result = CliRunner().invoke(main, ["--course", str(course.root), "import", *words])
    assert result.exit_code == 2, result.output
    assert re.search(why, result.stderr), result.stderr
    assert sorted(course.root.rglob("*")) == before


def test_nothing_is_half_imported_nor_overwritten(otters: Path, course: Course) -> None:
    found = importing.find(otters / "hw1.ipynb", None, None)
    before = sorted(course.root.rglob("*"))
    with pytest.raises(KeyError), importing.staged(course, found, None):
        raise KeyError
    assert sorted(course.root.rglob("*")) == before
    (course.root / "solutions" / "hw1").mkdir(parents=True)
    with pytest.raises(AutograderError, match="choose another name with -a"):
        importing.staged(course, found, None).__enter__()


# ---------------------------------------------------------------- compared with plain Otter


def test_verdicts_that_differ_and_cases_that_cannot_fail(
    otters: Path, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged_files(course, importing.find(otters / "hw1.ipynb", None, None))
    built = read_assignment(course, "hw1")
    all_pass = {q.name: {c.name: True for c in q.cases} for q in built.questions if not q.manual}
    nothing = {"q1": {"q1 - 3": True}, "q3": {}}
    plain = {
        str(built.staff / "hw1.ipynb"): all_pass,
        str(built.student / "hw1.ipynb"): {"q1": {"q1 - 3": True}, "q3": {"q3 - 2": True}},
        plain_otter.NOTHING: nothing,
    }
    monkeypatch.setattr(plain_otter, "verdicts", lambda *_: plain)
    right = grade("s", *(same_outcome(q, Outcome.PASSED, "") for q in built.questions))
    wrong = grade("s", *(same_outcome(q, Outcome.PASSED if q.name == "q1" else Outcome.FAILED, "") for q in built.questions))  # fmt: skip
    found = imported.compare(
        built, Path(), {"the solution": right, "the untouched notebook": wrong}
    )
    assert found.is_right
    assert found.differ == (
        "q1 - 1: the untouched notebook passed here, and failed in plain Otter",
        "q1 - 2: the untouched notebook passed here, and failed in plain Otter",
        "q3 - 2: the untouched notebook failed here, and passed in plain Otter",
    )
    assert found.idle == ("q1 - 3: passes without an answer",)


def test_plain_otter_says_which_cases_pass(otters: Path, tmp_path: Path) -> None:
    solution = otters / "out" / "autograder" / "hw1.ipynb"
    found = plain_otter.verdicts(archive(otters), [solution])
    every = {"q1": {f"q1 - {n}": True for n in (1, 2, 3)}, "q3": {"q3 - 1": True, "q3 - 2": True}}
    assert found[str(solution)] == every
    assert found[plain_otter.NOTHING] == {
        "q1": {"q1 - 1": False, "q1 - 2": False, "q1 - 3": True},
        "q3": {"q3 - 1": False, "q3 - 2": False},
    }
