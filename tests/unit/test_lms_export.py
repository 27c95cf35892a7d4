"""An export without a console: which files, what is lost and why, and what is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.errors import UsageError
from autograder.lms import export as exports
from autograder.lms.export import Export, ExportRequest
from tests.grades import tiny_class
from tests.unit.test_exports import GOLDEN, golden

FILES = {
    "template": GOLDEN / "canvas-gradebook.csv",
    "worksheet": GOLDEN / "moodle-worksheet.csv",
    "roster": GOLDEN / "roster.csv",
}
OUT = Path("graded")


def export(target: str, *names: str, grades: Any = None, **more: Any) -> Export:
    request = ExportRequest(target, **{name: FILES[name] for name in names}, **more)
    return exports.export(request, "tiny", tiny_class() if grades is None else grades, OUT)


# What is asked for, the grades' source, the one file that it makes, the file's golden twin.
MADE: dict[str, tuple[tuple[str, ...], tuple[Any, ...], str, str]] = {
    "canvas": (("canvas", "template", "roster"), ("canvas",), "canvas.csv", "canvas.csv"),
    "worksheet": (("moodle", "worksheet", "roster"), ("moodle", 200), "moodle.csv", "moodle.csv"),
    "gradebook": (("moodle", "roster"), (), "moodle.csv", "moodle-gradebook.csv"),
}


@pytest.mark.parametrize("case", MADE)
def test_one_file_with_every_placed_grade(case: str) -> None:
    words, source, name, twin = MADE[case]
    made = export(*words, grades=tiny_class(*source))
    assert {path: text.encode() for path, text in made.files.items()} == {OUT / name: golden(twin)}
    assert not OUT.exists(), "nothing is written before somebody asks for it"


def test_gradescope_has_a_file_for_each_submission() -> None:
    made = export("gradescope")
    expected = {path.name: path.read_bytes() for path in (GOLDEN / "gradescope").iterdir()}
    assert {path.name: text.encode() for path, text in made.files.items()} == expected
    assert {path.parent for path in made.files} == {OUT / "gradescope"}
    assert [item.grade.submission for item in made.lost] == ["student-04", "student-05"]


def test_every_grade_is_in_the_file_or_lost() -> None:
    made = export("canvas", "template", "roster", grades=tiny_class("canvas"))
    assert made.summary == f"4 of 10 scores in column `tiny (12)` of {OUT / 'canvas.csv'}"
    assert len({item.grade.submission for item in made.lost}) == len(made.lost) == 6
    assert [student.name for student in made.without] == ["10, Student", "Student, Test"]
    assert made.note == ""


def test_a_maximum_that_differs_is_a_note(tmp_path: Path) -> None:
    template = tmp_path / "other.csv"
    template.write_bytes(golden("canvas-gradebook.csv").replace(b"10.0,5.0", b"10.0,100"))
    assert "is worth 100 points, here 5" in export("canvas", template=template).note


def test_a_worksheet_without_a_column_for_feedback_is_a_note(tmp_path: Path) -> None:
    worksheet = tmp_path / "other.csv"
    worksheet.write_bytes(golden("moodle-worksheet.csv").replace(b"Feedback comments", b"Remarks"))
    assert "no column `Feedback comments`" in export("moodle", worksheet=worksheet).note


# A request that contradicts itself, by its fields, and what is said before anything is read.
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no template": ({"target": "canvas"}, "give it with --template"),
    "nothing for Moodle": ({"target": "moodle"}, "needs --worksheet FILE"),
    "a column for Moodle": ({"target": "moodle", "column": "big"}, "--column is of no use"),
    "a roster for Gradescope": (
        {"target": "gradescope", "roster": FILES["roster"]},
        "--roster is of no use",
    ),
    "output in place of the roster": (
        {"target": "moodle", "roster": FILES["roster"], "output": FILES["roster"]},
        "would replace a file that is read",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_request_that_contradicts_itself(case: str) -> None:
    fields, message = REFUSED[case]
    with pytest.raises(UsageError, match=message):
        ExportRequest(**fields)


def test_writing_makes_folders_and_replaces_files(tmp_path: Path) -> None:
    path = tmp_path / "new" / "grades.csv"
    for text in ("first", "second"):
        exports.write(Export({path: text}, "", ()))
        assert path.read_text(encoding="utf-8") == text
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_written_names_the_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"{tmp_path}: cannot be written: .* Choose another -o"):
        exports.write(Export({tmp_path: "text"}, "", ()))
