"""The notebook as it was executed: its cells, with what their pieces printed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.cli import tables
from autograder.notebook.executed import exceptions, executed
from autograder.records import CellText, Piece, Script
from autograder.reports.student import cells as student

PRINTED = [{"output_type": "stream", "name": "stdout", "text": "1"}]


# the cells of the pieces, the outputs of those that were begun, and what each cell comes to
PUT_TOGETHER: dict[str, tuple[list[int], list[str], list[Any]]] = {
    "one piece each": ([0, 1], [json.dumps(PRINTED)] * 2, [PRINTED, PRINTED]),
    "two pieces of a cell": ([0, 0, 1], [json.dumps(PRINTED)] * 3, [PRINTED * 2, PRINTED]),
    "a cell without a piece": ([1], [json.dumps(PRINTED)], [[], PRINTED]),
    "a piece that was not begun": ([0, 1], [json.dumps(PRINTED)], [PRINTED, "ended early"]),
}


@pytest.mark.parametrize("case", PUT_TOGETHER)
def test_each_cell_has_what_its_pieces_printed(case: str) -> None:
    places, outputs, expected = PUT_TOGETHER[case]
    script = Script(tuple(Piece("x", cell) for cell in places), (), ())
    cells = json.loads(
        executed([CellText("code", "x"), CellText("code", "y")], script, outputs, "ended early")
    )["cells"]
    assert [cell["metadata"].get("skipped", cell.get("outputs")) for cell in cells] == expected


def test_many_cells_of_many_pieces_are_put_together() -> None:
    """One pass: for each cell over all pieces, this would take minutes."""
    count = 30_000
    script = Script(tuple(Piece("x", number % count) for number in range(2 * count)), (), ())
    cells = json.loads(executed([CellText("code", "x")] * count, script, ["[]"] * (2 * count), ""))[
        "cells"
    ]
    assert len(cells) == count


def test_what_cells_raised() -> None:
    raised = {"output_type": "error", "ename": "KeyError", "evalue": "'a\n\ud800'", "traceback": []}
    script = Script((Piece("x", 0), Piece("y", 1)), (), ())
    outputs = [json.dumps(PRINTED), json.dumps([raised])]
    text = executed([CellText("code", "x"), CellText("code", "y")], script, outputs, "")
    ((cell, what),) = exceptions(text)
    assert (cell, what.startswith("KeyError: 'a ")) == (1, True)
    assert "\ud800" not in what
    assert not list(exceptions(""))
    rows = tables.submission([], exceptions(text)).columns
    assert [str(next(iter(column.cells))) for column in rows][0::3] == ["cell 2", what]


def test_what_may_tell_of_hidden_cases_is_withheld() -> None:
    pieces = (Piece("x", 0), Piece("y", 1, ("q1",)), Piece("z", 2), Piece("z", 2))
    cells = [CellText("code", name) for name in "xyz"]
    outputs = [json.dumps(PRINTED)] * 4
    for handed_over, expected in ((set(), []), ({"q1"}, [2]), ({"q2"}, [])):
        text = executed(cells, Script(pieces, (), ()), outputs, "", handed_over)
        shown = json.loads(text)["cells"]
        assert [n for n, c in enumerate(shown) if c["metadata"].get("withheld")] == expected
        assert shown[2]["outputs"], "the staff see it"
        page = student.read(text, frozenset({"q1"})).cells
        assert ["for your instructors" in str(cell.outputs) for cell in page] == [
            number in expected for number in range(3)
        ]
