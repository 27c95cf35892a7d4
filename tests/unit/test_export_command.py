"""`autograder export` as people call it: options, what it says, exit codes; grades are made up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.records import Grade
from autograder.store import Entry, open_store
from tests.grades import tiny_class
from tests.unit.test_exports import GOLDEN, canvas_file, golden, worksheet_file

CANVAS = ["--to", "canvas", "--template", GOLDEN / "canvas-gradebook.csv"]
MOODLE = ["--to", "moodle", "--worksheet", GOLDEN / "moodle-worksheet.csv"]
ROSTER = ["--roster", GOLDEN / "roster.csv"]


@pytest.fixture
def graded(tmp_path: Path) -> Path:
    """A folder that holds a class's grades; Canvas' file names told whose most of them are."""
    return keep(tmp_path, tiny_class("canvas"))


def keep(folder: Path, grades: Sequence[Grade]) -> Path:
    """Write grades as `grade` and `override` do."""
    with open_store(folder, "tiny") as store:
        for each in grades:
            number = store.add(each, each.submission)
            store.publish({each.submission: Entry(number, each.student)})
            for verdict in each.questions:
                if word := verdict.override:
                    name = verdict.question.name
                    store.override(each.submission, name, word.points, word.reason)
    return folder


def export(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def test_canvas(graded: Path) -> None:
    result = export(graded, *CANVAS, *ROSTER)
    assert result.exit_code == 3
    assert (graded / "canvas.csv").read_bytes() == canvas_file(tiny_class("canvas"))[0]
    said = " ".join(result.output.split())
    assert "4 of 10 scores in column `tiny (12)`" in said
    assert "student-07/first 1 row 10 matches student-07/final, too" in said
    assert "student-03 q2: 2.5 instead of 0 (=1+1 is right, as said in class)" in said
    assert "students without a submission row 10, Student 12 Student, Test 13" in said
    assert "note:" not in said


def test_everything_placed_is_exit_code_0(tmp_path: Path) -> None:
    graded = keep(tmp_path, tiny_class("canvas")[:3])
    assert export(graded, *CANVAS).exit_code == 0


def test_without_a_roster_what_the_files_told_is_enough(graded: Path) -> None:
    result = export(graded, *CANVAS)
    assert "3 of 10 scores" in result.output
    assert "matches nobody: no roster says whose it is" in " ".join(result.output.split())


def test_points_that_differ_are_said(graded: Path) -> None:
    template = graded / "other.csv"
    template.write_bytes(golden("canvas-gradebook.csv").replace(b"10.0,5.0", b"10.0,100"))
    result = export(graded, "--to", "canvas", "--template", template)
    assert "is worth 100 points, here 5" in " ".join(result.output.split())


def test_moodle_worksheet(tmp_path: Path) -> None:
    graded = keep(tmp_path, tiny_class("moodle", 200))
    result = export(graded, *MOODLE, *ROSTER, "-o", graded / "new" / "sheet.csv")
    assert result.exit_code == 3
    made = (graded / "new" / "sheet.csv").read_bytes()
    assert made == worksheet_file(tiny_class("moodle", 200))[0]
    assert "students without a submission row Student 10 10" in " ".join(result.output.split())


def test_moodle_gradebook(tmp_path: Path) -> None:
    graded = keep(tmp_path, tiny_class())
    assert export(graded, "--to", "moodle", *ROSTER).exit_code == 3
    assert (graded / "moodle.csv").read_bytes() == golden("moodle-gradebook.csv")


def test_gradescope(tmp_path: Path) -> None:
    graded = keep(tmp_path, tiny_class())
    result = export(graded, "--to", "gradescope")
    assert result.exit_code == 3
    made = {path.name: path.read_bytes() for path in (graded / "gradescope").iterdir()}
    assert made == {p.name: p.read_bytes() for p in (GOLDEN / "gradescope").iterdir()}
    assert "8 of 10 scores" in result.output


WRONG: dict[str, tuple[list[object], str]] = {
    "no template": (["--to", "canvas"], "give it with --template"),
    "no worksheet": (["--to", "moodle"], "needs --worksheet FILE, or --roster FILE"),
    "a template for Moodle": ([*CANVAS[2:], "--to", "moodle"], "--template is of no use"),
    "a roster for Gradescope": (["--to", "gradescope", *ROSTER], "--roster is of no use"),
    "no such file": (["--to", "canvas", "--template", "gone.csv"], "gone.csv: cannot be read"),
    "an unknown column": ([*CANVAS, "--column", "big"], "canvas-gradebook.csv: no assignment is called `big`"),
    "a worksheet as template": (["--to", "canvas", "--template", MOODLE[3]], "not a gradebook of Canvas"),
    "a template as worksheet": (["--to", "moodle", "--worksheet", CANVAS[3]], "not a grading worksheet"),
    "a template as roster": ([*CANVAS, "--roster", MOODLE[3]], "no column tells whose a submission is"),
    "the template as output": ([*CANVAS, "-o", CANVAS[3]], "would replace a file that is read"),
    "an output that is a folder": ([*CANVAS, "-o", "."], "cannot be written"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_one_line_and_writes_nothing(
    case: str, graded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(graded)
    arguments, said = WRONG[case]
    before = set(graded.iterdir())
    result = export(graded, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr and "Traceback" not in result.output
    assert len(result.stderr.splitlines()) == 1
    assert set(graded.iterdir()) == before
