"""Which notebook counts, and where MNIST's questions are judged; nothing is executed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from autograder import words
from autograder.course.config import Assignment
from autograder.errors import KitError, SubmissionError
from autograder.intake import collect as intake
from autograder.notebook import read as formats
from autograder.notebook import triage
from autograder.notebook.cells import check_cells
from tests.broken.damage import good, text, to_bytes
from tests.conftest import notebook_of, submission
from tests.unit.test_intake import lay

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
    cells = formats.read(contents[expected]).notebook.cells
    assert found == hashlib.sha256(to_bytes([cell.source for cell in cells])).digest()
    assert "2 files were handed in" in script.remarks[0]


# what a student's file can hold in each cell, and how it was written down
ODD: dict[str, Any] = {
    "an id that is no text": {"id": {"a": 1}},
    "an id that is a list": {"id": [1]},
    "half a character as type": {"cell_type": "\ud800"},
    "half a character as id": {"id": "\ud800"},
}


@pytest.mark.parametrize("minor", [4, 5])
@pytest.mark.parametrize("case", ODD)
def test_odd_cells_are_graded_and_what_is_said_can_be_printed(
    case: str, minor: int, tiny: Assignment
) -> None:
    notebook = json.loads(json.dumps(good(tiny)))
    notebook["nbformat_minor"] = minor
    notebook["metadata"]["kernelspec"] = {"name": "R\ud800"}
    for cell in notebook["cells"]:
        cell.update(ODD[case])
    reference, solution = notebook_of(tiny, solved=False), notebook_of(tiny, solved=True)
    try:
        _, script = triage.opened(submission("s", notebook), reference, solution, QUESTIONS)
        said = [*map(words.problem, script.problems), *script.remarks, *script.skipped.values()]
    except SubmissionError as error:
        said = [str(error)]
    assert "".join(said).encode()


# what reading a file may provoke, and whose fault it is
PROVOKED = [
    (TypeError("unhashable"), SubmissionError),
    (AttributeError("\ud800"), SubmissionError),
    (RecursionError(), SubmissionError),
    (MemoryError(), MemoryError),
    (OSError(5, "Input/output error"), OSError),
    (KitError("changed while it was graded"), KitError),
]


@pytest.mark.parametrize(("provoked", "expected"), PROVOKED)
def test_what_a_file_provokes_is_its_own_fault(
    provoked: Exception,
    expected: type[Exception],
    tiny: Assignment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: Any) -> Any:
        raise provoked

    monkeypatch.setattr(triage, "script", fails)
    reference, solution = notebook_of(tiny, solved=False), notebook_of(tiny, solved=True)
    with pytest.raises(expected) as caught:
        triage.opened(submission("s", good(tiny)), reference, solution, QUESTIONS)
    assert expected is not SubmissionError or "Ask the student" in str(caught.value)
    assert str(caught.value).encode() or expected is MemoryError
