"""The cell for Google Colab: in an empty folder under Colab's shell, and where there is no Colab."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course.config import Assignment
from autograder.notebook import otter
from tests.conftest import ROOT, notebook_of

COLAB_SHELL = """
from IPython.core.interactiveshell import InteractiveShell

class Shell(InteractiveShell):
    pass
"""
RUN = """
import json, sys
if sys.argv[1] == "colab":
    from google.colab._shell import Shell
else:
    from IPython.core.interactiveshell import InteractiveShell as Shell

shell = Shell.instance()
asked = []
shell.register_magic_function(asked.append, "line", "pip")
for cell in json.load(sys.stdin):
    done = shell.run_cell(cell)
    print(json.dumps([str(done.result), repr(done.error_in_exec)]), file=sys.stderr)
print(json.dumps(asked), file=sys.stderr)
"""


def run(cells: list[str], folder: Path, where: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Each cell's result and error, and what %pip was asked for; as Colab runs it, or as IPython."""
    package = folder.parent / "fake" / "google" / "colab"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "_shell.py").write_text(COLAB_SHELL)
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", RUN, where],
        input=json.dumps(cells),
        cwd=folder,
        env={"PYTHONPATH": str(package.parents[1]), "HOME": str(folder.parent)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    *results, asked = [json.loads(x) for x in done.stderr.splitlines() if x.startswith("[")]
    assert len(results) == len(cells)
    return [(result, error) for result, error in results], asked


def code_of(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def test_on_colab_the_notebook_alone_is_enough(tiny: Assignment, tmp_path: Path) -> None:
    names = [question.name for question in tiny.questions]
    answered = otter.with_answers(notebook_of(tiny, solved=False), {"q1": "answer = 6 * 7"}, names)
    cells = code_of(answered)
    results, asked = run(cells, tmp_path / "content", "colab")
    found = dict(zip(cells, results, strict=True))
    assert asked == ['install --quiet "otter-grader"']
    assert found['grader.check("q1")'] == ("q1 results: All test cases passed!", "None")
    assert "`squares` is not filled in yet" in found['grader.check("q2")'][0]
    assert {error for source, (_, error) in found.items() if "export" not in source} == {"None"}
    assert "not compatible with Google Colab" in results[-1][1]  # so the page says what to do
    paths = list((tiny.student / "tests").glob("*.py"))
    assert len(paths) == 3
    for path in paths:
        assert (tmp_path / "content" / "tests" / path.name).read_bytes() == path.read_bytes()


def test_on_colab_no_file_is_overwritten(tiny: Assignment, tmp_path: Path) -> None:
    own = tmp_path / "content" / "tiny.ipynb"
    own.parent.mkdir()
    own.write_text("the student's own")
    run(code_of(notebook_of(tiny, solved=False))[:1], own.parent, "colab")
    assert own.read_text() == "the student's own"
    assert (own.parent / "tests" / "q1.py").is_file()


def test_elsewhere_the_cell_does_nothing(tiny: Assignment, tmp_path: Path) -> None:
    cells = [*code_of(notebook_of(tiny, solved=False))[:1], "sorted(set(globals()) & {'json'})"]
    results, asked = run(cells, tmp_path / "content", "jupyter")
    assert (results, asked) == ([("None", "None"), ("[]", "None")], [])
    assert list((tmp_path / "content").iterdir()) == []


@pytest.mark.parametrize("solved", [False, True])
def test_the_cell_stands_below_the_title_and_no_grader_runs_it(
    tiny: Assignment, solved: bool
) -> None:
    notebook = notebook_of(tiny, solved=solved)
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds.index("code") > 0 and notebook.cells[0].source.startswith("# ")
    cell, init = notebook.cells[kinds.index("code") :][:2]
    assert '"google.colab"' in cell.source and "otter.Notebook(" in init.source
    assert cell.metadata.tags == [otter.IGNORE_TAG]


def test_it_installs_what_students_are_told_to_install() -> None:
    wanted = (ROOT / "assignments" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (otter,) = [line for line in wanted if line.startswith("otter-grader")]
    notebook = nbformat.read(ROOT / "assignments" / "mnist" / "mnist.ipynb", as_version=4)
    assert f'%pip install --quiet "{otter}"' in "\n".join(code_of(notebook))
