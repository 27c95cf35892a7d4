"""What grades inside Gradescope's container, where nothing has to run: memory, what was handed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from autograder import words
from autograder.course.config import Assignment
from autograder.errors import IsolationError, SubmissionError
from autograder.gradescope import container
from autograder.records import Problem

MACHINE = psutil.virtual_memory().total >> 20
LIMITS: dict[str, tuple[dict[str, str], int]] = {
    "version 2": ({"memory.max": "805306368\n"}, 768),
    "version 1": ({"memory/memory.limit_in_bytes": "805306368\n"}, 768),
    "no limit": ({"memory.max": "max\n"}, MACHINE),
    "version 1 without a limit": (
        {"memory/memory.limit_in_bytes": "9223372036854771712\n"},
        MACHINE,
    ),
    "nothing to read": ({}, MACHINE),
}


@pytest.mark.parametrize("case", LIMITS)
def test_memory(case: str, tmp_path: Path) -> None:
    files, expected = LIMITS[case]
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="ascii")
    assert container.memory_mb(tmp_path) == expected


def _write(*names: str) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        for name in names:
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text("{}", encoding="utf-8")

    return write


def _link(folder: Path) -> None:
    (folder.parent / "solution.ipynb").write_text("{}", encoding="utf-8")
    (folder / "tiny.ipynb").symlink_to(folder.parent / "solution.ipynb")


def _hard_link(folder: Path) -> None:
    (folder.parent / "solution.ipynb").write_text("{}", encoding="utf-8")
    (folder / "tiny.ipynb").hardlink_to(folder.parent / "solution.ipynb")


def _linked_folder(folder: Path) -> None:
    (folder / "tiny").symlink_to(folder.parent)


GOOD = {
    "its own name": ("tiny.ipynb",),
    "any name": ("my work.ipynb",),
    "in a folder": ("hw/tiny.ipynb",),
    "another one beside it": ("tiny.ipynb", "scratch.ipynb"),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_was_handed_in(case: str, tiny: Assignment, tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    _write(*GOOD[case])(tmp_path / "submission")
    (tmp_path / "submission_metadata.json").write_text(json.dumps({"id": 12}), encoding="utf-8")
    found = container.find_submission(tmp_path, tiny)
    assert (found.id, found.student) == ("submission_12", "gradescope:12")
    assert Path(found.origin).name == Path(GOOD[case][0]).name


@pytest.mark.parametrize("text", ["", "[]", '{"id": "12"}', '{"id": true}', "[" * 100_000])
def test_strange_metadata_is_no_metadata(text: str, tiny: Assignment, tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    _write("tiny.ipynb")(tmp_path / "submission")
    (tmp_path / "submission_metadata.json").write_text(text, encoding="utf-8")
    found = container.find_submission(tmp_path, tiny)
    assert (found.id, found.student) == ("submission-44136fa355b3", "")


BAD: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing": (_write(), "there is no notebook in it. Hand in tiny.ipynb"),
    "a text": (_write("tiny.txt"), "there is no notebook in it"),
    "two": (_write("a.ipynb", "b.ipynb"), "there are 2 notebooks in it: a.ipynb, b.ipynb"),
    "two of its name": (_write("a/tiny.ipynb", "b/tiny.ipynb"), "there are 2 notebooks"),
    "a link to the solution": (_link, "`tiny.ipynb` is a link"),
    "a hard link": (_hard_link, "`tiny.ipynb` is a link"),
    "a link to a folder": (_linked_folder, "`tiny` is a link"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_graded(case: str, tiny: Assignment, tmp_path: Path) -> None:
    make, said = BAD[case]
    (tmp_path / "submission").mkdir()
    make(tmp_path / "submission")
    with pytest.raises(SubmissionError) as raised:
        container.find_submission(tmp_path, tiny)
    assert said in str(words.problem_for_student(raised.value.problem))


FAILURES = [
    (IsolationError("no Landlock here"), "cannot keep a student's code away", "no Landlock here"),
    (
        SubmissionError(Problem("link in upload", {"file": "a"}, "file itself")),
        "not graded: `a` is a link. Hand in the file itself.",
        "",
    ),
    (RuntimeError("/srv/secret"), "on our side", "RuntimeError: /srv/secret"),
]


@pytest.mark.parametrize(("error", "shown", "logged"), FAILURES, ids=lambda each: str(each)[:20])
def test_a_failure_is_a_result_without_a_score(
    error: Exception,
    shown: str,
    logged: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(container, "_grade", fail)
    for_instructor = container.main(tmp_path, tmp_path, "auto")
    found = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert shown in found["output"] and "/srv" not in found["output"]
    assert not {"score", "tests"} & set(found)
    assert logged in for_instructor and bool(logged) == bool(for_instructor)
