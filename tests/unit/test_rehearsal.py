"""The solution is graded before a class's marks count, once for each basis."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.config import Assignment
from autograder.errors import ConfigError, KitError
from autograder.grading import book
from autograder.grading.batch import Batch
from autograder.grading.grader import Grader
from autograder.grading.rehearsal import SOLUTION, UNTOUCHED, Rehearsal
from autograder.records import Grade, Outcome, Problem, Question, Status, Submission, same_outcome
from autograder.store import Store, open_store
from tests.conftest import submission
from tests.grades import blank, grade

RESTS_ON = {"tests": "t1", "settings": "s1", "data": "mnist", "keras": "3.12"}
CLASS = [replace(submission(name, {}), origin=f"{name}.ipynb") for name in ("a", "b", SOLUTION)]


@pytest.fixture
def opened(tiny: Assignment, tmp_path: Path) -> Callable[..., Rehearsal]:
    """What is known of the solution, in a cache of this test's own."""

    def open_(machine: str = "m1", **other: str) -> Rehearsal:
        cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
        return Rehearsal(tiny, {**RESTS_ON, **other}, cache, machine=machine)

    return open_


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, "tiny") as opened:
        yield opened


class FakeGrader:
    """Everything passes, but for questions of some submissions; the untouched notebook fails."""

    def __init__(self, tiny: Assignment, failed: Mapping[str, str] | None = None) -> None:
        self.questions, self.failed = tiny.questions, {UNTOUCHED: "q1 q2 q3", **(failed or {})}
        self.asked: list[str] = []

    def grade(self, one: Submission) -> Grade:
        self.asked.append(one.id)
        failed = self.failed.get(one.id, "") if one.origin == "" else ""
        return grade(one.id, *(self._verdict(question, failed) for question in self.questions))

    @staticmethod
    def _verdict(question: Question, failed: str) -> object:
        if question.name in failed.split():
            return same_outcome(question, Outcome.FAILED, "a hint.", "found 43, expected 42.")
        return same_outcome(question, Outcome.PASSED, "")


def run(store: Store, rehearsal: Rehearsal, grader: FakeGrader, jobs: int = 1) -> dict[str, float]:
    """One command; returns the gradebook."""
    batch = Batch(store, CLASS, RESTS_ON, rehearsal, again=False)
    batch.grade(grader, jobs, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    batch.publish(batch.review(), accept=True)
    return {each.submission: each.score or 0.0 for each in book.book(store)}


def take_both(rehearsal: Rehearsal, grader: FakeGrader) -> None:
    for notebook in rehearsal.waiting:
        rehearsal.take(notebook, grader.grade(notebook))


def test_the_solution_comes_first_and_once(
    opened: Callable[..., Rehearsal], tiny: Assignment, store: Store
) -> None:
    grader = FakeGrader(tiny)
    assert run(store, opened(), grader) == {"a": 10, "b": 10, SOLUTION: 10}
    assert grader.asked == [SOLUTION, UNTOUCHED, "a", "b", SOLUTION]
    later = FakeGrader(tiny)
    assert run(store, opened(), later) == {"a": 10, "b": 10, SOLUTION: 10}
    assert later.asked == []


def test_nothing_is_published_where_it_is_wrong_and_nothing_is_graded_twice(
    opened: Callable[..., Rehearsal], tiny: Assignment, store: Store
) -> None:
    wrong = FakeGrader(tiny, {SOLUTION: "q2"})
    with pytest.raises(ConfigError) as caught:
        run(store, opened(), wrong)
    for words in ("tiny: the solution gets 7 of 10 here, so nothing is published: q2, squares has", "found 43, expected 42.", "solutions/tiny/ and build it", "--again"):  # fmt: skip
        assert words in str(caught.value)
    assert list(store.entries()) == []
    mended = FakeGrader(tiny)
    assert list(run(store, opened(), mended)) == ["a", "b", SOLUTION]
    assert mended.asked[:2] == [SOLUTION, UNTOUCHED]
    assert sorted({*wrong.asked, *mended.asked}) == ["a", "b", SOLUTION, UNTOUCHED]


def test_what_was_graded_beside_a_wrong_solution_is_kept(
    opened: Callable[..., Rehearsal], tiny: Assignment, store: Store
) -> None:
    rehearsal = opened()
    batch = Batch(store, CLASS[:1], RESTS_ON, rehearsal, again=False)
    wrong = FakeGrader(tiny, {SOLUTION: "q2"})
    store.add(wrong.grade(CLASS[0]), batch._bases["a"])
    with pytest.raises(ConfigError):
        run(store, rehearsal, wrong)
    assert list(store.entries()) == []
    mended = FakeGrader(tiny)
    assert list(run(store, opened(), mended)) == ["a", "b", SOLUTION]
    assert "a" not in mended.asked


def test_interrupted_before_the_solution_is_right_nothing_is_published(
    opened: Callable[..., Rehearsal], tiny: Assignment, store: Store
) -> None:
    batch = Batch(store, CLASS, RESTS_ON, opened(), again=False)
    number = store.add(FakeGrader(tiny).grade(CLASS[0]), batch._bases["a"])
    batch._numbers["a"] = number
    assert batch.publish(batch.review(), accept=True) == frozenset()
    assert list(store.entries()) == []


CHANGES: list[dict[str, str]] = [
    {"tests": "t2"},
    {"settings": "s2"},
    {"data": "digits"},
    {"keras": "3.13"},
    {"machine": "m2"},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_another_basis_is_graded_anew(
    change: dict[str, str], opened: Callable[..., Rehearsal], tiny: Assignment
) -> None:
    take_both(opened(), FakeGrader(tiny))
    assert opened().is_right
    assert not opened(**change).is_right


def test_what_the_untouched_notebook_gets_is_said(
    opened: Callable[..., Rehearsal], tiny: Assignment
) -> None:
    assert "unproved" in str(opened())
    take_both(opened(), FakeGrader(tiny, {UNTOUCHED: "q1 q3"}))
    assert str(opened()).endswith("the untouched notebook gets 3 of 10: q2")


def test_our_own_fault_is_no_mark_of_the_solution(
    opened: Callable[..., Rehearsal], tiny: Assignment
) -> None:
    rehearsal = opened()
    ours = Problem("our fault", {"error": "the disk is full"}, ours=True)
    for notebook in rehearsal.waiting:
        failed = blank(notebook.id, tiny.questions, Status.UNGRADED, ours)
        with pytest.raises(
            KitError,
            match="could not be graded here, so nothing is published: our fault: the disk is full",
        ):
            rehearsal.take(notebook, failed)
    assert not opened().is_right


# ---------------------------------------------------------------- the file


def _file(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "cache" / "autograder" / "solutions").iterdir()
    return path


def test_the_file_is_for_this_user_alone(
    opened: Callable[..., Rehearsal], tiny: Assignment, tmp_path: Path
) -> None:
    take_both(opened(), FakeGrader(tiny))
    path = _file(tmp_path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


DAMAGED: dict[str, Callable[[dict[str, object]], str]] = {
    "empty": lambda _: "",
    "cut short": lambda value: json.dumps(value)[:-5],
    "of another basis": lambda value: json.dumps({**value, "basis": "0" * 64}),
    "a list": lambda _: "[]",
    "points that are none": lambda value: json.dumps({**value, "untouched": {"q1": "3"}}),
    "no points": lambda value: json.dumps({**value, "untouched": None}),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_file_proves_nothing_and_is_replaced(
    case: str, opened: Callable[..., Rehearsal], tiny: Assignment, tmp_path: Path
) -> None:
    take_both(opened(), FakeGrader(tiny))
    path = _file(tmp_path)
    path.write_text(DAMAGED[case](json.loads(path.read_text())), encoding="utf-8")
    assert not opened().is_right
    take_both(opened(), FakeGrader(tiny))
    assert opened().is_right


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


TAMPERED: dict[str, Callable[[Path], object]] = {
    "a link": _link,
    "a second name": lambda path: path.with_name("elsewhere").hardlink_to(path),
    "others can write": lambda path: path.chmod(0o666),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path, 0o600)),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_file_that_others_could_have_written_is_refused(
    case: str, opened: Callable[..., Rehearsal], tiny: Assignment, tmp_path: Path
) -> None:
    take_both(opened(), FakeGrader(tiny))
    TAMPERED[case](_file(tmp_path))
    with pytest.raises(KitError, match="Delete it"):
        opened()


def test_another_users_file_is_refused(
    opened: Callable[..., Rehearsal], tiny: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_both(opened(), FakeGrader(tiny))
    monkeypatch.setattr("os.geteuid", lambda: 12345)
    with pytest.raises(KitError, match="a plain file of your own"):
        opened()


def test_a_cache_that_cannot_be_written_costs_another_run_only(
    tiny: Assignment, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    rehearsal = Rehearsal(tiny, RESTS_ON, {"XDG_CACHE_HOME": str(tmp_path / "file" / "cache")})
    take_both(rehearsal, FakeGrader(tiny))
    assert rehearsal.is_right


def test_the_real_solution_is_right(opened: Callable[..., Rehearsal], tiny_grader: Grader) -> None:
    rehearsal = opened()
    for notebook in rehearsal.waiting:
        rehearsal.take(notebook, tiny_grader.grade(notebook))
    assert str(rehearsal) == str(opened())
    assert str(opened()) == "The solution gets 10 of 10 here; the untouched notebook gets 0 of 10"


def test_without_a_solution_nothing_is_proved_and_a_class_is_graded(
    tiny: Assignment, store: Store, tmp_path: Path
) -> None:
    unsolved, cache = replace(tiny, solved=False), {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    rehearsal, grader = Rehearsal(unsolved, RESTS_ON, cache, machine="m1"), FakeGrader(tiny)
    assert run(store, rehearsal, grader)["a"] == 10
    assert grader.asked.count(UNTOUCHED) == 1 and len(grader.asked) == len(CLASS) + 1
    assert str(rehearsal) == (
        "tiny has no solution, so nothing is proved; the untouched notebook gets 0 of 10"
    )
