"""Which submissions there are; whatever a file is, it is one row and never ends a class."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import files, words
from autograder.errors import SubmissionError, UsageError
from autograder.intake.collect import collect
from autograder.reader import budget
from autograder.reader.zips import Zip
from autograder.records import Submission
from tests.conftest import content_of

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")


def zipped(*names: str, content: bytes = b"{}", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def lay(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


FOLDERS: dict[str, tuple[dict[str, bytes], list[str]]] = {
    "one": ({"student-01.ipynb": b"{}"}, ["student-01"]),
    "sorted": ({"b.ipynb": b"", "a.ipynb": b"", "B.ipynb": b"", "é.ipynb": b""}, ["B", "a", "b", "é"]),
    "nested": ({"x/a.ipynb": b"", "x/y/a.ipynb": b"", "a.ipynb": b""}, ["a", "x/a", "x/y/a"]),
    "other files": ({"a.ipynb": b"", "notes.txt": b"", "a.py": b"", "ipynb": b""}, ["a"]),
    "capitals": ({"a.IPYNB": b"", "b.Zip": zipped("n.IpynB")}, ["a", "b"]),
    "dots in names": ({"a.b.ipynb": b"", "a.c.ipynb": b""}, ["a.b", "a.c"]),
    "hidden": ({"a.ipynb": b"", ".b.ipynb": b"", ".c/d.ipynb": b"", "e/.ipynb_checkpoints/e.ipynb": b"", "__MACOSX/f.ipynb": b""}, ["a"]),
    "an export": ({"student-01.zip": zipped("mnist.ipynb", ".OTTER_LOG", "__zip_filename__")}, ["student-01"]),
    "an export below": ({"x/student-01.zip": zipped("deep/er/mnist.ipynb")}, ["x/student-01"]),
    "two in an export": ({"student-01.zip": zipped("a.ipynb", "b/c.ipynb")}, ["student-01"]),
    "a zip in a zip": ({"student-01.zip": zipped("e.zip", content=zipped("a.ipynb"))}, ["student-01"]),
    "a browser's ending": ({"a.ipynb.txt": b"", "b.IPYNB.json": b""}, ["a.ipynb", "b.IPYNB"]),
    "scripts with cells": ({"a.py": b"# %%\nx", "b.py": b"#%% t", "c.py": b"x\n# In[1]:\n", "d.py": b"x = 1 # %%"}, ["a", "b", "c"]),
    "hidden in an export": ({"student-01.zip": zipped("a.ipynb", "__MACOSX/._a.ipynb", ".x/b.ipynb")}, ["student-01"]),
    "one stem, two files": ({"a.ipynb": b"", "a.zip": zipped("n.ipynb")}, ["a.ipynb", "a.zip"]),
    "one stem, and a name that is another's stem": ({"b/a.ipynb": b"", "b/a.py": b"# %%", "b/a.ipynb.txt": b""}, ["b/a.ipynb", "b/a.ipynb.txt", "b/a.py"]),
    "a stem that is a student's id": ({"P_5_assignsubmission_file_/n.ipynb": b"", "P_5.ipynb": b""}, ["P_5", "P_5.ipynb"]),
    "an empty name's folder": ({"x/y.ipynb/a.ipynb": b""}, ["x/y.ipynb/a"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FOLDERS)
def test_the_submissions_of_a_folder(case: str, tmp_path: Path) -> None:
    files, expected = FOLDERS[case]
    found = collect([lay(tmp_path, files)])
    assert [submission.id for submission in found] == expected
    assert not any(submission.damage for submission in found)


def damage(one: Submission) -> str:
    """What staff read about a submission that could not be read."""
    assert one.damage is not None
    return words.problem(one.damage)


ZIPS: dict[str, tuple[list[str], list[str]]] = {
    "one": (["a.ipynb"], ["a"]),
    "folders": (["x/a.ipynb", "y/a.ipynb", "y/notes.txt"], ["x/a", "y/a"]),
    "hidden": (["a.ipynb", ".b.ipynb", "__MACOSX/a.ipynb"], ["a"]),
    "absolute": (["/a.ipynb"], ["a"]),
    "above": (["../../a.ipynb", "b.ipynb", "x\\..\\c.ipynb"], ["a", "b", "x/c"]),
    "one name twice": (
        ["a.ipynb", "a.ipynb", "/a.ipynb"],
        ["a.ipynb", "a.ipynb (2)", "a.ipynb (3)"],
    ),
    "one name twice, and what that makes": (
        ["a.ipynb", "a.ipynb", "a.ipynb (2).zip"],
        ["a.ipynb", "a.ipynb (2)", "a.ipynb (3)"],
    ),
    "a folder by its name": (["x.ipynb/", "a.ipynb"], ["a"]),
}


@pytest.mark.parametrize("case", ZIPS)
def test_the_submissions_of_a_zip(case: str, tmp_path: Path) -> None:
    names, expected = ZIPS[case]
    lay(tmp_path, {"class.zip": zipped(*names)})
    assert [submission.id for submission in collect([tmp_path / "class.zip"])] == expected


def test_a_submission_is_bytes_and_their_hash_and_where_they_were(tmp_path: Path) -> None:
    lay(tmp_path, {"a.ipynb": b"\xff one", "b.zip": zipped("n.ipynb", content=b"two")})
    one, two = collect([tmp_path])
    assert (content_of(one), one.origin) == (b"\xff one", str(tmp_path / "a.ipynb"))
    assert (content_of(two), two.origin) == (b"two", f"{tmp_path / 'b.zip'}:n.ipynb")
    assert two.sha256 == hashlib.sha256(b"two").hexdigest()


def test_a_digest_tells_the_names_that_the_choice_depends_on(tmp_path: Path) -> None:
    digests = set()
    for number, names in enumerate((("a.ipynb", "b.ipynb"), ("a.ipynb", "mnist.ipynb"))):
        with zipfile.ZipFile(tmp_path / f"{number}.zip", "w") as archive:
            for name, content in zip(names, (b"one", b"two"), strict=True):
                archive.writestr(name, content)
        student = lay(tmp_path / str(number), {"s.zip": (tmp_path / f"{number}.zip").read_bytes()})
        digests |= {one.sha256 for one in collect([student])}
    assert len(digests) == 2


def test_a_script_counts_where_no_notebook_can_be_read(tmp_path: Path) -> None:
    """A data set beside a script is no notebook that the script would be a helper of."""
    folder = "P_5_assignsubmission_file_/"
    files = {"mnist.py": b"# %%\nx", "data.zip": zipped("numbers.csv")}
    lay(tmp_path, {folder + name: content for name, content in files.items()})
    (found,) = collect([tmp_path])
    assert [content_of(c) for c in found.choices if not c.damage] == [b"# %%\nx"]


def test_a_zip_in_a_zip_is_copied_once_to_look_and_once_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = []
    real = Zip._copy

    def counted(*of: Any) -> Any:
        copies.append(1)
        return real(*of)

    monkeypatch.setattr(Zip, "_copy", counted)
    inner = zipped(*(f"{n}.py" for n in range(20)), "n.ipynb", content=b"# %%")
    lay(tmp_path, {"a.zip": zipped("inner.zip", content=inner)})
    (found,) = collect([tmp_path])
    assert (content_of(found), len(copies)) == (b"# %%", 2)


def test_several_paths_are_one_class(tmp_path: Path) -> None:
    lay(tmp_path, {"one/b.ipynb": b"", "two/a.ipynb": b"", "c.ipynb": b""})
    found = collect([tmp_path / "one", tmp_path / "two", tmp_path / "c.ipynb"])
    assert [submission.id for submission in found] == ["a", "b", "c"]


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "a.ipynb")
    return folder


COLAB = b'''# -*- coding: utf-8 -*-
"""tiny.ipynb

Automatically generated by Colab.

Original file is located at
    https://colab.research.google.com/drive/x
"""

answer = 6 * 7
'''
NOT_GRADED: dict[str, tuple[dict[str, bytes], list[str], list[str]]] = {
    "Colab's script": ({"a.ipynb": b"{}", "b.py": COLAB}, ["a", "b"], []),
    "archives": ({"a.ipynb": b"{}", "b.ipynb.gz": b"", "c.gz": b""}, ["a", "b.ipynb", "c"], []),
    "other answers": ({"a.ipynb": b"{}", "b.py": b"x = 1", "c.html": b"", "d.PDF": b"", "e.ipynb.bak": b"", "f.docx": b""}, ["a"], ["b.py", "c.html", "d.PDF", "e.ipynb.bak", "f.docx"]),
    "in a student's folder": ({"s1/a.ipynb": b"{}", "s2/a.html": b""}, ["s1/a"], ["s2/a.html"]),
    "helpers of a notebook": ({"s1/a.ipynb": b"{}", "s1/b.py": b"", "s1/tests/q1.py": b""}, ["s1/a"], []),
    "no answers": ({"a.ipynb": b"{}", "roster.csv": b"", "notes.txt": b"", "desktop.ini": b""}, ["a"], []),
    "in Moodle's folders": ({"P_5_assignsubmission_file_/a.html": b"", "Q_6_assignsubmission_file_/a.py": COLAB}, ["P_5", "Q_6"], []),
    "in Canvas' names": ({"ab_1_2_x.ipynb": b"{}", "cd_3_4_x.html": b""}, ["ab_1", "cd_3"], []),
    "in Gradescope's folders": ({"submission_1/a.ipynb": b"{}", "submission_2/a.html": b""}, ["submission_1", "submission_2"], []),
}  # fmt: skip


@pytest.mark.parametrize("as_zip", [False, True])
@pytest.mark.parametrize("case", NOT_GRADED)
def test_what_may_be_an_answer_gets_a_row_or_a_word(
    case: str, as_zip: bool, tmp_path: Path
) -> None:
    files, rows, said = NOT_GRADED[case]
    folder = lay(tmp_path / "class", files)
    if as_zip:
        folder = Path(shutil.make_archive(str(tmp_path / "class"), "zip", folder))
    names: list[str] = []
    assert [each.id for each in collect([folder], names.append)] == rows
    assert len(names) == len(said)
    assert all(name.endswith(end) for name, end in zip(sorted(names), said, strict=True))


USAGE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "nothing there": (lambda f: f / "gone", "there is no such file or folder"),
    "empty folder": (lambda f: f, "no notebook .* to grade"),
    "only other files": (lambda f: lay(f, {"a.txt": b"", ".b.ipynb": b""}), "no notebook"),
    "another suffix": (lambda f: lay(f, {"a.py": b""}) / "a.py", "neither a notebook"),
    "no suffix": (lambda f: lay(f, {"ipynb": b""}) / "ipynb", "neither a notebook"),
    "only a fifo": (_fifo, "no notebook"),
}


@pytest.mark.parametrize("case", USAGE)
def test_nothing_to_grade_says_so(case: str, tmp_path: Path) -> None:
    make, reason = USAGE[case]
    with pytest.raises(UsageError, match=reason) as caught:
        collect([make(tmp_path)])
    assert str(tmp_path) in str(caught.value)


def test_two_paths_with_one_id_are_named(tmp_path: Path) -> None:
    lay(tmp_path, {"one/a.ipynb": b"", "two/a.ipynb": b""})
    with pytest.raises(UsageError, match="two submissions have the id `a`") as caught:
        collect([tmp_path / "one", tmp_path / "two"])
    for folder in ("one", "two"):
        assert str(tmp_path / folder / "a.ipynb") in str(caught.value)


# ---------------------------------------------------------------- damaged and hostile


def encrypted(name: str = "n.ipynb") -> bytes:
    raw = zipped(name)
    central = raw.index(b"PK\x01\x02")
    flags = struct.pack("<H", 1)
    return raw[:6] + flags + raw[8 : central + 8] + flags + raw[central + 10 :]


def invalid_name() -> bytes:
    return zipped("é.ipynb").replace("é".encode(), b"\xff\xfe")


def damaged_data() -> bytes:
    raw = zipped("n.ipynb", content=bytes(range(256)) * 9)
    return raw[:40] + b"\xff" * 9 + raw[49:]


DAMAGED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "cannot be opened"),
    "text": (b"not a zip", "cannot be opened"),
    "cut short": (zipped("n.ipynb")[:-10], "cannot be opened"),
    "beginning gone": (zipped("n.ipynb")[20:], "cannot be"),
    "no notebook": (zipped("a.txt", ".n.ipynb"), "without a notebook"),
    "no entries": (zipped(), "without a notebook"),
    "encrypted": (encrypted(), "encrypted. Ask for it without a password"),
    "a name that is not text": (invalid_name(), "cannot be opened"),
    "damaged data": (damaged_data(), "cannot be read from its zip"),
    "a newer format": (zipped("n.ipynb").replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"), "cannot be"),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_zip_is_one_row_and_no_harm_to_others(case: str, tmp_path: Path) -> None:
    content, reason = DAMAGED[case]
    lay(tmp_path, {"student-01.zip": content, "student-02.ipynb": b"{}"})
    one, two = collect([tmp_path])
    assert (one.id, content_of(one), two.damage) == ("student-01", b"", None)
    with pytest.raises(SubmissionError, match=reason):
        raise SubmissionError(one.damage)


def test_a_zip_with_one_name_twice_is_no_harm_to_others(tmp_path: Path) -> None:
    lay(tmp_path, {"student-01.zip": zipped("n.ipynb", "n.ipynb", "/n.ipynb")})
    lay(tmp_path, {"student-02.ipynb": b"{}"})
    one, two = collect([tmp_path])
    assert (one.id, two.id, one.damage) == ("student-01", "student-02", None)
    assert [choice.id for choice in one.choices] == ["n.ipynb"] * 3


def test_what_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_BYTES", 1 << 20)
    bomb = zipped("n.ipynb", content=bytes((1 << 20) + 1))
    assert len(bomb) < 2_000
    lay(tmp_path, {"a.zip": bomb, "b.ipynb": bytes((1 << 20) + 1), "c.ipynb": bytes(1 << 20)})
    one, two, three = collect([tmp_path])
    assert (content_of(one), content_of(two), len(content_of(three))) == (b"", b"", 1 << 20)
    assert "1 MB" in damage(one) and "1 MB" in damage(two)


def test_one_zip_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_ALL_BYTES", 2_500)
    zips = {f"{n}.zip": zipped(f"{n}.ipynb", content=bytes(1_000)) for n in range(9)}
    lay(
        tmp_path, {"a.zip": zipped(*(f"{n}.ipynb" for n in range(9)), content=bytes(1_000)), **zips}
    )
    *honest, bomb = collect([tmp_path])
    assert [bool(content_of(one)) for one in honest] == [True] * 9, "each has a budget of its own"
    assert "MB when unzipped. Ask for the notebook alone" in damage(bomb)


def _link(target: str) -> Callable[[Path], object]:
    return lambda path: path.symlink_to(target)


UNREADABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a link to a fifo": (_link("fifo"), "a link, not a file"),
    "a link to nothing": (_link("gone"), "a link, not a file"),
    "no right to read": (lambda path: path.write_bytes(b"# %%"), "Permission denied"),
    "in an encrypted zip": (
        lambda path: path.with_suffix(".zip").write_bytes(encrypted(path.name)),
        "encrypted",
    ),
}


@pytest.mark.parametrize("case", UNREADABLE)
@pytest.mark.parametrize("ending", ["ipynb", "py"])
def test_what_cannot_be_read_is_a_row(
    case: str, ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object) -> int:
        raise PermissionError(13, "Permission denied", str(path))

    make, reason = UNREADABLE[case]
    os.mkfifo(tmp_path / "fifo")
    make(tmp_path / f"student-01.{ending}")
    if "right" in case:  # who runs the tests may be allowed everything
        monkeypatch.setattr(files.os, "open", refuse)
    (found,) = collect([tmp_path])
    assert found.id == "student-01" and reason in damage(found)


@pytest.mark.parametrize("name", ["a.ipynb", "a.py", "a.zip"])
def test_a_fifo_in_a_files_place_is_not_waited_for(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    (found,) = collect([tmp_path / name])
    assert "not a regular file" in damage(found)


def test_names_that_are_the_same_once_written_stay_two(tmp_path: Path) -> None:
    for letter in (b"\xe8", b"\xe9"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf" + letter + b".ipynb")).write_bytes(b"")
    assert len({found.id for found in collect([tmp_path])}) == 2


def test_names_that_are_not_text_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.ipynb"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"{}")
    (found,) = collect([tmp_path])
    assert found.id.encode("utf-8") and found.origin.encode("utf-8")
    assert (content_of(found), found.damage) == (b"{}", None)


BYTES = zipped("a.ipynb", "b/c.ipynb", content=b'{"cells": []}' * 9)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, len(BYTES) - 1), st.integers(0, 255)), max_size=4),
    st.sampled_from([0, 0, 0, 1, 20, 100]),
)
def test_any_zip_is_rows(changes: list[tuple[int, int]], cut: int) -> None:
    raw = bytearray(BYTES)
    for position, value in changes:
        raw[position] = value
    with TemporaryDirectory() as folder:
        Path(folder, "student-01.zip").write_bytes(raw[: len(raw) - cut])
        submissions = collect([Path(folder)])
        assert submissions, "whatever is handed in is a row"
        for submission in submissions:
            assert submission.id.startswith("student-01")
            assert submission.damage or submission.sha256
