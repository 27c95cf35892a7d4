"""What one student names cannot take, blank or delay another student's row."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.intake.collect import collect
from tests.conftest import content_of
from tests.unit.test_intake import lay

MINE, YOURS = b"mine", b"yours"
MOODLE = "assignsubmission_file_"

CLASSES: dict[str, tuple[dict[str, bytes], list[tuple[str, str, list[bytes]]]]] = {
    "two LMS' names in a student's folder": (
        {"student-01/a_1_2_m.ipynb": MINE, f"student-01/a_1_{MOODLE}/m.ipynb": MINE, "student-02/tiny.ipynb": YOURS},
        [
            ("student-01/a_1_2_m", "", [MINE]),
            (f"student-01/a_1_{MOODLE}/m", "", [MINE]),
            ("student-02/tiny", "", [YOURS]),
        ],
    ),
    "Canvas' names in a Moodle folder": (
        {f"One_5_{MOODLE}/eve_6_2_m.ipynb": MINE, f"Two_6_{MOODLE}/m.ipynb": YOURS},
        [("One_5", "moodle:5", [MINE]), ("Two_6", "moodle:6", [YOURS])],
    ),
    "Moodle's names in a Gradescope folder": (
        {f"submission_5/Two_6_{MOODLE}/m.ipynb": MINE, "submission_6/m.ipynb": YOURS},
        [("submission_5", "gradescope:5", [MINE]), ("submission_6", "gradescope:6", [YOURS])],
    ),
    "Gradescope's names in a Moodle folder": (
        {f"One_5_{MOODLE}/submission_6/m.ipynb": MINE, f"Two_6_{MOODLE}/m.ipynb": YOURS},
        [("One_5", "moodle:5", [MINE]), ("Two_6", "moodle:6", [YOURS])],
    ),
    "another's number in a folder of one's own": (
        {f"student-01/Two_6_{MOODLE}/m.ipynb": MINE, "student-02/submission_6/m.ipynb": YOURS, "student-03/m.ipynb": YOURS},
        [
            (f"student-01/Two_6_{MOODLE}/m", "", [MINE]),
            ("student-02/submission_6/m", "", [YOURS]),
            ("student-03/m", "", [YOURS]),
        ],
    ),
    "downloads of two LMSs at the top": (
        {"aone_1_2_m.ipynb": MINE, "atwo_2_3_m.ipynb": YOURS, f"aone_1_{MOODLE}/m.ipynb": YOURS},
        [
            ("aone_1 (canvas:1)", "canvas:1", [MINE]),
            ("aone_1 (moodle:1)", "moodle:1", [YOURS]),
            ("atwo_2", "canvas:2", [YOURS]),
        ],
    ),
    "a later attempt in one's own folder": (
        {f"One_5_{MOODLE}/attempt 9/m.ipynb": MINE, f"Two_6_{MOODLE}/m.ipynb": YOURS},
        [("One_5", "moodle:5", [MINE]), ("Two_6", "moodle:6", [YOURS])],
    ),
    "sections of one LMS": (
        {f"A/One_5_{MOODLE}/m.ipynb": MINE, f"B/Two_6_{MOODLE}/m.ipynb": YOURS, "B/beside.ipynb": YOURS},
        [("A/One_5", "moodle:5", [MINE]), ("B/Two_6", "moodle:6", [YOURS]), ("B/beside", "", [YOURS])],
    ),
    "twins of letters": (
        {"caf\u00e9.ipynb": MINE, "cafe\u0301.ipynb": YOURS, "Caf\u00e9.ipynb": YOURS},
        [("Caf\u00e9", "", [YOURS]), ("cafe\u0301", "", [YOURS]), ("caf\u00e9", "", [MINE])],
    ),
    "a name that is another's with a number": (
        {"a.ipynb": MINE, "a.py": b"# %%", "a (2).ipynb": YOURS, "a.ipynb (2).ipynb": YOURS},
        [("a (2)", "", [YOURS]), ("a.ipynb", "", [MINE]), ("a.ipynb (2)", "", [YOURS]), ("a.py", "", [b"# %%"])],
    ),
    "characters that do something": (
        {"a\x1b[2J.ipynb": MINE, "a.\x00".rstrip("\x00") + ".ipynb": YOURS, "a\n.ipynb": YOURS},
        [("a\n", "", [YOURS]), ("a\x1b[2J", "", [MINE]), ("a.", "", [YOURS])],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CLASSES)
def test_everybody_has_a_row_of_their_own(name: str, tmp_path: Path) -> None:
    files, expected = CLASSES[name]
    found = collect([lay(tmp_path, files)])
    rows = [(one.id, one.student, [content_of(c) for c in one.choices or (one,)]) for one in found]
    assert rows == expected
