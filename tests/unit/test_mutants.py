"""Mutants: one change each, the same ones each time."""

from __future__ import annotations

import ast

import nbformat
import pytest

from autograder import mutants

SOURCE = 'x = raw_train.reshape((4, 2)).astype("float32") / 3\nprint("x", x)\ny = f(a, b, axis=1)'


def made(source: str) -> dict[str, str]:
    """What each mutant says, and its source."""
    answer = nbformat.v4.new_code_cell(source)
    answer.metadata["tags"] = ["otter_answer_cell"]
    cells = [answer, nbformat.v4.new_code_cell('grader.check("q1")')]
    found = mutants.of_solution(nbformat.v4.new_notebook(cells=cells), ["q1"])
    assert len({mutant.name for mutant in found}) == len(found)
    return {mutant.says: mutant.source for mutant in found}


CHANGES = {
    "Div becomes Mult": "* 3",
    "3 becomes 4": "/ 4",
    "4 becomes 2": "reshape((2, 2))",
    "'float32' becomes 'uint8'": '("uint8")',
    "raw_train becomes raw_test": "raw_test.reshape",
    "the call of astype is left out": "reshape((4, 2)) / 3",
    "the two sides of the operator change places": "3 / raw_train",
    "axis= is left out": "f(a, b)",
    "the two arguments change places": "f(b, a, axis=1)",
    "the last argument is left out": "f(a, axis=1)",
}


@pytest.mark.parametrize("says", CHANGES)
def test_a_change_is_made(says: str) -> None:
    (source,) = [source for text, source in made(SOURCE).items() if text.endswith(says)]
    assert CHANGES[says].replace('"', "'") in source


def test_mutants_are_python_differ_and_leave_what_is_printed() -> None:
    found = made(SOURCE)
    plain = ast.unparse(ast.parse(SOURCE))
    assert len(set(found.values())) == len(found) > 20
    assert found == made(SOURCE)
    for source in found.values():
        ast.parse(source)
        assert source != plain
        assert "print('x', x)" in source
