"""What is exported, byte for byte, and what the importers of Canvas, Moodle and Gradescope make of it.

`python -m tests.unit.test_exports` writes the golden files anew; look at the difference before it is
committed. Nothing else ever writes them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.files import file_name
from autograder.lms import canvas, gradescope, moodle, roster
from autograder.lms.sheet import SheetError, parse
from tests.grades import HOSTILE, RIGHT, SECRETS, by_hand, grade, tiny_class

GOLDEN = Path(__file__).parent.parent / "golden"


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def students_listed() -> tuple[roster.Student, ...]:
    return roster.students(parse(golden("roster.csv")))


def canvas_file(grades: Any, template: bytes | None = None) -> tuple[bytes, dict[str, str]]:
    """The filled gradebook, and why what is not in it is not."""
    sheet = parse(template or golden("canvas-gradebook.csv"))
    placement = roster.place(grades, students_listed(), canvas.students(sheet))
    content, kept = canvas.filled(sheet, canvas.column(sheet, "tiny"), placement)
    return content.encode(), {each.grade.submission: each.why for each in (*placement.lost, *kept)}


def worksheet_file(grades: Any, worksheet: bytes | None = None) -> tuple[bytes, dict[str, str]]:
    sheet = parse(worksheet or golden("moodle-worksheet.csv"))
    placement = roster.place(grades, students_listed(), moodle.students(sheet))
    content, kept = moodle.filled(sheet, placement)
    return content.encode(), {each.grade.submission: each.why for each in (*placement.lost, *kept)}


def gradebook_file(grades: Any) -> tuple[bytes, dict[str, str]]:
    placement = roster.place(grades, (), students_listed())
    content, kept = moodle.gradebook("tiny", students_listed(), placement)
    return content.encode(), {each.grade.submission: each.why for each in (*placement.lost, *kept)}


def made() -> Mapping[str, bytes]:
    """All golden files that are output, by name."""
    return {
        "canvas.csv": canvas_file(tiny_class("canvas"))[0],
        "moodle.csv": worksheet_file(tiny_class("moodle", 200))[0],
        "moodle-gradebook.csv": gradebook_file(tiny_class())[0],
        **{
            f"gradescope/{file_name(g.submission)}.json": gradescope.text(
                gradescope.results(g)
            ).encode()
            for g in tiny_class()
        },
    }


INPUT = {"canvas-gradebook.csv", "moodle-worksheet.csv", "roster.csv"}
OUTPUT = {p.relative_to(GOLDEN).as_posix() for p in GOLDEN.rglob("*") if p.is_file()} - INPUT


def test_golden_files_are_those_that_are_made() -> None:
    assert set(made()) == OUTPUT


@pytest.mark.parametrize("name", sorted(OUTPUT))
def test_what_is_exported_byte_for_byte(name: str) -> None:
    assert made()[name].decode().splitlines(True) == golden(name).decode().splitlines(True)
    assert made()[name] == golden(name)


# ---------------------------------------------------------------- Canvas


def cells(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    delimiter = ";" if text.split("\n")[0].count(";") > 3 else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def canvas_imports(content: bytes, known: set[str]) -> dict[str, str]:
    """What Canvas' importer makes of a file: the new value of `tiny (12)` by Canvas' user id."""
    header, *rows = cells(content)
    assert "Student" in header[0] and "ID" in header[1] and "Section" in header[4]
    for title in header[5:]:
        its_own_sums = re.search("(Current|Final) (Score|Points|Grade)", title)
        assert title in known or its_own_sums, f"{title} would become a new assignment"
    found = {}
    for row in rows:
        assert len(row) == len(header)
        others = all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row)
        if "Points Possible" in row[0] or others:
            continue
        assert row[1] not in found, "a student twice"
        value = found[row[1]] = row[header.index("tiny (12)")].strip()
        assert re.fullmatch(r"(\d+([.,]\d+)?|EX)?", value), f"{value} is no grade"
    return found


KNOWN = {"Essay, first draft (11)", "tiny (12)", "Old quiz (13)"}


def test_canvas_gets_what_was_earned_and_nothing_else_changes() -> None:
    before = canvas_imports(golden("canvas-gradebook.csv"), KNOWN)
    content, kept = canvas_file(tiny_class("canvas"))
    now = canvas_imports(content, KNOWN)
    changed = {student: value for student, value in now.items() if value != before[student]}
    assert changed == {"101": "5", "102": "1", "103": "4.5", "108": "5"}
    assert now["106"] == "EX" and now["105"] == "2.5" and now["104"] == ""
    assert set(kept) == {f"student-{n}" for n in ("04", "05", "06", "07/final", "07/first", "09")}
    assert kept["student-07/first"] == "row 10 matches student-07/final, too"
    assert kept["student-09"] == "matches nobody"


def test_canvas_file_keeps_every_byte_outside_the_column() -> None:
    sheet, content = parse(golden("canvas-gradebook.csv")), canvas_file(tiny_class("canvas"))[0]
    filled = parse(content)
    at = canvas.column(sheet, "tiny")

    def outside(each: Any) -> str:
        text, position = "", 0
        for row in each.rows:
            text += each.text[position : row[at].start]
            position = row[at].end
        return text + each.text[position:]

    assert outside(filled) == outside(sheet)
    assert content.startswith(b"\xef\xbb\xbfStudent") and content.count(b"\r\n") == 13


def test_canvas_students_who_are_not_assigned_stay_so() -> None:
    """The importer drops a grade in the place of N/A: it would be lost without a word."""
    sheet = parse(b"Student,ID,tiny (12)\none,101,N/A\ntwo,102,\nthree,103,ex\n")
    placement = roster.Placement({row: grade(f"s{row}", *RIGHT) for row in (1, 2, 3)}, (), ())
    text, unfilled = canvas.filled(sheet, 2, placement)
    assert text == "Student,ID,tiny (12)\none,101,N/A\ntwo,102,5\nthree,103,ex\n"
    assert [each.why for each in unfilled] == [
        "row 2 is not assigned in Canvas, and stays so",
        "row 4 is excused in Canvas, and stays so",
    ]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_canvas_file_with_another_delimiter(delimiter: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(cells(golden("canvas-gradebook.csv")))
    content, _ = canvas_file(tiny_class("canvas"), text.getvalue().encode())
    assert parse(content).delimiter == delimiter
    assert parse(content).cell(3, 6) == "5"


COLUMNS = {
    "by its whole title": ("tiny (12)", 6),
    "by its title": ("Tiny", 6),
    "with a comma": ("Essay, first draft", 5),
}


@pytest.mark.parametrize("case", COLUMNS)
def test_canvas_column(case: str) -> None:
    title, at = COLUMNS[case]
    assert canvas.column(parse(golden("canvas-gradebook.csv")), title) == at


WRONG_COLUMNS = {
    "what Canvas passes over": ("tiny Final Grade project", b"tiny (12)", b"tiny Final Grade project (12)", "Canvas passes over column `tiny Final Grade project (12)`: its importer takes a title with `Final Grade`"),
    "unknown": ("tini", b"", b"", "Assignments: Essay, first draft (11); tiny (12); Old quiz (13)"),
    "a sum of Canvas": ("Final Score", b"", b"", "no assignment is called `Final Score`"),
    "no assignment's id": ("tiny", b"tiny (12)", b"tiny", "no assignment is called `tiny`"),
    "twice": ("tiny", b"Old quiz (13)", b"tiny (13)", "2 columns are called `tiny`"),
    "read only": ("tiny", b"10.0,5.0", b"10.0,(read only)", "`tiny (12)` is read only"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG_COLUMNS)
def test_canvas_column_that_cannot_be_filled(case: str) -> None:
    title, old, new, said = WRONG_COLUMNS[case]
    sheet = parse(
        golden("canvas-gradebook.csv").replace(old, new) if old else golden("canvas-gradebook.csv")
    )
    with pytest.raises(SheetError, match=re.escape(said)):
        canvas.column(sheet, title)


# ---------------------------------------------------------------- Moodle


def moodle_reads_worksheet(content: bytes) -> dict[str, tuple[str, str]]:
    """What Moodle's worksheet importer reads: grade and feedback by participant."""
    header, *rows = cells(content)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(header)
    found = {}
    for row in rows:
        line = dict(zip(header, row, strict=True))
        value = line["Grade"]
        assert re.fullmatch(r"(\d+([.,]\d+)?)?", value), f"{value} would be a zero"
        assert float(value.replace(",", ".") or 0) <= float(line["Maximum Grade"])
        found[line["Identifier"].removeprefix("Participant ")] = value, line["Feedback comments"]
    return found


def test_moodle_worksheet_gets_grades_and_feedback_and_nothing_else_changes() -> None:
    before = moodle_reads_worksheet(golden("moodle-worksheet.csv"))
    content, kept = worksheet_file(tiny_class("moodle", 200))
    now = moodle_reads_worksheet(content)
    changed = {who: value for who, value in now.items() if value != before[who]}
    assert {who: points for who, (points, _) in changed.items()} == {
        "201": "5",
        "202": "1",
        "203": "4.5",
        "208": "5",
    }
    assert all(feedback for _, feedback in changed.values())
    assert kept["student-06"] == "row 7 is locked in Moodle, and stays as it is"
    assert kept["student-04"] == "ungradable: row 5 stays as it is"


def test_feedback_is_text_for_the_student() -> None:
    said = {g.submission: moodle.feedback(g) for g in tiny_class()}
    assert "– =HYPERLINK(&quot;x&quot;) is a &lt;b&gt;str&lt;/b&gt;, expected" in said["student-02"]
    assert "q1: 1 of 2<br>– Multiply six by seven." in said["student-02"]
    assert (
        "q2: 2.5 of 3, set by hand instead of 0: =1+1 is right, as said in class"
        in said["student-03"]
    )
    assert "the Python process ended" in said["student-02"]
    for text in said.values():
        assert SECRETS[1] not in text and HOSTILE not in text and "\n" not in text
        assert not text.startswith(("=", "+", "-", "@"))


def test_moodle_gradebook_import_has_a_row_for_each_score() -> None:
    content, kept = gradebook_file(tiny_class())
    header, *rows = cells(content)
    assert header == ["Email address", "tiny", "tiny (feedback)"]
    assert [row[:2] for row in rows] == [
        ["student-01@example.org", "5"],
        ["student-02@example.org", "1"],
        ["student-03@example.org", "4.5"],
        ["student-06@example.org", "5"],
        ["student-08@example.org", "5"],
    ]
    assert all(feedback for _, _, feedback in rows), "feedback without a grade wipes the grade"
    assert set(kept) == {f"student-{n}" for n in ("04", "05", "07/final", "07/first", "09")}


REFUSED: dict[str, tuple[bytes, bytes, str]] = {
    "above the maximum": (b"5.00,Yes", b"4,50,Yes", "row 2: student-01 has 5, above the maximum"),
    "a word for a grade": (b"2.50", b"Good", "row 6 has the grade `Good`, which is not a number"),
    "no identifier": (b"Identifier", b"Kennung", "no column Identifier"),
    "a cell too many": (b'"4,00"', b"4,00", "row 3 has 11 cells, and the header 10"),
    "not UTF-8": (b"Full name", b"\xe9", "not UTF-8"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_moodle_worksheet_that_is_refused(case: str) -> None:
    old, new, said = REFUSED[case]
    content = golden("moodle-worksheet.csv").replace(old, new.replace(b",50", b".50"))
    assert content != golden("moodle-worksheet.csv")
    with pytest.raises(SheetError, match=re.escape(said)):
        worksheet_file(tiny_class("moodle", 200), content)


def test_moodle_gradebook_import_above_the_maximum_is_refused() -> None:
    bonus = grade("student-01", RIGHT[0], by_hand(4, "bonus"))
    with pytest.raises(SheetError, match="student-01 has 6, above the maximum 5"):
        gradebook_file([bonus])


# ---------------------------------------------------------------- Gradescope

KEYS = {"score", "execution_time", "output", "output_format", "test_output_format"} | {
    "test_name_format", "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"
}  # fmt: skip
TEST_KEYS = {"score", "max_score", "status", "name", "name_format", "number", "output"} | {
    "output_format", "tags", "visibility", "extra_data"
}  # fmt: skip
VISIBLE = {"hidden", "after_due_date", "after_published", "visible"}


def gradescope_reads(text: str) -> float | None:
    """Check a results.json by Gradescope's rules; return the score, None where it has none."""
    found = json.loads(text)
    assert set(found) <= KEYS and found["visibility"] in VISIBLE
    assert {found[f"{what}_format"] for what in ("output", "test_output", "test_name")} == {"text"}
    assert "tests" not in found or "score" in found
    for test in found.get("tests", []):
        assert set(test) <= TEST_KEYS and test["visibility"] in VISIBLE
        assert test.get("status", "failed") in ("passed", "failed")
    score = found.get("score")
    assert score is None or isinstance(score, (int, float))
    return score


def test_gradescope_reads_every_result() -> None:
    read = {
        g.submission: gradescope_reads(gradescope.text(gradescope.results(g))) for g in tiny_class()
    }
    assert read == {g.submission: g.final for g in tiny_class()}


@pytest.mark.parametrize(
    "each", [g for g in tiny_class() if g.final is not None], ids=lambda g: g.submission
)
def test_points_of_the_tests_add_up(each: Any) -> None:
    tests = gradescope.results(each)["tests"]
    assert sum(test.get("score", 0) for test in tests) == each.final
    assert sum(test.get("max_score", 0) for test in tests) == each.max_score


def test_what_hidden_cases_decide_shows_later_and_never_more_than_the_hint() -> None:
    text = gradescope.text(gradescope.results(tiny_class()[1]))
    assert SECRETS[1] not in text and "answer is right" not in text
    tests = {test["name"]: test for test in json.loads(text)["tests"]}
    assert tests["q1 - 2 (hidden)"]["output"] == "Multiply six by seven."
    later = {name for name, test in tests.items() if test["visibility"] == "after_published"}
    assert later == {"q1 - 2 (hidden)", "q2 - 2 (hidden)", "q2: all or nothing"}
    assert "score" not in tests["q2: squares has ten numbers"], (
        "it would tell what hidden cases found"
    )


def test_what_is_blank_has_no_score_and_keeps_our_insides() -> None:
    texts = {g.submission: gradescope.text(gradescope.results(g)) for g in tiny_class()}
    assert "not a notebook" in json.loads(texts["student-04"])["output"]
    assert "on our side" in texts["student-05"] and "/srv" not in texts["student-05"]
    assert not {"score", "tests"} & set(json.loads(texts["student-04"]))


# ---------------------------------------------------------------- the roster


ROSTERS: dict[str, tuple[str, str]] = {
    "no one's submissions": ("name,email\na,b\n", "no column tells whose a submission is"),
    "a column twice": ("submission,Email,email address\n", "two columns hold the email"),
    "an open quotation mark": ('submission,email\n"a,b\n', "row 2, column 1: a quotation mark"),
    "empty": ("", "the file is empty"),
}


@pytest.mark.parametrize("case", ROSTERS)
def test_a_roster_that_cannot_be_used(case: str) -> None:
    text, said = ROSTERS[case]
    with pytest.raises(SheetError, match=re.escape(said)):
        roster.students(parse(text.encode()))


MATCHES: dict[str, tuple[str, dict[str, int]]] = {
    "its name": ("submission\nb\na\n", {"a": 2, "b": 1}),
    "its folder": ("submission\na\nb\n", {"a/hw": 1, "b/deep/hw": 2, "ab/hw": -1}),
    "its user": ("canvas id,email\n7,x\n", {"a canvas:7": 1, "b canvas:77": -1, "c moodle:7": -1}),
    "a whole identifier": ("Moodle_participant\nParticipant 7\n", {"a moodle:7": 1}),
    "two rows": ("submission\na\na\n", {"a": -1}),
    "composed in the roster": ("submission\nstudent-\u00e901\n", {"student-e\u030101/hw": 1}),
    "decomposed in the roster": ("submission\nstudent-e\u030101\n", {"student-\u00e901": 1}),
    "two submissions": ("submission\na\n", {"a/1": -1, "a/2": -1}),
}


@pytest.mark.parametrize("case", MATCHES)
def test_who_matches_whom(case: str) -> None:
    text, expected = MATCHES[case]
    listed = roster.students(parse(text.encode()))
    grades = [grade(name.split()[0], *RIGHT, student=name.partition(" ")[2]) for name in expected]
    placement = roster.place(grades, (), listed)
    found = {g.submission: row for row, g in placement.placed.items()}
    lost = {each.grade.submission: -1 for each in placement.lost}
    assert {**found, **lost} == {name.split()[0]: row for name, row in expected.items()}
    assert not set(found) & set(lost)


def test_two_ways_that_lead_to_two_rows_are_no_match() -> None:
    listed = roster.students(parse(b"submission,sis login id\na,x\n"))
    places = [
        roster.Student(4, "one", {"canvas": "7"}),
        roster.Student(5, "two", {"sis login id": "X"}),
    ]
    placement = roster.place([grade("a", *RIGHT, student="canvas:7")], listed, places)
    assert [each.why for each in placement.lost] == ["matches rows 5, 6"]


def write_golden(write: Callable[[Path, bytes], object] = Path.write_bytes) -> None:
    for name, content in made().items():
        (GOLDEN / name).parent.mkdir(exist_ok=True)
        write(GOLDEN / name, content)


if __name__ == "__main__":
    write_golden()
