"""Questions that humans grade: blank until somebody gives the points, and never a zero."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.lms.export import ExportRequest, export
from autograder.proving import runs
from autograder.records import (
    Case,
    Grade,
    Outcome,
    Override,
    Problem,
    Question,
    QuestionVerdict,
    Status,
    same_outcome,
)
from autograder.reports import changes
from autograder.reports.staff import page as report
from autograder.reports.student.page import page
from autograder.store import Entry, open_store
from tests.grades import TINY, blank, grade, verdict
from tests.unit.test_exports import GOLDEN

ESSAY = Question("essay", False, (Case("essay", "essay", False, 4.0, ""),), (), manual=True)
NO_FILE = Problem("empty file", {}, "ipynb")


def waiting() -> QuestionVerdict:
    return same_outcome(ESSAY, Outcome.PASSED, "whatever tests say")


def read_by_hand(points: float, reason: str = "") -> QuestionVerdict:
    return replace(waiting(), override=Override(points, reason, "2026-11-02T09:00:00Z"))


def graded(essay: QuestionVerdict | None = None, name: str = "student-01") -> Grade:
    return grade(name, verdict(TINY[0]), essay or waiting())


def stored(folder: Path, grades: Sequence[Grade]) -> None:
    with open_store(folder, "tiny") as store:
        store.publish({g.submission: Entry(store.add(g, "basis")) for g in grades})


def command(*words: object) -> str:
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return result.output


def row(folder: Path) -> dict[str, str]:
    with (folder / "grades.csv").open(encoding="utf-8") as stream:
        (only,) = csv.DictReader(stream)
    return only


# ---------------------------------------------------------------- points


def test_it_counts_in_the_maximum_and_is_no_zero() -> None:
    mine = graded()
    assert (mine.score, mine.so_far, mine.final, mine.max_score) == (2, 2, None, 6)
    assert [each.outcome for each in mine.questions[1].cases] == [Outcome.BY_HAND]
    assert [each.question.name for each in mine.open] == ["essay"]


def test_a_human_completes_the_score() -> None:
    mine = graded(read_by_hand(3.0))
    assert (mine.score, mine.so_far, mine.final, mine.open) == (2, 5, 5, ())


def test_what_could_not_be_graded_stays_blank() -> None:
    mine = blank("student-01", [TINY[0], ESSAY], Status.UNGRADABLE, NO_FILE)
    assert (mine.score, mine.so_far, mine.final) == (None, None, None)


def test_a_regrade_compares_what_tests_and_humans_gave_so_far() -> None:
    found = list(changes.between(graded(), grade("student-01", verdict(TINY[0], [1]), waiting())))
    assert [(each.question, each.before, each.after) for each in found] == [
        ("q1", 2, 1),
        ("score", 2, 1),
    ]


def test_proofs_are_about_tests_only() -> None:
    assert {question for question, _ in runs.cases(graded())} == {"q1"}


# ---------------------------------------------------------------- the gradebook


def test_it_is_kept_shown_and_filled_without_a_reason(tmp_path: Path) -> None:
    stored(tmp_path, [graded()])
    said = command("report", tmp_path)
    assert "to be graded by hand: essay (4)" in said and "2/6" in said
    assert "1 with questions to grade by hand" in said
    assert row(tmp_path)["essay"] == "" and row(tmp_path)["score"] == "2"
    assert row(tmp_path)["remarks"] == "to be graded by hand: essay (4)"
    said = command("override", tmp_path, "student-01", "essay=3.5")
    assert "5.5/6" in said and "by hand:" not in said
    assert row(tmp_path)["essay"] == "3.5" and row(tmp_path)["remarks"] == ""
    assert row(tmp_path)["overrides"] == "essay: 3.5"
    command("override", tmp_path, "student-01", "essay", "--undo")
    assert row(tmp_path)["remarks"] == "to be graded by hand: essay (4)"


def test_a_question_with_tests_still_needs_a_reason(tmp_path: Path) -> None:
    stored(tmp_path, [graded()])
    words = ["override", str(tmp_path), "student-01", "essay=3", "q1=1"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2 and "--reason" in result.output


# ---------------------------------------------------------------- pages


def test_a_students_page_says_what_waits() -> None:
    text = page("tiny", graded(), None)
    assert "so far; to be graded by hand: essay (4)" in text
    assert "No test checks this question" in text
    assert "never" not in text and "not your fault" not in text


def test_a_students_page_says_what_a_human_gave() -> None:
    text = page("tiny", graded(read_by_hand(3.0, "clear and short")), None)
    assert "<strong>5</strong> <span>of 6 points" in text and "clear and short" in text
    assert "so far" not in text and "changed by hand" not in text and "No test" not in text


def test_the_report_counts_what_waits() -> None:
    text = report.page("tiny", [graded(), graded(read_by_hand(4.0), "student-02")], "today")
    assert "1 without what is still to be graded by hand" in text
    assert "To be graded by hand" in text and "graded by hand</span>" in text


# ---------------------------------------------------------------- exports


def test_a_total_goes_to_canvas_and_moodle_only_when_it_is_whole() -> None:
    roster, gradebook = GOLDEN / "roster.csv", GOLDEN / "canvas-gradebook.csv"
    requests = [
        ExportRequest("canvas", template=gradebook, roster=roster, column="tiny (12)"),
        ExportRequest("moodle", roster=roster),
    ]
    for request in requests:
        made = export(request, "tiny", [graded(name="student-01")], Path("out"))
        (lost,) = made.lost
        assert lost.why.startswith("to be graded by hand: essay (4): "), request
        assert not export(request, "tiny", [graded(read_by_hand(4.0))], Path("out")).lost


@pytest.mark.parametrize(
    ("essay", "score", "entry"),
    [
        (waiting(), 2, {"name": "essay: to be graded by hand (4 points)", "visibility": "visible"}),
        (
            read_by_hand(3.0, "short"),
            5,
            {
                "name": "essay: points",
                "score": 3.0,
                "max_score": 4.0,
                "output": "Set by hand: short",
                "visibility": "visible",
            },
        ),
    ],
)
def test_gradescope_gets_the_tests_points_and_the_place(
    essay: QuestionVerdict, score: float, entry: dict[str, object]
) -> None:
    made = export(ExportRequest("gradescope"), "tiny", [graded(essay)], Path("out"))
    (text,) = made.files.values()
    results = json.loads(text)
    assert results["score"] == score and not made.lost
    assert [each for each in results["tests"] if each["name"].startswith("essay")] == [entry]
