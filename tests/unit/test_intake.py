"""Which submissions there are; whatever a file is, it is one row and never ends a class."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import archive
from autograder.errors import UsageError
from autograder.intake import collect

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
    "an empty name's folder": ({"x/y.ipynb/a.ipynb": b""}, ["x/y.ipynb/a"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FOLDERS)
def test_the_submissions_of_a_folder(case: str, tmp_path: Path) -> None:
    files, expected = FOLDERS[case]
    found = collect([lay(tmp_path, files)])
    assert [submission.id for submission in found] == expected
    assert not any(submission.damage for submission in found)


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
    assert (one.read(), one.origin) == (b"\xff one", str(tmp_path / "a.ipynb"))
    assert (two.read(), two.origin) == (b"two", f"{tmp_path / 'b.zip'}:n.ipynb")
    assert two.sha256 == hashlib.sha256(b"two").hexdigest()


def test_several_paths_are_one_class(tmp_path: Path) -> None:
    lay(tmp_path, {"one/b.ipynb": b"", "two/a.ipynb": b"", "c.ipynb": b""})
    found = collect([tmp_path / "one", tmp_path / "two", tmp_path / "c.ipynb"])
    assert [submission.id for submission in found] == ["a", "b", "c"]


def _fifo(folder: Path) -> Path:
    os.mkfifo(folder / "a.ipynb")
    return folder


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


def encrypted() -> bytes:
    raw = zipped("n.ipynb")
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
    assert (one.id, one.read(), two.damage) == ("student-01", b"", "")
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(one.damage)


def test_a_zip_with_one_name_twice_is_no_harm_to_others(tmp_path: Path) -> None:
    lay(tmp_path, {"student-01.zip": zipped("n.ipynb", "n.ipynb", "/n.ipynb")})
    lay(tmp_path, {"student-02.ipynb": b"{}"})
    one, two = collect([tmp_path])
    assert (one.id, two.id, one.damage) == ("student-01", "student-02", "")
    assert [choice.id for choice in one.choices] == ["n.ipynb"] * 3


def test_what_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1 << 20)
    bomb = zipped("n.ipynb", content=bytes((1 << 20) + 1))
    assert len(bomb) < 2_000
    lay(tmp_path, {"a.zip": bomb, "b.ipynb": bytes((1 << 20) + 1), "c.ipynb": bytes(1 << 20)})
    one, two, three = collect([tmp_path])
    assert (one.read(), two.read(), len(three.read())) == (b"", b"", 1 << 20)
    assert "1 MB" in one.damage and "1 MB" in two.damage


def test_one_zip_cannot_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1_000)
    monkeypatch.setattr(archive, "MAX_ZIP_BYTES", 2_500)
    lay(tmp_path, {"a.zip": zipped(*(f"{n}.ipynb" for n in range(9)), content=bytes(1_000))})
    (found,) = collect([tmp_path])
    assert [bool(choice.read()) for choice in found.choices] == [True] * 2 + [False] * 7
    assert all("MB when unzipped" in choice.damage for choice in found.choices[2:])


def test_a_file_that_cannot_be_read_is_a_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: str) -> bytes:
        raise PermissionError(13, "Permission denied", path)

    lay(tmp_path, {"a.ipynb": b"{}", "b.zip": zipped("n.ipynb")})
    monkeypatch.setattr(Path, "open", refuse)
    one, two = collect([tmp_path])
    assert (one.damage, two.damage) == ("the file cannot be read: Permission denied", "")


def test_names_that_are_not_text_can_be_written(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.ipynb"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"{}")
    (found,) = collect([tmp_path])
    assert found.id.encode("utf-8") and found.origin.encode("utf-8")
    assert (found.read(), found.damage) == (b"{}", "")


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
        for submission in collect([Path(folder)]):
            assert submission.id.startswith("student-01")
            assert submission.damage or submission.sha256
