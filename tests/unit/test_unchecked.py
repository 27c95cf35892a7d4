"""Questions without a check cell, tests in metadata, seeds before cells: nothing is executed."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from autograder.notebook import triage
from autograder.notebook.cut import seeded
from autograder.notebook.handout import Handout, handout
from autograder.records import Piece, Script

QUESTIONS = ("q1", "q2", "q3")


def notebook(**answers: str) -> Any:
    """Three questions: q1 has a check, q2 a mark in its answer's metadata, q3 nothing."""
    made = nbformat.v4.new_notebook()
    for question in QUESTIONS:
        cell = nbformat.v4.new_code_cell(answers.get(question, f"{question}_name = 1"))
        cell.id, cell.metadata["tags"] = question, ["otter_answer_cell"]
        made.cells.append(cell)
        if question == "q1":
            made.cells.append(nbformat.v4.new_code_cell('grader.check("q1")', id="check"))
    made.cells[2].metadata["otter"] = {"tests": ["q2"]}
    made.cells[3].metadata.pop("tags")
    return made


@pytest.fixture
def course() -> Handout:
    return handout(notebook(), notebook(), QUESTIONS)


def planned(course: Handout, handed_in: Any) -> Script:
    return triage.reading(nbformat.writes(handed_in).encode(), course).script


def places(script: Script) -> dict[str, int]:
    return {name: piece.cell for piece in script.pieces for name in piece.checkpoints}


def test_each_is_judged_where_otter_does(course: Handout) -> None:
    script = planned(course, notebook())
    assert (places(script), script.at_end) == ({"q1": 1, "q2": 2}, ("q3",))
    assert script.problems == ()


def test_without_its_mark_a_question_is_judged_after_its_answer(course: Handout) -> None:
    handed_in = notebook(q2="q2_name = 5")
    handed_in.cells[2].metadata = {}
    script = planned(course, handed_in)
    assert (places(script)["q2"], script.problems) == (2, ())


def test_a_mark_on_text_judges_after_the_code_above_it(course: Handout) -> None:
    handed_in = notebook()
    text = nbformat.v4.new_markdown_cell("text", metadata={"otter": {"tests": ["q2"]}})
    handed_in.cells[2] = text
    assert places(planned(course, handed_in))["q2"] == 1


MARKS = {"no list": {"tests": "q2"}, "no names": {"tests": [1, None]}, "nothing": [], "other": {"tests": ["q9"]}}  # fmt: skip


@pytest.mark.parametrize("case", MARKS)
def test_marks_that_are_none_are_passed_over(case: str, course: Handout) -> None:
    handed_in = json.loads(nbformat.writes(notebook()))
    handed_in["cells"][2]["metadata"]["otter"] = MARKS[case]
    script = triage.reading(json.dumps(handed_in).encode(), course).script
    assert places(script)["q2"] == 2


def test_a_check_that_was_deleted_is_still_a_problem(course: Handout) -> None:
    handed_in = notebook()
    del handed_in.cells[1]
    (problem,) = planned(course, handed_in).problems
    assert (problem.kind, problem.found["question"]) == ("no check", "q1")


def test_tests_in_metadata_become_files_for_the_sandbox() -> None:
    made = notebook()
    spec = {"name": "q1", "suites": [{"cases": [{"code": ">>> q1_name\n1"}]}]}
    made.metadata["otter"] = {"OK_FORMAT": True, "tests": {"q1": spec, "q2": "OK_FORMAT = False"}}
    files = handout(made, made, QUESTIONS).tests
    names: dict[str, Any] = {}
    exec(files["tests/q1.py"], names)
    assert (names["OK_FORMAT"], names["test"]) == (True, spec)
    assert files["tests/q2.py"] == "OK_FORMAT = False"
    assert handout(notebook(), notebook(), QUESTIONS).tests == {}


def test_code_before_cells_stands_before_the_first_piece_of_each() -> None:
    pieces = [Piece("a", 0), Piece("check", 0, ("q1",), True), Piece("%%time\nb", 1), Piece("c", 2)]
    script = Script(tuple(pieces), (), ())
    found = [(piece.source, piece.cell) for piece in seeded(script, "seed").pieces]
    assert found == [("seed", 0), ("a", 0), ("check", 0), ("%%time\nb", 1), ("seed", 2), ("c", 2)]
    assert seeded(script, "") == script
