"""What is written about a grade: the database and the gradebook."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import store
from autograder.errors import KitError, UsageError
from autograder.records import (
    Case,
    CaseVerdict,
    Flag,
    Grade,
    Outcome,
    Override,
    Problem,
    Question,
    QuestionVerdict,
    Status,
)
from autograder.reports import gradebook
from autograder.store import Entry, existing_store, open_store
from autograder.words import exact_points
from tests.grades import text_problem

CASES = (Case("q1 - 1", "is a number", False, 1, ""), Case("q1 - 2", "is right", True, 2, "look"))
QUESTION = Question("q1", False, CASES, ("x",))
FAILED = CaseVerdict(CASES[1], Outcome.FAILED, "look", "x is 5, expected 6")
VERDICT = QuestionVerdict(QUESTION, (CaseVerdict(CASES[0], Outcome.PASSED), FAILED), 1.0, ("n",))
OTHER = QuestionVerdict(replace(QUESTION, name="q2"), (), 0.0)
GRADE = Grade(
    "student-01",
    "ab12",
    Status.PROBLEMS,
    (VERDICT, OTHER),
    1.0,
    6.0,
    (Problem("text", {"text": "a", "n": 1}, "ipynb"), text_problem("b", ours=True)),
    1.234,
    {"data": "mnist"},
    (Flag("gap", "z = 6"),),
    {"test_accuracy": 0.98},
)
BLANK = replace(
    GRADE,
    submission="student-02",
    status=Status.UNGRADABLE,
    questions=(replace(VERDICT, earned=None), replace(OTHER, earned=None)),
    score=None,
)


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / store.FILE)) as connection:
        return connection.execute(query).fetchall()


def test_a_grade_comes_back_as_it_was_written(tmp_path: Path) -> None:
    whole = replace(GRADE, questions=(VERDICT,), remarks=("late",), core_seconds=9.5)
    whole = replace(whole, memory_mb=300.5, executed="{}")
    with open_store(tmp_path / "new" / "out", "mnist") as one:
        number = one.add(whole, "basis")
        back = one.grade(number, whole=True)
    assert back == replace(whole, questions=back.questions)
    assert back.executed == "{}"
    for written, found in zip(whole.questions, back.questions, strict=True):
        assert found == replace(written, question=replace(written.question, variables=()))


GOOD = {"kind": "text", "found": {"text": "a"}, "ask": "", "ours": False}
NO_PROBLEMS: list[object] = [
    None,
    "text",
    [],
    {},
    {**GOOD, "more": 1},
    {name: value for name, value in GOOD.items() if name != "ours"},
    *({**GOOD, name: value} for name in GOOD for value in (None, 1, ["x"])),
    {**GOOD, "found": {"text": None}},
    {**GOOD, "found": {"text": ["x"]}},
]


@pytest.mark.parametrize("value", NO_PROBLEMS, ids=repr)
def test_what_is_no_problem_is_a_damage(value: object, tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as opened:
        number = opened.add(GRADE, "b")
        assert opened.grade(number).problems == GRADE.problems
    with closing(sqlite3.connect(tmp_path / store.FILE)) as connection, connection:
        connection.execute("UPDATE grades SET problems = ?", (json.dumps([value]),))
    with existing_store(tmp_path) as opened, pytest.raises(KitError, match="not a problem"):
        opened.grade(number)


def test_ungraded_is_null_never_zero(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        one.add(BLANK, "")
    assert rows(tmp_path, "SELECT status, score FROM grades") == [("ungradable", None)]
    assert rows(tmp_path, "SELECT earned FROM questions") == [(None,), (None,)]


def test_a_later_grade_leaves_the_earlier_one(tmp_path: Path) -> None:
    for score in (1.0, 2.0):
        with open_store(tmp_path, "mnist") as one:
            one.publish({"student-01": Entry(one.add(replace(GRADE, score=score), "b"))})
    assert rows(tmp_path, "SELECT grade, score FROM grades ORDER BY grade") == [(1, 1.0), (2, 2.0)]
    assert rows(tmp_path, "SELECT count(*) FROM verdicts") == [(4,)]
    with open_store(tmp_path, "mnist") as one:
        assert [grade.score for grade in one.book()] == [2.0]


def test_large_facts_are_left_out_of_a_class_and_kept_for_one(tmp_path: Path) -> None:
    facts = {"small": [1, None], "large": "x" * 5_000}
    with open_store(tmp_path, "mnist") as one:
        number = one.add(replace(GRADE, facts=facts, executed="[é]"), "b")
        one.publish({"student-01": Entry(number, "canvas:1", ("old",), ("late",))})
        (light,) = one.book()
        (whole,) = one.whole([light])
    assert (light.facts, light.executed) == ({"small": [1, None]}, "")
    assert (whole.facts, whole.executed) == (facts, "[é]")
    assert (whole.student, whole.earlier, whole.remarks) == ("canvas:1", ("old",), ("late",))


def test_only_a_grade_with_marks_made_from_the_same_is_known(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        one.add(replace(GRADE, status=Status.UNGRADED, score=None), "b")
        assert one.known("student-01", "b") is None
        number = one.add(GRADE, "b")
        assert one.known("student-01", "b") == number
        assert one.known("student-01", "other") is None
        assert one.known("student-02", "b") is None
        assert one.known("student-01", "b", since=number) is None


def test_again_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        assert one.begin(again=False) == -1
        first = one.add(GRADE, "b")
        one.finish()
        since = one.begin(again=True)
        assert since == first
        one.add(GRADE, "b")
        assert one.begin(again=True) == since, "stopped: the same command goes on"
        one.finish()
        assert one.begin(again=True) == first + 1, "finished: the next one begins anew"


def test_what_went_wrong_halfway_leaves_no_half_row(tmp_path: Path) -> None:
    bad = replace(GRADE, submission="student-03", questions=(VERDICT, VERDICT))
    bad = replace(bad, facts={"a": 1}, questions=(*bad.questions, replace(VERDICT, earned=[])))
    with pytest.raises(KitError, match=r"grades\.sqlite"), open_store(tmp_path, "mnist") as one:
        one.add(GRADE, "b")
        one.add(bad, "b")
    assert rows(tmp_path, "SELECT submission FROM grades") == [("student-01",)]
    for table, count in (("questions", 2), ("verdicts", 2), ("facts", 1)):
        assert rows(tmp_path, f"SELECT count(*) FROM {table}") == [(count,)]


def test_a_process_that_dies_leaves_whole_rows(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.unit.test_store import *\n"
        "with open_store(Path(sys.argv[1]), 'mnist') as one:\n"
        "    one.add(GRADE, 'b')\n"
        "    one._connection.execute('BEGIN')\n"
        "    one._connection.execute(\"UPDATE grades SET submission = 'half'\")\n"
        "    os._exit(1)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, check=False)
    assert done.returncode == 1
    with open_store(tmp_path, "mnist") as one:
        one.add(GRADE, "b")
    assert rows(tmp_path, "SELECT submission FROM grades") == [("student-01",)] * 2


@pytest.mark.parametrize("blocked", ["", store.FILE])
def test_a_store_that_cannot_be_written_says_so(blocked: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if blocked:
        (out / blocked).mkdir(parents=True)
    else:
        out.write_text("a file where the folder should be")
    with pytest.raises(UsageError, match="choose another -o OUT") as caught, open_store(out, "a"):
        raise AssertionError("must not be reached")
    assert str(out / store.FILE) in str(caught.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_text("not a database, but long enough to look at" * 99)
    with pytest.raises(UsageError, match="cannot be used"), open_store(tmp_path, "a"):
        raise AssertionError("must not be reached")


def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        for number in range(200):
            one.add(replace(GRADE, submission=f"student-{number:03}"), "b")
    path = tmp_path / store.FILE
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"\xff" * 20_000
    path.write_bytes(content)
    with pytest.raises(UsageError, match="cannot be used"), open_store(tmp_path, "mnist"):
        raise AssertionError("must not be reached")
    assert path.read_bytes() == bytes(content)


def test_another_assignment_wants_another_folder(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist"):
        pass
    with pytest.raises(UsageError, match="grades of `mnist`, not of `tiny`"):
        open_store(tmp_path, "tiny").__enter__()


def test_one_command_at_a_time(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist"):
        with pytest.raises(UsageError, match="another command"):
            open_store(tmp_path, "mnist").__enter__()
        with pytest.raises(UsageError, match="another command"):
            existing_store(tmp_path, alone=True).__enter__()
        with existing_store(tmp_path) as reading:
            assert reading.assignment == "mnist"
    with open_store(tmp_path, "mnist") as one:
        one.add(GRADE, "b")


@pytest.mark.parametrize("content", [None, b""])
def test_reading_where_nothing_was_graded(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / store.FILE).write_bytes(content)
    with pytest.raises(UsageError, match=r"no grades\.sqlite|no grades in it"):
        existing_store(tmp_path).__enter__()


# ---------------------------------------------------------------- a human's word


def test_an_override_counts_until_it_is_undone(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        one.publish({"student-01": Entry(one.add(GRADE, "b"))})
        one.override("student-01", "q1", 2.5, "right idea")
        one.override("student-01", "q1", 3.0, "right after all")
        (grade,) = one.book()
        assert (grade.score, grade.final) == (1.0, 3.0)
        assert grade.questions[0].override is not None
        assert grade.questions[0].override.reason == "right after all"
        one.publish({"student-01": Entry(one.add(replace(GRADE, score=0.0), "new tests"))})
        (grade,) = one.book()
        assert (grade.score, grade.final) == (0.0, 3.0), "kept through a regrade"
        assert one.undo("student-01", "q1")
        assert not one.undo("student-01", "q1")
        (grade,) = one.book()
    assert (grade.score, grade.questions[0].override) == (0.0, None)
    assert rows(tmp_path, "SELECT count(*) FROM overrides") == [(2,)], "history is kept"


def test_an_override_of_each_question_gives_a_blank_row_a_score(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        one.publish({"student-02": Entry(one.add(BLANK, "b"))})
        one.override("student-02", "q1", 2.0, "read by a TA")
        assert [grade.final for grade in one.book()] == [None]
        one.override("student-02", "q2", 1.0, "read by a TA")
        assert [grade.final for grade in one.book()] == [3.0]


# ---------------------------------------------------------------- the gradebook


def book(folder: Path, *grades: Grade) -> list[list[str]]:
    path = gradebook.write(folder, grades)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


DETAILS = ["problems", "remarks", "flags", "overrides", "earlier", "seconds"]
HEAD = ["submission", "status", "q1", "q2", "score", "max_score", *DETAILS]


def test_the_gradebook_has_a_row_per_submission_and_blanks(tmp_path: Path) -> None:
    assert book(tmp_path, BLANK, GRADE) == [
        HEAD,
        [
            "student-01",
            "graded with problems",
            "1",
            "0",
            "1",
            "6",
            "a. Ask for the .ipynb.; b",
            "",
            "gap: z = 6",
            "",
            "",
            "1.23",
        ],
        [
            "student-02",
            "ungradable",
            "",
            "",
            "",
            "6",
            "a. Ask for the .ipynb.; b",
            "",
            "gap: z = 6",
            "",
            "",
            "1.23",
        ],
    ]
    assert [path.name for path in tmp_path.iterdir()] == [gradebook.FILE]


def test_the_gradebook_is_sorted_by_submission_whatever_finished_first(tmp_path: Path) -> None:
    names = ["b", "a/2", "a", "B", "a/10", "é"]
    found = book(tmp_path, *(replace(GRADE, submission=name) for name in names))
    assert [row[0] for row in found[1:]] == sorted(names)


def test_an_empty_class_has_a_header(tmp_path: Path) -> None:
    assert book(tmp_path) == [["submission", "status", "score", "max_score", *DETAILS]]


def test_names_and_problems_of_any_text_are_one_cell(tmp_path: Path) -> None:
    odd, written = 'a,"b"\n; é', 'a,"b"\\n; é'
    found = book(
        tmp_path,
        replace(GRADE, submission=odd, problems=tuple(map(text_problem, (odd, "x\ry", "z")))),
    )
    assert (found[1][0], found[1][6]) == (written, f"{written}; x\\ry; z")


def test_the_gradebook_shows_what_humans_decided(tmp_path: Path) -> None:
    decided = replace(VERDICT, override=Override(2.5, "right idea", "2026-01-01"))
    blank = replace(BLANK.questions[0], override=Override(1, "by hand", "2026-01-01"))
    one = replace(GRADE, questions=(decided, OTHER), remarks=("late",), earlier=("first.ipynb",))
    two = replace(BLANK, questions=(blank, BLANK.questions[1]))
    _, first, second = book(tmp_path, one, two)
    assert first[2:5] == ["2.5", "0", "2.5"]
    assert first[7:11] == ["late", "gap: z = 6", "q1: 2.5 instead of 1 (right idea)", "first.ipynb"]
    assert second[2:5] == ["1", "", ""]
    assert second[9] == "q1: 1 instead of a blank (by hand)"


@pytest.mark.parametrize("text", ["=1+1", "+1 student", "-x", "@SUM(A1)", "-1", "1e5"])
def test_no_cell_is_a_formula(text: str, tmp_path: Path) -> None:
    (cell,) = book(tmp_path, replace(GRADE, submission=text))[1][:1]
    assert cell == (text if text in ("-1", "1e5") else f"'{text}")


def test_the_old_gradebook_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    book(tmp_path, GRADE)
    with pytest.raises(TypeError):
        book(tmp_path, replace(GRADE, remarks=(1,)))  # type: ignore[arg-type]
    assert [path.name for path in tmp_path.iterdir()] == [gradebook.FILE]
    assert "student-01" in (tmp_path / gradebook.FILE).read_text()


POINTS = [(None, ""), (0, "0"), (0.0, "0"), (3, "3"), (2.25, "2.25"), (10, "10"), (100.0, "100"), (1 / 3, "0.333333"), (1e-9, "0")]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), POINTS)
def test_points_are_written_as_people_write_them(value: float | None, text: str) -> None:
    assert exact_points(value) == text


@given(st.integers(0, 10**6).map(lambda n: n / 1_000))
def test_points_can_be_read_back(value: float) -> None:
    assert float(exact_points(value)) == value
    assert json.loads(exact_points(value)) == value
