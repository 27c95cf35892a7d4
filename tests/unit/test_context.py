"""The context: staff code that the judge runs once."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import KitError
from autograder.judge import context


def staff(folder: Path, source: str) -> Path:
    (folder / "context").mkdir()
    (folder / context.FILE).write_text(source, encoding="utf-8")
    return folder


def test_its_names_are_what_the_code_makes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPLBACKEND", "")
    source = "# cell 2\ndef f():\n    return x\nprint('seen')\n# cell 3\nx = 5\n"
    names = context.load(staff(tmp_path, source))
    assert names["f"]() == 5  # type: ignore[operator]
    assert "__builtins__" not in names and capsys.readouterr().out == ""


def test_without_one_there_are_no_names(tmp_path: Path) -> None:
    assert context.load(tmp_path) == {}


def test_what_fails_names_its_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "")
    source = "# cell 2\ndef f():\n    return lost\n# cell 7\nx = 5\ny = f()\n# cell 9\nz = 1\n"
    with pytest.raises(KitError, match=r"solution's cell 7 cannot .* NameError: name 'lost'"):
        context.load(staff(tmp_path, source))


def test_code_before_cells_runs_before_each_question_too(tmp_path: Path) -> None:
    assert context.before_cells(tmp_path) == "" and context.as_before_a_cell("") == {}
    (staff(tmp_path, "") / context.BEFORE).write_text("rng_seed = 713", encoding="utf-8")
    assert context.as_before_a_cell(context.before_cells(tmp_path)) == {"rng_seed": 713}
