"""Bulk downloads: who handed what in, by the names that Canvas, Moodle and Gradescope give."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import words
from autograder.intake.collect import collect
from tests.conftest import content_of
from tests.unit.test_intake import lay, zipped

X, Y = b"one", b"two"
EXPORT = zipped("mnist.ipynb", ".OTTER_LOG", "__zip_filename__", content=Y)
META = b"""submission_89:
  :submitters:
  - :name: Student One
    :sid: '100'
    :email: student-01@example.edu
"""
OTHER = {"twostudent_2_99_mnist.ipynb": Y}
OTHER_ROW = ("twostudent_2", "canvas:2", Y, 0)
"""Another student's, beside: what only one word begins is not taken for Canvas'."""

# files, then what is found: id, student, content, number of earlier ones
FOUND: dict[str, tuple[dict[str, bytes], list[tuple[str, str, bytes, int]]]] = {
    "Canvas": (
        {"onestudent_1_11_mnist.ipynb": X, "twostudent_LATE_2_12_my_work.ipynb": Y},
        [("onestudent_1", "canvas:1", X, 0), ("twostudent_2", "canvas:2", Y, 0)],
    ),
    "Canvas, handed in again": (
        {"onestudent_1_11_mnist.ipynb": X, "onestudent_LATE_1_25_mnist-1.ipynb": Y, **OTHER},
        [("onestudent_1", "canvas:1", Y, 1), OTHER_ROW],
    ),
    "Canvas, again and again": (
        {f"onestudent_1_{n}_mnist{s}.ipynb": Y if n == 100 else X for n, s in ((9, ""), (11, "-1"), (100, "-2"))} | OTHER,
        [("onestudent_1", "canvas:1", Y, 2), OTHER_ROW],
    ),
    "Canvas, exports": (
        {"onestudent_1_9_mnist_2026_01_05T10_11_12_123456.zip": zipped("mnist.ipynb", content=X), "onestudent_1_11_mnist_2026_01_06T10_11_12_123456.zip": EXPORT, **OTHER},
        [("onestudent_1", "canvas:1", Y, 1), OTHER_ROW],
    ),
    "Canvas, anonymous": (
        {"anon_aB3_11_mnist.ipynb": X, "LATE_anon_xY9_12_mnist.ipynb": Y},
        [("anon_aB3", "canvas:anon_aB3", X, 0), ("anon_xY9", "canvas:anon_xY9", Y, 0)],
    ),
    "Canvas, a helper beside": (
        {"onestudent_1_11_mnist.ipynb": X, "onestudent_1_12_helper.py": b"# %%\nx", "onestudent_1_13_notes.pdf": b"%PDF", **OTHER},
        [("onestudent_1", "canvas:1", X, 0), OTHER_ROW],
    ),
    "Canvas, in sections": (
        {"a/onestudent_1_11_mnist.ipynb": X, "b/onestudent_1_12_mnist.ipynb": Y},
        [("a/onestudent_1", "canvas:1", X, 0), ("b/onestudent_1", "canvas:1", Y, 0)],
    ),
    "not Canvas: one number for two": (
        {"lab_3_2_one.ipynb": X, "lab_3_2_two.ipynb": Y},
        [("lab_3_2_one", "", X, 0), ("lab_3_2_two", "", Y, 0)],
    ),
    "not Canvas: two names for one": (
        {"one_3_1_x.ipynb": X, "two_3_2_x.ipynb": Y},
        [("one_3_1_x", "", X, 0), ("two_3_2_x", "", Y, 0)],
    ),
    "not Canvas: another file beside": (
        {"one_3_1_x.ipynb": X, "mine.ipynb": Y},
        [("mine", "", Y, 0), ("one_3_1_x", "", X, 0)],
    ),
    "not Canvas: one name twice for one": (
        {f"hw_3_100{n}_mnist.ipynb": X for n in (1, 2, 3)} | OTHER,
        [("hw_3_1001_mnist", "", X, 0), ("hw_3_1002_mnist", "", X, 0), ("hw_3_1003_mnist", "", X, 0), ("twostudent_2_99_mnist", "", Y, 0)],
    ),
    "not Canvas: one word in all": (
        {"group_1_11_one.ipynb": X, "group_1_12_two.ipynb": Y, "group_2_13_one.ipynb": X},
        [("group_1_11_one", "", X, 0), ("group_1_12_two", "", Y, 0), ("group_2_13_one", "", X, 0)],
    ),
    "Canvas, what no student handed in lies beside": (
        {"onestudent_1_11_mnist.ipynb": X, "desktop.ini": b"[x]", "roster.csv": b"a,b", "tidy.py": b"x = 1", **OTHER},
        [("onestudent_1", "canvas:1", X, 0), OTHER_ROW],
    ),
    "Moodle, folders": (
        {"Student One_567_assignsubmission_file_/mnist.ipynb": X, "Student Two_568_assignsubmission_file/deep/mnist.ipynb": Y},
        [("Student One_567", "moodle:567", X, 0), ("Student Two_568", "moodle:568", Y, 0)],
    ),
    "Moodle, flat": (
        {"Student One_567_assignsubmission_file_mnist.ipynb": X, "s02 Student Two_568_assignsubmission_file_a_b.zip": EXPORT},
        [("Student One_567", "moodle:567", X, 0), ("s02 Student Two_568", "moodle:568", Y, 0)],
    ),
    "Moodle, flat, a name that would be another's": (
        {"Eve_1_assignsubmission_file_x_2_assignsubmission_file_mnist.ipynb": X, "Student Two_2_assignsubmission_file_mnist.ipynb": Y},
        [("Eve_1", "moodle:1", X, 0), ("Student Two_2", "moodle:2", Y, 0)],
    ),
    "Moodle, attempts": (
        {"attempt 1/P_567_assignsubmission_file_/mnist.ipynb": X, "attempt 2/P_567_assignsubmission_file_/mnist.ipynb": Y},
        [("P_567", "moodle:567", Y, 1)],
    ),
    "Moodle, two exports": (
        {f"P_567_assignsubmission_file_/mnist_2026_01_0{d}T10_11_12_123456.zip": zipped("mnist.ipynb", content=c) for d, c in ((5, X), (6, Y))},
        [("P_567", "moodle:567", Y, 1)],
    ),
    "Gradescope": (
        {"assignment_7_export/submission_89/mnist.ipynb": X, "assignment_7_export/submission_90/folder/mnist.ipynb": Y, "assignment_7_export/submission_metadata.yml": META},
        [("assignment_7_export/submission_89", "gradescope:89", X, 0), ("assignment_7_export/submission_90", "gradescope:90", Y, 0)],
    ),
    "Gradescope, metadata that a student wrote": (
        {"submission_89/mnist.ipynb": X, "submission_90/submission_metadata.yml": META, "submission_90/mnist.ipynb": Y},
        [("submission_89", "gradescope:89", X, 0), ("submission_90", "gradescope:90", Y, 0)],
    ),
    "Gradescope without its metadata": (
        {"submission_89/mnist.ipynb": X}, [("submission_89", "gradescope:89", X, 0)],
    ),
    "no LMS: two exports are two": (
        {f"mnist_2026_01_0{d}T10_11_12_123456.zip": zipped("mnist.ipynb", content=X) for d in (5, 6)},
        [(f"mnist_2026_01_0{d}T10_11_12_123456", "", X, 0) for d in (5, 6)],
    ),
    "no LMS: a copy is another": (
        {"mnist.ipynb": X, "mnist-1.ipynb": Y}, [("mnist", "", X, 0), ("mnist-1", "", Y, 0)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FOUND)
@pytest.mark.parametrize("as_zip", [False, True])
def test_a_download(case: str, as_zip: bool, tmp_path: Path) -> None:
    """A folder and the zip that it came in give the same."""
    files, expected = FOUND[case]
    path = lay(tmp_path / "class", files)
    if as_zip:
        import io
        import zipfile

        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        path = lay(tmp_path, {"class.zip": buffer.getvalue()}) / "class.zip"
    found = collect([path])
    rows = [(s.id, s.student, content_of(s), len(s.earlier)) for s in found]
    assert sorted(rows) == sorted(expected)
    assert not any(s.damage or s.choices for s in found)


def test_late_and_again_are_said(tmp_path: Path) -> None:
    files, _ = FOUND["Canvas, handed in again"]
    one, _ = collect([lay(tmp_path, files)])
    assert one.remarks == (
        "handed in late, says Canvas (mnist-1.ipynb)",
        "handed in 2 times; the latest counts",
    )
    assert one.earlier == (str(tmp_path / "onestudent_1_11_mnist.ipynb"),)


def test_two_downloads_are_one_class(tmp_path: Path) -> None:
    lay(tmp_path, {"mon/onestudent_1_11_mnist.ipynb": X, "tue/onestudent_1_25_mnist-1.ipynb": Y})
    (one,) = collect([tmp_path / "mon", tmp_path / "tue"])
    assert (one.id, content_of(one), len(one.earlier)) == ("onestudent_1", Y, 1)


NOTHING = {
    "a PDF": {"onestudent_1_11_answers.pdf": b"%PDF"},
    "a text": {"onestudent_1_text.html": b"<p>42"},
    "Moodle's text": {"P_5_assignsubmission_onlinetext/onlinetext.html": b"<p>42"},
    "a Word file": {"submission_89/answers.docx": b"PK\x03\x04"},
}


@pytest.mark.parametrize("case", NOTHING)
def test_a_student_without_a_notebook_is_a_row(case: str, tmp_path: Path) -> None:
    (one,) = collect([lay(tmp_path, NOTHING[case])])
    assert one.student and one.damage and "notebook" in words.problem(one.damage) and one.damage.ask


def test_a_students_zip_cannot_speak_for_others(tmp_path: Path) -> None:
    forged = zipped("twostudent_2_999_mnist.ipynb", content=b"forged")
    lay(tmp_path, {"onestudent_1_11_a.zip": forged, "twostudent_2_12_mnist.ipynb": X})
    one, two = collect([tmp_path])
    assert (one.id, one.student, content_of(one)) == ("onestudent_1", "canvas:1", b"forged")
    assert (two.id, content_of(two), two.earlier) == ("twostudent_2", X, ())


# files of one student, and which of them count
BESIDE = {
    "a second download, Moodle": (["P_5_assignsubmission_file_/mnist.ipynb", "P_5_assignsubmission_file_/mnist (1).ipynb"], {"mnist.ipynb", "mnist (1).ipynb"}),
    "numbered homework, Moodle": (["P_5_assignsubmission_file_/hw-1.ipynb", "P_5_assignsubmission_file_/hw-2.ipynb"], {"hw-1.ipynb", "hw-2.ipynb"}),
    "a second download, Gradescope": (["submission_5/mnist.ipynb", "submission_5/mnist-1.ipynb"], {"mnist.ipynb", "mnist-1.ipynb"}),
    "a second download, Canvas": (["one_1_11_mnist.ipynb", "one_1_12_mnist (1).ipynb", "two_2_13_mnist.ipynb"], {"one_1_11_mnist.ipynb", "one_1_12_mnist (1).ipynb"}),
}  # fmt: skip


@pytest.mark.parametrize("case", BESIDE)
def test_a_number_that_the_student_wrote_is_no_newer_version(case: str, tmp_path: Path) -> None:
    names, expected = BESIDE[case]
    one = collect([lay(tmp_path, dict.fromkeys(names, X))])[0]
    assert {Path(choice.id).name for choice in one.choices} == expected
    assert not one.earlier


def test_files_given_one_by_one_are_judged_together(tmp_path: Path) -> None:
    """As a shell gives them for `hw_3_*.ipynb`."""
    names = [f"hw_3_100{n}_mnist.ipynb" for n in (1, 2, 3)]
    lay(tmp_path, dict.fromkeys(names, X))
    found = collect([tmp_path / name for name in names])
    assert [one.id for one in found] == ["hw_3_1001_mnist", "hw_3_1002_mnist", "hw_3_1003_mnist"]
