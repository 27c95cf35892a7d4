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
from autograder.errors import UsageError
from autograder.records import (
    Case,
    CaseVerdict,
    Flag,
    Grade,
    Outcome,
    Question,
    QuestionVerdict,
    Status,
)
from autograder.reports import gradebook
from autograder.store import open_store

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
    ("a", "b"),
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


def test_a_grade_is_written_whole(tmp_path: Path) -> None:
    with open_store(tmp_path / "new" / "out", "mnist") as one:
        one.add(GRADE)
    out = tmp_path / "new" / "out"
    assert rows(out, "SELECT assignment FROM runs") == [("mnist",)]
    assert rows(out, "SELECT * FROM grades") == [
        (
            1,
            "student-01",
            "ab12",
            "graded with problems",
            1.0,
            6.0,
            '["a", "b"]',
            1.234,
            '{"data": "mnist"}',
            '[["gap", "z = 6"]]',
            '{"test_accuracy": 0.98}',
        )
    ]
    assert rows(out, "SELECT * FROM questions ORDER BY position") == [
        (1, "student-01", 0, "q1", 1.0, 3.0, '["n"]'),
        (1, "student-01", 1, "q2", 0.0, 3.0, "[]"),
    ]
    assert rows(out, "SELECT * FROM verdicts ORDER BY position") == [
        (1, "student-01", "q1", 0, "q1 - 1", "is a number", 0, 1.0, "passed", "", ""),
        (1, "student-01", "q1", 1, "q1 - 2", "is right", 1, 2.0, "failed", "look", "x is 5, expected 6"),
    ]  # fmt: skip


def test_ungraded_is_null_never_zero(tmp_path: Path) -> None:
    with open_store(tmp_path, "mnist") as one:
        one.add(BLANK)
    assert rows(tmp_path, "SELECT status, score FROM grades") == [("ungradable", None)]
    assert rows(tmp_path, "SELECT earned FROM questions") == [(None,), (None,)]


def test_a_second_run_keeps_the_first(tmp_path: Path) -> None:
    for score in (1.0, 2.0):
        with open_store(tmp_path, "mnist") as one:
            one.add(replace(GRADE, score=score))
    assert rows(tmp_path, "SELECT run, score FROM grades ORDER BY run") == [(1, 1.0), (2, 2.0)]
    assert rows(tmp_path, "SELECT count(*) FROM verdicts") == [(4,)]


def test_what_went_wrong_halfway_leaves_no_half_row(tmp_path: Path) -> None:
    twice = replace(GRADE, submission="student-03", questions=(VERDICT, VERDICT))
    with pytest.raises(UsageError), open_store(tmp_path, "mnist") as one:
        one.add(GRADE)
        one.add(twice)
    for table in ("grades", "questions", "verdicts"):
        assert rows(tmp_path, f"SELECT DISTINCT submission FROM {table}") == [("student-01",)]


def test_a_process_that_dies_leaves_whole_rows(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import os, sys\nfrom pathlib import Path\nfrom tests.unit.test_store import *\n"
        "with open_store(Path(sys.argv[1]), 'mnist') as one:\n"
        "    one.add(GRADE)\n"
        "    one._connection.execute('BEGIN')\n"
        "    one._connection.execute(\"UPDATE grades SET submission = 'half'\")\n"
        "    os._exit(1)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=root, check=False)
    assert done.returncode == 1
    assert rows(tmp_path, "SELECT submission FROM grades") == [("student-01",)]
    with open_store(tmp_path, "mnist") as one:
        one.add(GRADE)


@pytest.mark.parametrize("blocked", ["", store.FILE])
def test_a_store_that_cannot_be_written_says_so(blocked: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if blocked:
        (out / blocked).mkdir(parents=True)
    else:
        out.write_text("a file where the folder should be")
    with pytest.raises(UsageError, match="Choose another -o OUT") as caught, open_store(out, "a"):
        raise AssertionError("must not be reached")
    assert str(out / store.FILE) in str(caught.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / store.FILE).write_text("not a database, but long enough to look at" * 99)
    with pytest.raises(UsageError, match="cannot be written"), open_store(tmp_path, "a"):
        raise AssertionError("must not be reached")


# ---------------------------------------------------------------- the gradebook


def book(folder: Path, *grades: Grade) -> list[list[str]]:
    path = gradebook.write(folder, [QUESTION, OTHER.question], grades)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


HEAD = ["submission", "status", "q1", "q2", "score", "max_score", "problems", "flags", "seconds"]


def test_the_gradebook_has_a_row_per_submission_and_blanks(tmp_path: Path) -> None:
    assert book(tmp_path, BLANK, GRADE) == [
        HEAD,
        ["student-01", "graded with problems", "1", "0", "1", "6", "a; b", "gap: z = 6", "1.23"],
        ["student-02", "ungradable", "", "", "", "6", "a; b", "gap: z = 6", "1.23"],
    ]
    assert [path.name for path in tmp_path.iterdir()] == [gradebook.FILE]


def test_the_gradebook_is_sorted_by_submission_whatever_finished_first(tmp_path: Path) -> None:
    names = ["b", "a/2", "a", "B", "a/10", "é"]
    found = book(tmp_path, *(replace(GRADE, submission=name) for name in names))
    assert [row[0] for row in found[1:]] == sorted(names)


def test_an_empty_class_has_a_header(tmp_path: Path) -> None:
    assert book(tmp_path) == [HEAD]


def test_names_and_problems_of_any_text_are_one_cell(tmp_path: Path) -> None:
    odd = 'a,"b"\n; é'
    found = book(tmp_path, replace(GRADE, submission=odd, problems=(odd, "x\r")))
    assert (found[1][0], found[1][6]) == (odd, f"{odd}; x\r")


def test_the_old_gradebook_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    book(tmp_path, GRADE)
    with pytest.raises(TypeError):
        book(tmp_path, replace(GRADE, problems=(1,)))  # type: ignore[arg-type]
    assert "student-01" in (tmp_path / gradebook.FILE).read_text()


POINTS = [(None, ""), (0, "0"), (0.0, "0"), (3, "3"), (2.25, "2.25"), (10, "10"), (100.0, "100"), (1 / 3, "0.333333"), (1e-9, "0")]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), POINTS)
def test_points_are_written_as_people_write_them(value: float | None, text: str) -> None:
    assert gradebook.points(value) == text


@given(st.integers(0, 10**6).map(lambda n: n / 1_000))
def test_points_can_be_read_back(value: float) -> None:
    assert float(gradebook.points(value)) == value
    assert json.loads(gradebook.points(value)) == value


def test_a_database_of_another_version_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / store.FILE)) as connection:
        connection.execute("CREATE TABLE runs (run INTEGER PRIMARY KEY)")
    refused = pytest.raises(UsageError, match=r"grades\.sqlite: written by another version")
    with refused, open_store(tmp_path, "mnist"):
        pass
