"""Zips are looked into behind the wall: whatever one does there is its own row."""

from __future__ import annotations

import os
import signal
import socket
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder import words
from autograder.course.config import Assignment
from autograder.errors import KitError, SubmissionError
from autograder.grading.grader import reader_of
from autograder.intake import archive
from autograder.intake.collect import collect
from autograder.reader import zip_client, zip_worker
from autograder.reader.zip_client import Zips
from autograder.reader.zips import Zip
from autograder.records import Problem, Submission
from autograder.wall import watched
from autograder.wall.confine import Level
from tests.broken.bombs import MB, zips_in_zips
from tests.broken.damage import good, to_bytes
from tests.unit.test_intake import lay, zipped

HOSTILE = "hostile.ipynb"
CLASS = zipped("a.ipynb", HOSTILE, "z.ipynb")


class Forked(Zips):
    """Its warm process is this one, so that what a test changes here holds in the forks."""

    children: list[int]

    def __enter__(self) -> Forked:
        self.children = []
        return self

    def __exit__(self, *of: object) -> None:
        self._hang_up()
        for child in self.children:
            os.waitpid(child, 0)

    def wait_until_ready(self) -> None:
        pass

    def connect(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            try:
                watched.enclosed(self._level, lambda: zip_worker.session(theirs))
            finally:
                os._exit(0)
        self.children.append(child)
        theirs.close()
        return ours

    def last_words(self) -> str:
        return "its last words"


def said(one: Submission) -> str:
    return "; ".join(words.problem(each.damage) for each in (one, *one.choices) if each.damage)


def test_the_commands_own_process_opens_no_zip(
    tmp_path: Path, tiny: Assignment, best_level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither to find what was handed in, nor to read it."""

    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a zip was opened in the command's own process")

    solved = zipped("tiny.ipynb", content=to_bytes(good(tiny)))
    files = {"a.zip": zipped("in.zip", content=solved), "b.zip": zips_in_zips(2, 2, 5 * MB)}
    lay(tmp_path, {**files, "c.zip": b"PK", "d.ipynb": b"{}", "e.ipynb": solved})
    monkeypatch.setattr(archive, "Zips", Zips)
    for name in ("ZipFile", "ZipExtFile"):
        monkeypatch.setattr(zipfile, name, refuse)
    nested, bomb, damaged, plain, unnamed = collect([tmp_path])
    assert [nested.damage, plain.damage, unnamed.damage] == [None] * 3
    assert (nested.inner, plain.inner) == ((0, 0), ())
    assert "cannot be opened" in said(bomb) and "cannot be opened" in said(damaged)
    with reader_of(tiny, best_level) as reader:
        reader.wait_until_ready()
        assert reader.read(nested).begun and reader.read(unnamed).begun


def test_plain_files_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "Zips", None)
    lay(tmp_path, {"a.ipynb": b"{}", "b.py": b"# %%", "c.py": b"x", "d.txt": b""})
    assert [one.id for one in collect([tmp_path])] == ["a", "b"]


def too_large() -> object:
    return [bytes(64 << 20) for _ in range(200)]


def endless() -> None:
    while True:
        pass


def crashes() -> None:
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def falls() -> None:
    raise KeyError("not foreseen")


ENDS: dict[str, tuple[Callable[[], object], str]] = {
    "it takes the memory": (too_large, "more than 256 MB when unzipped. Ask for"),
    "it takes the processor": (endless, "more than 1 s to look through. Ask for"),
    "it takes the time": (threading.Event().wait, "more than 1 s to look through. Ask for"),
    "it crashes": (crashes, "reading it ended with SIGSEGV). Ask for"),
    "it is killed": (killed, "reading it ended with SIGKILL). Ask for"),
    "it is not foreseen": (falls, "reading it ended with an error). Ask for"),
}


def provoked(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Have something happen whenever one entry of a class' zip is hashed."""
    real = Zip.hashed

    def hashed(zipped: Zip, inner: tuple[int, ...], *more: Any) -> Any:
        if zipped._archive(inner[:-1], None).infolist()[inner[-1]].filename == HOSTILE:
            act()
        return real(zipped, inner, *more)

    monkeypatch.setattr(Zip, "hashed", hashed)
    monkeypatch.setattr(archive, "Zips", Forked)
    monkeypatch.setattr(archive, "best", lambda: Level.NONE)


@pytest.mark.parametrize("name", ENDS)
def test_what_a_zip_does_is_its_own_row(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, reason = ENDS[name]
    provoked(monkeypatch, act)
    monkeypatch.setattr(watched, "SECONDS", 1)
    monkeypatch.setattr(watched, "MEMORY_MB", 256)
    before, hostile, after = collect([_class(tmp_path)])
    assert (before.damage, after.damage) == (None, None)
    assert reason in said(hostile)


def _class(folder: Path) -> Path:
    return lay(folder, {"class.zip": CLASS}) / "class.zip"


def test_what_others_used_up_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed_once() -> None:
        try:
            (tmp_path / "before").touch(exist_ok=False)
        except FileExistsError:
            return
        killed()

    provoked(monkeypatch, killed_once)
    assert [one.damage for one in collect([_class(tmp_path)])] == [None] * 3


def test_what_is_no_answer_is_the_zips_doing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provoked(monkeypatch, list)
    monkeypatch.setattr(zip_worker, "answer", lambda *_: zip_client.OpenZip())
    (one,) = collect([_class(tmp_path)])
    assert "a zip that cannot be opened" in said(one)


def test_a_full_machine_is_nobodys_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        available = 0

    provoked(monkeypatch, killed)
    monkeypatch.setattr(zip_client.psutil, "virtual_memory", Full)
    with pytest.raises(KitError, match="memory is full"):
        collect([_class(tmp_path)])


def test_where_nothing_can_be_confined_no_zip_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "Zips", Zips)
    monkeypatch.setattr(archive, "best", lambda: "no level")
    with pytest.raises(KitError, match="zip_worker did not start: ValueError"):
        collect([_class(tmp_path)])


def test_what_looks_into_zips_is_confined(
    tmp_path: Path, best_level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser that is taken over reaches neither files nor the network."""
    if best_level is Level.NONE:
        pytest.skip("nothing can be confined here")

    def taken_over() -> None:
        reached = []
        for name, act in {
            "a file": lambda: open(__file__).close(),  # noqa: PTH123
            "the network": lambda: socket.socket(socket.AF_INET).close(),
            "the disk": lambda: open("/zips-escape", "w").close(),  # noqa: PTH123
        }.items():
            try:
                act()
                reached.append(name)
            except OSError:
                continue
        raise SubmissionError(Problem("text", {"text": f"reached: {reached}"}))

    provoked(monkeypatch, taken_over)
    monkeypatch.setattr(archive, "best", lambda: best_level)
    _, hostile, _ = collect([_class(tmp_path)])
    assert said(hostile) == "reached: []"
