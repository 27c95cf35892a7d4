"""What one student hands in is charged to that student, and holds nobody up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from autograder import words
from autograder.intake import collect
from autograder.notebook.read import read
from autograder.reader import budget, zips
from autograder.records import Submission
from tests.broken.bombs import MB, many_entries, many_scripts, yaml_aliases, zips_in_zips
from tests.conftest import content_of


@pytest.fixture
def unzipped(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes came out of zips, in the end."""
    sizes: list[int] = []
    real = zipfile.ZipExtFile.read

    def counted(stream: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        content = real(stream, size)
        sizes.append(len(content))
        return content

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    return sizes


def collected(folder: Path, bomb: bytes) -> Submission:
    """What a class of two comes to: the other one is graded as ever."""
    (folder / "a.zip").write_bytes(bomb)
    (folder / "b.ipynb").write_bytes(b"{}")
    one, two = collect.collect([folder])
    assert (two.id, two.damage, content_of(two)) == ("b", None, b"{}")
    return one


def inner_of(content: bytes) -> bytes:
    """A zip that has another zip and a notebook in it."""
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("data.zip", content)
        zipped.writestr("tiny.ipynb", b"{}")
    return outer.getvalue()


def said(one: Submission) -> str:
    damages = [choice.damage for choice in (one, *one.choices) if choice.damage]
    return "; ".join(map(words.problem, damages))


BOMBS: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "zips in zips that are none": (lambda: zips_in_zips(2, 6, 5 * MB), 1, "a zip in a zip"),
    "zips in zips, each allowed": (lambda: zips_in_zips(2, 6, 3 * MB), 12, "more than 8 MB when"),
    "scripts": (lambda: many_scripts(1_500), 1, "a zip of more than 500 files"),
    "scripts, each a little": (lambda: many_scripts(400), 9, "more than 8 MB when unzipped"),
    "entries": (lambda: many_entries(3_000), 1, "a zip of more than 2000 files"),
    "a directory": (lambda: inner_of(many_entries(1_500)), 1, "more than 2000 files"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_row_and_costs_little(
    name: str, tmp_path: Path, unzipped: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, most, reason = BOMBS[name]
    monkeypatch.setattr(budget, "MAX_ALL_BYTES", 8 * MB)
    monkeypatch.setattr(budget, "MAX_ENTRIES", 2_000)
    monkeypatch.setattr(zips, "MAX_COPY", 4 * MB)
    monkeypatch.setattr(zips, "MAX_INNER_DIRECTORY", 100_000)
    one = collected(tmp_path, make())
    assert reason in said(one) and "Ask for" in said(one)
    assert sum(unzipped) < most * MB


def test_whoever_takes_too_long_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_SECONDS", -1)
    (tmp_path / "a.zip").write_bytes(inner_of(b""))
    (one,) = collect.collect([tmp_path])
    assert "s to look through. Ask for the notebook alone" in said(one)


def test_a_large_zip_beside_the_notebook_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "MAX_COPY", 1_000)
    inner = zips_in_zips(1, 1, 5 * MB)
    one = collected(tmp_path, inner_of(inner))
    assert [choice.id for choice in one.choices if not choice.damage] == ["tiny.ipynb"]


def test_helpers_beside_a_notebook_are_not_looked_at(tmp_path: Path, unzipped: list[int]) -> None:
    content = io.BytesIO(many_scripts(600))
    with zipfile.ZipFile(content, "a") as archived:
        archived.writestr("tiny.ipynb", b"{}")
    one = collected(tmp_path, content.getvalue())
    assert (one.damage, content_of(one)) == (None, b"{}") and sum(unzipped) < MB


def test_a_class_in_a_zip_has_no_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MAX_ALL_BYTES", 1_500)
    monkeypatch.setattr(budget, "MAX_ENTRIES", 2)
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archived:
        for number in range(9):
            archived.writestr(f"student-{number:02}.ipynb", bytes(1_000))
    found = collect.collect([tmp_path / "class.zip"])
    assert [one.damage for one in found] == [None] * 9


# ---------------------------------------------------------------- scripts

BOMB = yaml_aliases()
HEADERS: dict[str, bytes] = {
    "as it is": BOMB,
    "below a first line": b"#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n" + BOMB,
    "below empty lines": b"\n \n" + BOMB,
    "without spaces": BOMB.replace(b"# ---", b"#---"),
    "not ended": BOMB.replace(b"# ---\n\n", b"\n"),
    "ended otherwise": BOMB.replace(b"# ---\n\n", b"# ...\n\n"),
    "with a windows' line ends": BOMB.replace(b"\n", b"\r\n"),
    "in a raw cell": b"# %% [raw]\n" + BOMB,
    "in prose": b"# %% [markdown]\n" + BOMB,
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_scripts_header_is_not_parsed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parse(*_: object, **__: object) -> object:
        raise AssertionError("YAML that a student wrote was parsed")

    for loader in ("load", "safe_load", "safe_load_all"):
        monkeypatch.setattr(yaml, loader, parse)
    cells = read(HEADERS[name]).notebook.cells
    assert cells[-1].source == "answer = 42"


def test_the_first_lines_are_no_cell_and_run_nothing() -> None:
    script = b"#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\nx = 1\n"
    assert [cell.source.strip() for cell in read(script).notebook.cells] == ["x = 1"]
    before = b"#!/bin/rm\nx = 1\n# %%\ny = 2\n"
    assert [cell.source.strip() for cell in read(before).notebook.cells] == ["x = 1", "y = 2"]


def test_a_whole_header_is_no_cell() -> None:
    assert [cell.source for cell in read(BOMB).notebook.cells] == ["answer = 42"]
