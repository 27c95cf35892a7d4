"""Which notebook counts, and where MNIST's questions are judged; nothing is executed."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from autograder import words
from autograder.course.config import Assignment
from autograder.errors import KitError, SubmissionError
from autograder.intake import collect as intake
from autograder.notebook import triage
from autograder.notebook.handout import Handout, handout
from autograder.notebook.otter import check_cells
from autograder.notebook.read import read
from autograder.records import Reading, Script
from tests.broken.damage import exported_script, good, text, to_bytes
from tests.conftest import notebook_of, opened, submission
from tests.unit.test_intake import lay


def course(assignment: Assignment) -> Handout:
    names = [question.name for question in assignment.questions]
    student, solved = (notebook_of(assignment, solved=solved) for solved in (False, True))
    return handout(student, solved, names)


def reading(assignment: Assignment, notebook: Any) -> Reading:
    return triage.reading(to_bytes(notebook), course(assignment))


def places(script: Script) -> dict[str, int]:
    return {name: piece.cell for piece in script.pieces for name in piece.checkpoints}


@pytest.mark.parametrize("solved", [False, True])
def test_each_question_of_mnist_is_judged_at_its_check(mnist: Assignment, solved: bool) -> None:
    notebook = notebook_of(mnist, solved=solved)
    names = [question.name for question in mnist.questions]
    script = reading(mnist, notebook).script
    assert places(script) == check_cells(notebook, names)
    assert (script.problems, script.remarks, script.at_end) == ((), (), ())


def test_checks_of_mnist_that_are_gone_are_after_the_answers(mnist: Assignment) -> None:
    notebook = notebook_of(mnist, solved=False)
    names = [question.name for question in mnist.questions]
    checks = check_cells(notebook, names)
    for index in checks.values():
        notebook.cells[index].source = ""
    script = reading(mnist, notebook).script
    assert places(script) == {name: index - 1 for name, index in checks.items()}
    assert len(script.problems) == len(names)


def test_an_export_is_skipped_and_says_why(mnist: Assignment) -> None:
    notebook = notebook_of(mnist, solved=False)
    cells = reading(mnist, notebook).cells
    skipped = [index for index, cell in enumerate(cells) if cell.skipped]
    assert skipped == [1, len(cells) - 1]  # the cell for Colab, the export
    assert "not run when graded" in cells[-1].skipped


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
    if expected not in contents:
        with pytest.raises(SubmissionError) as caught:
            opened(one, course(tiny))
        assert expected in str(caught.value)
        return
    chosen = opened(one, course(tiny))
    cells = read(contents[expected]).notebook.cells
    assert [cell.source for cell in chosen.cells] == [cell.source for cell in cells]
    assert "2 files were handed in" in chosen.script.remarks[0]


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
    try:
        found = reading(tiny, notebook)
        said = [*map(words.problem, found.script.problems), *found.script.remarks]
        said += [cell.skipped for cell in found.cells]
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

    monkeypatch.setattr(triage, "plan", fails)
    with pytest.raises(expected) as caught:
        opened(submission("s", good(tiny)), course(tiny))
    assert expected is not SubmissionError or "Ask the student" in str(caught.value)
    assert str(caught.value).encode() or expected is MemoryError


def read_everything(
    assignment: Assignment, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> tuple[Reading, list[str]]:
    """Read a file; return, too, all that was given to Python's parser."""
    handed_out, parsed, parse = course(assignment), list[str](), ast.parse

    def counted(source: str, *arguments: Any, **more: Any) -> Any:
        parsed.append(source)
        return parse(source, *arguments, **more)

    monkeypatch.setattr(ast, "parse", counted)
    return triage.reading(content, handed_out), parsed


@pytest.mark.parametrize("which", ["mnist", "tiny"])
@pytest.mark.parametrize("solved", [False, True])
def test_each_cell_and_piece_is_parsed_once(
    which: str, solved: bool, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = request.getfixturevalue(which)
    notebook = notebook_of(assignment, solved=solved)
    code = sum(cell.cell_type == "code" for cell in notebook.cells)
    assert code >= (30 if which == "mnist" else 9)
    read, parsed = read_everything(assignment, to_bytes(notebook), monkeypatch)
    checkpoints = sum(bool(piece.checkpoints) for piece in read.script.pieces)
    assert len(parsed) <= len(read.cells) + checkpoints
    assert len(set(parsed)) == len(parsed) >= code - 1


def test_cells_with_magics_are_parsed_as_written_and_as_ipython_runs_them(
    tiny: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = "answer = 6 * 7\n%matplotlib inline\n!make"
    _, parsed = read_everything(tiny, to_bytes(text(5, source)(good(tiny))), monkeypatch)
    assert [each for each in parsed if each.startswith("answer")] == [
        source,
        "answer = 6 * 7\nget_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().system('make')\n",
    ]


def test_each_of_several_files_is_read_once(
    tiny: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = files(tiny)
    names = {"a.ipynb": "other", "b.ipynb": "stub", "tiny.ipynb": "solved", "z.ipynb": "wrong"}
    lay(tmp_path, {f"submission_7/{name}": contents[what] for name, what in names.items()})
    (submitted,) = intake.collect([tmp_path])
    seen = []
    monkeypatch.setattr(triage, "read", lambda content: seen.append(content) or read(content))
    opened(submitted, course(tiny))
    assert sorted(seen) == sorted(contents[what] for what in names.values())


def test_a_reading_is_plain_data(mnist: Assignment) -> None:
    plain = asdict(reading(mnist, notebook_of(mnist, solved=True)))
    assert json.loads(json.dumps(plain)) == as_lists(plain)


def as_lists(value: Any) -> Any:
    """Data as it comes out of JSON."""
    if isinstance(value, dict):
        return {key: as_lists(each) for key, each in value.items()}
    return [as_lists(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("what", ["solved", "stub", "wrong"])
def test_line_ends_never_matter(end: str, what: str, tiny: Assignment) -> None:
    content = files(tiny)[what]
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", end)
    assert notebook != json.loads(content)
    assert reading(tiny, notebook) == triage.reading(content, course(tiny))


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_of_scripts_never_matter(end: bytes, tiny: Assignment) -> None:
    script = exported_script(good(tiny))
    assert triage.reading(script.replace(b"\n", end), course(tiny)) == triage.reading(
        script, course(tiny)
    )


def test_what_is_asked_for_is_a_sentence_for_each_reader(tiny: Assignment) -> None:
    with pytest.raises(SubmissionError) as caught:
        triage.reading(files(tiny)["other"], course(tiny))
    assert str(caught.value).endswith("checks and names. Ask for tiny.ipynb.")
    student = words.problem_for_student(caught.value.problem) or ""
    assert student.endswith("checks and names. Hand in tiny.ipynb.")


MAKERS = {"Problem", "_guess", "_refused", "_say"}
"""What makes a problem in this room; its first argument is the kind, further texts are asks."""


def made_problems() -> Iterator[tuple[str, list[str]]]:
    """Each kind that is written down in the room, with what may be asked for with it."""
    for path in sorted(Path(triage.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in MAKERS:
                texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
                if texts:
                    yield texts[0], texts[1:]


def test_every_problem_has_words_and_every_ask_has_two() -> None:
    problems = list(made_problems())
    assert len(problems) > 25
    assert {kind for kind, _ in problems} <= set(words.PROBLEMS)
    assert {ask for _, asks in problems for ask in asks} <= set(words.ASKS)
