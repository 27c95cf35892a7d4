"""Reading notebooks, cutting them around checks, and finding answers whose check is gone."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import SubmissionError
from autograder.notebook import cells, otter, triage
from autograder.notebook import read as formats
from autograder.notebook.cells import cells_of
from autograder.notebook.handout import handout
from autograder.notebook.read import read
from autograder.reader import zips
from autograder.records import Piece, Script

QUESTIONS = ["q1", "q2"]


def code(source: str, *tags: str, identity: str = "") -> Any:
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)} if tags else {})
    if identity:
        cell.id = identity
    return cell


def book(*cells: Any) -> Any:
    made = [code(cell) if isinstance(cell, str) else cell for cell in cells]
    return nbformat.v4.new_notebook(cells=made)


def to_bytes(**changes: Any) -> bytes:
    plain: dict[str, Any] = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
    return json.dumps({**plain, **changes}).encode()


def plain_cell(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], **more}


def old_version(**more: Any) -> bytes:
    cells = [{"cell_type": "code", "input": ["x\n"], "outputs": []}]
    plain = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    return json.dumps({**plain, **more}).encode()


def as_read(notebook: Any) -> Any:
    return read(json.dumps(notebook).encode()).notebook


def plan(notebook: Any, reference: Any, solution: Any, questions: list[str]) -> Script:
    return triage.plan(cells_of(notebook), handout(reference, solution, questions))[0]


def cut(*sources: str, questions: list[str] = QUESTIONS) -> list[tuple[Any, ...]]:
    """Pieces as (source, checkpoints), with a third item where a piece is a check."""
    script = plan(as_read(book(*sources)), book(), book(), questions)
    return [(p.source, *p.checkpoints, *([True] if p.is_check else [])) for p in script.pieces]


# ---------------------------------------------------------------- reading

READABLE: dict[str, tuple[bytes, list[str]]] = {
    "no cells": (to_bytes(), []),
    "a byte order mark": (b"\xef\xbb\xbf" + to_bytes(cells=[plain_cell("x")]), ["x"]),
    "UTF-16": (to_bytes(cells=[plain_cell("é")]).decode().encode("utf-16"), ["é"]),
    "Windows-1252": (to_bytes(cells=[plain_cell("E")]).replace(b"E", b"\xe9"), ["é"]),
    "zeros at the end": (to_bytes(cells=[plain_cell("x")]) + bytes(9), ["x"]),
    "a script": (b"# %% [markdown]\n# Hello\n\n# %%\nx = 1\n", ["Hello", "x = 1"]),
    "an exported script": (b"#!/usr/bin/env python\n\n# In[1]:\n\nx = 1\n", ["\nx = 1"]),
    "white space around": (b"\n " + to_bytes(cells=[plain_cell("x")]) + b"\n\n", ["x"]),
    "source as lines": (to_bytes(cells=[plain_cell(["x\n", "y"])]), ["x\ny"]),
    "source as no lines": (to_bytes(cells=[plain_cell([])]), [""]),
    "not a number in it": (to_bytes(metadata={"x": float("nan")}), []),
    "version 3": (old_version(), ["x\n"]),
    "version 4.0, no ids": (to_bytes(nbformat_minor=0, cells=[plain_cell("x")]), ["x"]),
    "a newer version": (to_bytes(nbformat_minor=99, cells=[plain_cell("x", new=1)]), ["x"]),
    "ids that are no text": (
        to_bytes(nbformat_minor=4, cells=[plain_cell("x", id={"a": 1}), plain_cell("y", id=[1])]),
        ["x", "y"],
    ),
    "version 3 with cells that are none": (old_version(cells=[5]), ["x\n"]),
    "version 3 with cells that are null": (old_version(cells=None), ["x\n"]),
    "no metadata of its own": (to_bytes(metadata={}, cells=[plain_cell("é😀")]), ["é😀"]),
}


@pytest.mark.parametrize("case", READABLE)
def test_notebooks_of_every_kind_are_read(case: str) -> None:
    content, sources = READABLE[case]
    assert [cell.source for cell in read(content).notebook.cells] == sources


def without(*keys: str, value: Any = None, old: bool = False) -> bytes:
    """A notebook whose metadata is missing or something else, of its cells or its own."""
    cell = plain_cell("x")
    whole = json.loads(old_version() if old else to_bytes(cells=[cell]))
    cells = whole["worksheets"][0]["cells"] if old else whole["cells"]
    for thing in [whole] * ("own" in keys) + cells * ("cells" in keys):
        thing.pop("metadata", None)
        if value is not None:
            thing["metadata"] = value
    return json.dumps(whole).encode()


REPAIRED: dict[str, bytes] = {
    "cells without": without("cells"),
    "cells with a list": without("cells", value=[]),
    "cells with text": without("cells", value="x"),
    "none of its own": without("own"),
    "a list of its own": without("own", value=[]),
    "none at all": without("own", "cells"),
    "version 3, none at all": without("own", "cells", old=True),
}


@pytest.mark.parametrize("case", REPAIRED)
def test_metadata_that_is_missing_is_repaired_and_said(case: str) -> None:
    opened = read(REPAIRED[case])
    assert [cell.source.strip() for cell in opened.notebook.cells] == ["x"]
    assert any("that was repaired" in remark for remark in opened.remarks)
    for thing in (opened.notebook, *opened.notebook.cells):
        assert isinstance(thing.metadata, dict)


UNREADABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "the file is empty"),
    "white space": (b" \n", "the file is empty"),
    "text": (b"My answer is 0.98", "not JSON"),
    "a web page": (b"<!DOCTYPE html><html></html>", "a web page"),
    "a PDF": (b"%PDF-1.7 \xff", "a PDF"),
    "cut short": (to_bytes()[:-5], "cut short"),
    "conflict marks": (b"<<<<<<< HEAD\n" + to_bytes(), "conflict marks"),
    "nested without end": (b"[" * 200_000, "not JSON"),
    "an archive": (b"PK\x03\x04\xff\xfe", "a zip"),
    "bytes": (b"\x80\0\xff" * 9, "not UTF-8"),
    "a script that is too long": (b"# %%\n" * 1_001, "too long"),
    "a script of Colab": (
        b'"""x.ipynb\n\nAutomatically generated by Colab.\n"""\nx = 1',
        "Ask for the .ipynb file .in Colab",
    ),
    "a list": (b"[]", "without `nbformat`"),
    "null": (b"null", "without `nbformat`"),
    "an empty object": (b"{}", "without `nbformat`"),
    "nbformat as text": (to_bytes(nbformat="4"), "without `nbformat`"),
    "nbformat 99": (to_bytes(nbformat=99), "damaged"),
    "no list of cells": (to_bytes(cells=None), "damaged"),
    "cells as text": (to_bytes(cells="abc"), "damaged"),
    "cell as text": (to_bytes(cells=["abc"]), "damaged"),
    "cell without source": (to_bytes(cells=[{"cell_type": "code", "metadata": {}}]), "damaged"),
    "cell without type": (to_bytes(cells=[{"source": "x", "metadata": {}}]), "damaged"),
    "source as number": (to_bytes(cells=[plain_cell(1)]), "damaged"),
    "source as object": (to_bytes(cells=[plain_cell({"a": 1})]), "damaged"),
    "objects without end": (
        to_bytes(metadata={"x": [{}] * formats.MAX_BRACKETS}),
        "many lists and objects",
    ),
    "cells without end": (to_bytes(cells=[plain_cell("x")] * 20_000), "20000 cells"),
    "code without end": (
        to_bytes(cells=[plain_cell("x = [" + "1," * 25_000 + "]")] * 4),
        "more code than",
    ),
    "shell lines without end": (to_bytes(cells=[plain_cell("!a\n" * 500)] * 9), "more code than"),
    "lines as numbers": (to_bytes(cells=[plain_cell([1, 2])]), "damaged"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_not_a_notebook_says_so_and_what_to_do(case: str) -> None:
    content, reason = UNREADABLE[case]
    assert len(content) < zips.MAX_KEPT
    with pytest.raises(SubmissionError, match=reason) as caught:
        read(content)
    assert "Ask" in str(caught.value) or "a cell's source" in str(caught.value)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
CELLS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JUNK,
            "metadata": st.dictionaries(st.sampled_from(["tags", "x"]), JUNK) | JUNK,
            "source": st.text(max_size=9) | JUNK,
            "outputs": JUNK,
            "id": JUNK,
        },
    )
    | JUNK,
    max_size=3,
)


@settings(max_examples=200, deadline=None)
@given(CELLS | JUNK, st.integers(0, 6), JUNK)
def test_any_json_is_a_script_or_is_refused(cells: Any, minor: int, metadata: Any) -> None:
    content = to_bytes(cells=cells, nbformat_minor=minor, metadata=metadata)
    try:
        found = read(content).notebook
    except SubmissionError:
        return
    script = plan(found, book(), book(), QUESTIONS)
    judged = {name for piece in script.pieces for name in piece.checkpoints} | set(script.at_end)
    assert judged == set(QUESTIONS)


# ---------------------------------------------------------------- cutting

Q1, Q2 = ("grader.check('q1')", "q1", True), ("grader.check('q2')", "q2", True)
CUT: dict[str, tuple[str, list[tuple[Any, ...]]]] = {
    "no check": ("x = 1\ny = 2", [("x = 1\ny = 2",)]),
    "empty": ("", []),
    "only white space": ("  \n", []),
    "a check alone": ("grader.check('q1')", [Q1]),
    "a check last": ("x = 1\ngrader.check('q1')", [("x = 1",), Q1]),
    "a check first": ("grader.check('q1')\nx = 1", [Q1, ("\nx = 1",)]),
    "two checks": ("x = 1\ngrader.check('q1')\ny = 2\ngrader.check('q2')\nz", [
        ("x = 1",), Q1, ("y = 2",), Q2, ("\nz",)]),
    "one twice": ("grader.check('q1')\ngrader.check('q1')", [Q1, Q1]),
    "one line": ("x = 1; grader.check('q1'); y = 2", [("x = 1",), Q1, ("y = 2",)]),
    "trailing semicolon": ("grader.check('q1');", [Q1]),
    "a comment after": ("grader.check('q1')  # mine", [Q1, ("# mine",)]),
    "a line magic": ("%matplotlib inline\nx = 1\ngrader.check('q1')", [
        ("get_ipython().run_line_magic('matplotlib', 'inline')\nx = 1",), Q1]),
    "a shell line": ("!make\ngrader.check('q1')", [("get_ipython().system('make')",), Q1]),
    "a shell line that only shows": ("!ls\ngrader.check('q1')", [("pass",), Q1]),
    "a timed cell": ('%%time\nx = "1"\ngrader.check("q1")', [('%%time\nx = "1"\ngrader.check("q1")', "q1")]),
    "indented": ("    x = 1\n    grader.check('q1')", [("x = 1",), Q1]),
    "a syntax error": ("x = = 1\ngrader.check('q1')", [("x = = 1\ngrader.check('q1')", "q1")]),
    "in a loop": ("for _ in []:\n    grader.check('q1')", [("for _ in []:\n    grader.check('q1')", "q1")]),
    "in an if": ("if 1:\n    grader.check('q1')", [("if 1:\n    grader.check('q1')", "q1")]),
    "in a function": ("def f():\n    grader.check('q1')", [("def f():\n    grader.check('q1')", "q1")]),
    "in a list": ("[grader.check(q) for q in ['q1']]", [("[grader.check(q) for q in ['q1']]",)]),
    "assigned": ("x = 1\nr = grader.check('q1')\nr", [("x = 1",), ("r = grader.check('q1')", "q1", True), ("\nr",)]),
    "other quotes": ('grader.check( "q1" )', [('grader.check( "q1" )', "q1", True)]),
    "other name": ("g.check('q1')", [("g.check('q1')", "q1", True)]),
    "other question": ("x\ngrader.check('q9')", [("x",), ("grader.check('q9')", True)]),
    "several lines": ("x = 1\ngrader.check(\n    'q1'\n)\ny", [("x = 1",), ("grader.check(\n    'q1'\n)", "q1", True), ("\ny",)]),
    "no Latin letters": ("naïve = '😀é'; grader.check('q1'); y = 'ü'", [("naïve = '😀é'",), Q1, ("y = 'ü'",)]),
    "CRLF": ("x = 1\r\ngrader.check('q1')\r\ny = 2", [("x = 1",), Q1, ("\ny = 2",)]),
    "tabs": ("if 1:\n\tx = 1\ngrader.check('q1')\nif x:\n\ty = 2", [("if 1:\n\tx = 1",), Q1, ("\nif x:\n\ty = 2",)]),
    "a decorator": ("grader.check('q1')\n@f\ndef g(): ...", [Q1, ("\n@f\ndef g(): ...",)]),
    "a text of several lines": ("t = '''\n  a\n'''\ngrader.check('q1')", [("t = '''\n  a\n'''",), Q1]),
    "check_all": ("x\ngrader.check_all()\ny", [("x",), ("\ny",)]),
    "check_all alone": ("grader.check_all()", []),
    "export": ("x = 1\ngrader.export(pdf=False, run_tests=False)", [("x = 1",)]),
    "export assigned": ("e = grader.export()", []),
    "export and a syntax error": ("x = = 1\n  grader.export(force_save=True);\ny", [("x = = 1\n\ny",)]),
    "line separator": ("s = 'a\u2028b\x0c'\ngrader.check('q1')", [("s = 'a\u2028b\x0c'",), Q1]),
    "next line": ("s = 'a\x85b\x1c'\ngrader.check('q1')\ny", [("s = 'a\x85b\x1c'",), Q1, ("\ny",)]),
    "form feed": ("x = 1\n\x0c\ny = 2\ngrader.check('q1')", [("x = 1\n\x0c\ny = 2",), Q1]),
    "NUL": ("x = 1\0\ngrader.check('q1')", [("x = 1\0\ngrader.check('q1')", "q1")]),
    "half a character": ("x = '\ud800'\ngrader.check('q1')", [("x = '?'",), Q1]),
}  # fmt: skip


@pytest.mark.parametrize("case", CUT)
def test_cells_are_cut_around_checks(case: str) -> None:
    source, pieces = CUT[case]
    assert cut(source) == pieces


# cells, and the lines of them that are left out
LEFT_OUT: dict[str, tuple[list[str], list[str]]] = {
    "the grader's export": (["grader.export()"], []),
    "another name of the grader": (["g = otter.Notebook()\ng.check('q1')", "z = g.export()"], []),
    "an object's own export": (["server = box.export(1)"], ["server = box.export(1)"]),
    "a model's own export": (["model.export('m')"], ["model.export('m')"]),
    "a model's own, below a magic": (["%%time\nmodel.export('m')"], ["%%time\nmodel.export('m')"]),
    "Colab's": (["from google.colab import files", "n = files.upload()"], []),
    "Colab's, then one's own": (
        ["from google.colab import files\nu = files.upload()", "files = ['a']", "n = files.index('a')"],
        ["files = ['a']", "n = files.index('a')"],
    ),
    "Colab's, then a loop's": (
        ["from google.colab import files", "for files in []: pass", "n = files.index('a')"],
        ["for files in []: pass", "n = files.index('a')"],
    ),
    "Colab's, then another import": (
        ["from google.colab import files", "import a as files", "n = files.index('a')"],
        ["import a as files", "n = files.index('a')"],
    ),
    "Colab's, and a function's own": (
        ["from google.colab import files", "def f(): files = 1", "u = files.upload()"],
        ["def f(): files = 1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_OUT)
def test_only_what_is_not_the_students_own_is_left_out(case: str) -> None:
    sources, expected = LEFT_OUT[case]
    kept = [piece[0] for piece in cut(*sources)]
    assert [each for each in kept if "otter" not in each and ".check" not in each] == expected


TIMED = [
    ("%%time\ns = \"a\"\ngrader.check('q1')", True),
    ("%%time\nx = 1\ngrader.check_all()", False),
    ("%%time\ngrader.export()\nx = 1", False),
]


@pytest.mark.parametrize(("source", "checked"), TIMED)
def test_cells_under_a_magic_are_judged_and_never_export(source: str, checked: bool) -> None:
    pieces = cut(source)
    assert [piece[1:] for piece in pieces] == [("q1",) if checked else ()]
    assert "check_all" not in pieces[0][0] and "export" not in pieces[0][0]


LINES = st.sampled_from(
    [
        "x = 1",
        "s = 'é\u2028😀'",
        "",
        "# c",
        "if x:\n    y = 2",
        "t = '''\n\n'''",
        "%matplotlib inline",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES | st.just("grader.check('q1')") | st.just("grader.check('q2')")))
def test_cutting_loses_nothing_and_keeps_the_order(lines: list[str]) -> None:
    pieces = cut("\n".join(lines))
    kept = "".join(piece[0] for piece in pieces)
    whole = cells.as_python("\n".join(lines)).text
    assert [c for c in kept if not c.isspace()] == [c for c in whole if not c.isspace()]
    checks = [line[-4:-2] for line in lines if line.startswith("grader")]
    assert [piece[1] for piece in pieces if piece[-1] is True] == checks


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40) | st.text(alphabet="grade.check('q1')x=;%! \t\n\r\\\"#[{", max_size=40))
def test_any_source_is_cut_without_an_exception(source: str) -> None:
    pieces = cut(source, source + "\ngrader.check('q1')")
    assert pieces and all(isinstance(piece[0], str) for piece in pieces)


# one pass is done at once; with a pass from every place, each of these would take minutes
LARGE: dict[str, list[str]] = {
    "a long word, not Python": ["a" * 500_000 + " !"],
    "spaces after words, not Python": [("a" + " " * 50_000) * 9 + " !"],
    "operators in long runs": [("x = " + "-" * 2_999 + "1\n") * 30],
    "brackets in spaces": ["x = " + ("(" + " " * 1_000) * 900 + "!"],
    "names in many cells": [f"a{number} = 1" for number in range(9_999)],
    "leftovers on one line": ["import google.colab;" * 12_000 + f"x = '{'a' * 2_500_000}'"],
}


@pytest.mark.parametrize("case", LARGE)
def test_large_cells_are_cut_in_one_pass(case: str) -> None:
    cells = [{"cell_type": "code", "source": source, "metadata": {}} for source in LARGE[case]]
    notebook = nbformat.from_dict({"cells": cells, "metadata": {}})
    script = plan(notebook, REFERENCE, SOLUTION, QUESTIONS)
    assert script.at_end == tuple(QUESTIONS)


DEEP = [
    ("x = " + "-" * 2_000 + "1", True),
    ("x = " + "-" * 3_000 + "1", False),
    ("x = " + "- \t" * 3_000 + "1", False),
    ("x = [" + "-" * 2_000 + "1," + "-" * 2_000 + "1]", True),
]


@pytest.mark.parametrize(("source", "parsed"), DEEP)
def test_what_is_nested_too_deep_is_not_parsed(
    source: str, parsed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(cells.ast, "parse", seen.append)
    with suppress(AttributeError):
        cells.statements(source)
    assert bool(seen) == parsed


def test_ignored_cells_and_prose_are_not_run() -> None:
    prose = nbformat.v4.new_markdown_cell("grader.check('q1')")
    script = plan(
        book(prose, code("grader.check('q1')", "otter_ignore"), "x = 1"), book(), book(), ["q1"]
    )
    assert script.pieces == (Piece("x = 1", 2),)
    assert script.at_end == ("q1",)


# ---------------------------------------------------------------- checks that are gone

REFERENCE = book(
    code("a = ...", "otter_answer_cell", identity="id-a"),
    "grader.check('q1')",
    code("b = ...", "otter_answer_cell", identity="id-b"),
    code("# more\n...", "otter_answer_cell", identity="id-c"),
    "grader.check('q2')",
)
SOLUTION = book(
    code("a = 1", "otter_assign_solution_cell"),
    "grader.check('q1')",
    code("b, *rest = 1, 2\nself.x = 1", "otter_assign_solution_cell"),
    code("c: int = 3\nd += 1", "otter_assign_solution_cell"),
    "grader.check('q2')",
)
ELSEWHERE = code("print('nothing')", identity="id-x")
LOCATED: dict[str, tuple[list[Any], int | None]] = {
    "by id": ([code("other = 1", identity="id-b"), ELSEWHERE], 0),
    "by the last id": ([code("x", identity="id-b"), code("y", identity="id-c"), ELSEWHERE], 1),
    "by id before names": ([code("y", identity="id-c"), code("b = 2", identity="id-y")], 0),
    "by text": (["x = 1", code(" b = ...\n", identity="id-y"), ELSEWHERE], 1),
    "by name": ([code("b = 5", identity="id-y"), ELSEWHERE], 0),
    "by unpacked name": ([code("z, (y, rest) = f()", identity="id-y"), ELSEWHERE], 0),
    "by annotated name": ([code("c: float = 5", identity="id-y"), ELSEWHERE], 0),
    "by added name": ([code("d -= 5", identity="id-y"), ELSEWHERE], 0),
    "by name below a magic": ([code("%time\nb = 5", identity="id-y"), ELSEWHERE], 0),
    "by name beside half a character": ([code("b = '\ud800'", identity="id-y")], 0),
    "by the last of several": ([code("b = 5"), code("b = 6"), ELSEWHERE], 1),
    "at the end: attribute only": ([code("self.x = 5", identity="id-y")], None),
    "at the end: used only": ([code("print(b)", identity="id-y")], None),
    "at the end: in a function": ([code("def f():\n    b = 1", identity="id-y")], None),
    "at the end: a syntax error": ([code("b = = 1", identity="id-y")], None),
    "at the end: NUL": ([code("b = '\0'", identity="id-y")], None),
    "at the end: nested without end": ([code("b = " + "(" * 9_999, identity="id-y")], None),
    "at the end: a deep formula": ([code("b = " + "-" * 99_999 + "1", identity="id-y")], None),
    "at the end: nothing": ([], None),
}


@pytest.mark.parametrize("case", LOCATED)
def test_a_question_without_check_is_judged_after_its_answer(case: str) -> None:
    cells, expected = LOCATED[case]
    script = plan(as_read(book(*cells)), REFERENCE, SOLUTION, ["q2"])
    found = [piece.cell for piece in script.pieces if piece.checkpoints == ("q2",)]
    assert found == ([] if expected is None else [expected])
    assert script.at_end == (("q2",) if expected is None else ())
    (problem,) = script.problems
    assert problem.kind == ("no check" if found else "no check, no answer")
    assert problem.found["question"] == "q2"


def test_questions_with_a_check_are_no_problem() -> None:
    script = plan(REFERENCE, REFERENCE, SOLUTION, QUESTIONS)
    assert (script.at_end, script.problems) == ((), ())
    assert [piece.checkpoints for piece in script.pieces if piece.is_check] == [("q1",), ("q2",)]


def test_answers_share_a_cell_with_other_checkpoints() -> None:
    both = book(code("a = 1\nb = 2", identity="id-y"))
    script = plan(both, REFERENCE, SOLUTION, QUESTIONS)
    assert [piece.checkpoints for piece in script.pieces] == [("q1", "q2")]


# ---------------------------------------------------------------- answers


def test_answer_cells_stand_before_their_check() -> None:
    assert otter.answer_cells(REFERENCE, QUESTIONS) == {"q1": [0], "q2": [2, 3]}
    assert otter.answer_cells(SOLUTION, QUESTIONS) == {"q1": [0], "q2": [2, 3]}
    assert otter.answer_cells(SOLUTION, ["q2"]) == {"q2": [0, 2, 3]}


def test_answers_replace_the_first_cell_and_empty_the_rest() -> None:
    before = json.dumps(REFERENCE)
    changed = otter.with_answers(REFERENCE, {"q2": "b = 7"}, QUESTIONS)
    assert [cell.source for cell in changed.cells[:4]] == [
        "a = ...",
        "grader.check('q1')",
        "b = 7",
        "",
    ]
    assert json.dumps(REFERENCE) == before
