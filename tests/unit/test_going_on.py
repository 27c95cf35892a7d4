"""Which statement raised, what a cell goes on with, and which questions rest on it."""

from __future__ import annotations

import pytest

from autograder.notebook.going_on import MOST, MOST_SAID, GoingOn, rest_on
from autograder.notebook.imports import imported
from autograder.records import CellError, Piece, Problem, Script
from tests.grades import question, verdict

MODULE = "No module named 'seaborn'"


def script(*sources: str) -> Script:
    return Script(tuple(Piece(source, cell) for cell, source in enumerate(sources)), (), ())


def error(
    line: int, column: int = 0, kind: str = "ModuleNotFoundError", text: str = MODULE
) -> CellError:
    return CellError(kind, text, line, column)


RESTS: dict[str, tuple[str, CellError, str | None]] = {
    "the next line": ("import seaborn\nx = 1", error(1), "\nx = 1"),
    "the same line": ("import seaborn; x = 1", error(1), "x = 1"),
    "in the middle of a line": ("a = 1; import seaborn; x = 1", error(1, 7), "x = 1"),
    "in the middle, place unknown": ("a = 1; import seaborn; x = 1", error(1, -1), None),
    "nothing": ("import seaborn", error(1), ""),
    "below blank lines": ("\n\nimport seaborn\nx = 1", error(1), "\nx = 1"),
    "a compound statement": ("if True:\n    import seaborn\n    y = 1\nx = 1", error(2, 4), "\nx = 1"),
    "a decorated function": ("@seaborn.f\ndef g(): pass\nx = 1", error(1), "\nx = 1"),
    "letters of two bytes": ("ä = 'ä'; import seaborn; x = 'ö'", error(1, 11), "x = 'ö'"),
    "a timed cell": ("%%time\nimport seaborn\nx = 1", error(1), "%%time\n\nx = 1"),
    "an unknown cell magic": ("%%nothing\nx = 1", error(1, 0, "UsageError", "not found"), ""),
    "a line that is not there": ("import seaborn\nx = 1", error(9), None),
    "no line": ("import seaborn\nx = 1", error(0), None),
    "no Python": ("x = = 1", error(1), None),
    "a mistake": ("x = 1 / 0\ny = 1", error(1, 0, "ZeroDivisionError", "division by zero"), None),
    "raised by itself": ("raise ImportError\ny = 1", error(1), None),
}  # fmt: skip


@pytest.mark.parametrize("case", RESTS)
def test_what_is_still_to_be_run(case: str) -> None:
    source, claim, expected = RESTS[case]
    going_on = GoingOn(script(source), ())
    assert going_on.rest(0, claim) == expected
    assert len(going_on.problems) == (expected is not None)


def test_a_piece_that_is_not_there_or_was_left_behind() -> None:
    going_on = GoingOn(script("import seaborn", "import seaborn"), ())
    assert going_on.rest(2, error(1)) is None
    assert going_on.rest(1, error(1)) == ""
    assert going_on.rest(0, error(1)) is None


def test_a_name_of_a_failed_statement_is_missing_with_it_unless_it_was_deleted() -> None:
    claim = error(1, 0, "NameError", "name 'sns' is not defined")
    for between, expected in (("x = 1", ""), ("sns = 1\ndel sns", None)):
        going_on = GoingOn(script("import seaborn as sns", between, "y = sns.a", "z = y"), ())
        assert going_on.rest(0, error(1)) == ""
        assert going_on.rest(2, claim) == expected
        follows = error(1, 0, "NameError", "name 'y' is not defined")
        assert going_on.rest(3, follows) == expected
    assert GoingOn(script("y = sns.a"), ()).rest(0, claim) is None


def test_it_does_not_go_on_without_end() -> None:
    going_on = GoingOn(script("import seaborn\n" * 2 * MOST), ())
    rests = [going_on.rest(0, error(1)) for _ in range(MOST + 1)]
    assert (rests[MOST - 1] is None, rests[MOST]) == (False, None)
    assert len(going_on.problems) == MOST_SAID + 1
    assert going_on.problems[-1].found == {"count": MOST - MOST_SAID}


def test_questions_that_lost_points_below_such_a_line_rest_on_it() -> None:
    questions = [question(f"q{n}", ("is right", 1.0, "")) for n in range(1, 7)]
    lost = [1, 3, 4, 6]
    verdicts = [verdict(q, [0] if n in lost else []) for n, q in enumerate(questions, 1)]
    pieces = tuple(Piece("x", n, (q.name,)) for n, q in enumerate(questions))
    lacks = [Problem("not here", {"cell": 2, "line": "x", "missing": "y"})]
    (problem,) = rest_on(lacks, Script(pieces, (), ()), verdicts)
    assert problem.found == {"questions": "q3 to q4, q6", "rest": "rest", "cell": 2}
    assert not list(rest_on([], Script(pieces, (), ()), verdicts))


def test_modules_that_a_notebook_needs() -> None:
    sources = (
        "import a.b, c as d\nfrom e.f import g\nfrom . import h",
        "def f():\n    import i\ntry:\n    import j\nexcept ImportError:\n    pass",
        "%%writefile own.py\nx = 1",
        "import own",
        "x = = 1",
    )
    assert imported(script(*sources)) == {"a", "c", "e", "i"}
