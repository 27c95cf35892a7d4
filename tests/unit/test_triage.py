"""Which notebook counts, and where MNIST's questions are judged; nothing is executed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from autograder import intake, triage
from autograder.course import Assignment
from autograder.errors import SubmissionError
from autograder.notebook import check_cells
from tests.broken.damage import good, text, to_bytes
from tests.conftest import notebook_of, submission
from tests.unit.test_intake import lay

pytestmark = pytest.mark.filterwarnings("ignore")
QUESTIONS = ["q1", "q2", "q3"]


def plan(assignment: Assignment, notebook: Any) -> triage.Script:
    names = [question.name for question in assignment.questions]
    reference = notebook_of(assignment, solved=False)
    solution = notebook_of(assignment, solved=True)
    return triage.opened(submission("s", to_bytes(notebook)), reference, solution, names)[1]


def places(script: triage.Script) -> dict[str, int]:
    return {name: piece.cell for piece in script.pieces for name in piece.checkpoints}


@pytest.mark.parametrize("solved", [False, True])
def test_each_question_of_mnist_is_judged_at_its_check(mnist: Assignment, solved: bool) -> None:
    notebook = notebook_of(mnist, solved=solved)
    names = [question.name for question in mnist.questions]
    script = plan(mnist, notebook)
    assert places(script) == check_cells(notebook, names)
    assert (script.problems, script.remarks, script.at_end) == ((), (), ())


def test_checks_of_mnist_that_are_gone_are_after_the_answers(mnist: Assignment) -> None:
    notebook = notebook_of(mnist, solved=False)
    names = [question.name for question in mnist.questions]
    checks = check_cells(notebook, names)
    for index in checks.values():
        notebook.cells[index].source = ""
    script = plan(mnist, notebook)
    assert places(script) == {name: index - 1 for name, index in checks.items()}
    assert len(script.problems) == len(names)


def test_an_export_is_skipped_and_says_why(mnist: Assignment) -> None:
    notebook = notebook_of(mnist, solved=False)
    script = plan(mnist, notebook)
    assert list(script.skipped) == [1, len(notebook.cells) - 1]  # the cell for Colab, the export
    assert "not run when graded" in script.skipped[len(notebook.cells) - 1]


def files(tiny: Assignment) -> dict[str, bytes]:
    solved, stub = good(tiny), notebook_of(tiny, solved=False)
    return {
        "solved": to_bytes(solved),
        "stub": to_bytes(stub),
        "wrong": to_bytes(text(4, "answer = 1")(good(tiny))),
        "other": b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []}',
        "broken": b'{"nbformat": 4,',
    }


# what is in one student's folder, by name, and what comes of it: content, or part of the reason
CHOICES: dict[str, tuple[dict[str, str], str]] = {
    "one of this assignment": ({"a.ipynb": "other", "b.ipynb": "solved"}, "solved"),
    "one that is not damaged": ({"a.ipynb": "broken", "b.ipynb": "solved"}, "solved"),
    "one that was begun": ({"tiny.ipynb": "stub", "mine.ipynb": "solved"}, "solved"),
    "twice the same": ({"a.ipynb": "solved", "b.ipynb": "solved"}, "solved"),
    "by its name": ({"old.ipynb": "wrong", "tiny.ipynb": "solved"}, "solved"),
    "two": ({"a.ipynb": "wrong", "b.ipynb": "solved"}, "2 notebooks of this assignment (submission_7/a.ipynb, submission_7/b.ipynb). Ask which"),
    "none": ({"a.ipynb": "other", "b.ipynb": "broken"}, "none is a notebook of this assignment. Ask for tiny.ipynb"),
    "none was begun": ({"a.ipynb": "stub", "tiny.ipynb": "stub"}, "stub"),
}  # fmt: skip


@pytest.mark.parametrize("case", CHOICES)
def test_which_of_several_counts(case: str, tiny: Assignment, tmp_path: Path) -> None:
    names, expected = CHOICES[case]
    contents = files(tiny)
    lay(tmp_path, {f"submission_7/{name}": contents[what] for name, what in names.items()})
    (one,) = intake.collect([tmp_path])
    reference, solution = notebook_of(tiny, solved=False), notebook_of(tiny, solved=True)
    if expected not in contents:
        with pytest.raises(SubmissionError) as caught:
            triage.opened(one, reference, solution, QUESTIONS)
        assert expected in str(caught.value)
        return
    notebook, script = triage.opened(one, reference, solution, QUESTIONS)
    found = hashlib.sha256(to_bytes([cell.source for cell in notebook.cells])).digest()
    cells = triage.formats.read(contents[expected]).notebook.cells
    assert found == hashlib.sha256(to_bytes([cell.source for cell in cells])).digest()
    assert "2 files were handed in" in script.remarks[0]
