"""What is known is not graded again, and a regrade changes no mark behind anybody's back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import KitError
from autograder.grading import batch, book
from autograder.grading.batch import Batch
from autograder.records import (
    Case,
    CaseVerdict,
    Grade,
    Outcome,
    Problem,
    Question,
    QuestionVerdict,
    Status,
    Submission,
)
from autograder.store import Store, open_store

RESTS_ON = {"tests": "t1", "settings": "s1", "data": "mnist", "data_sha256": "d1", "keras": "3.12"}
MAX = 4.0


class FakeGrader:
    """Gives points by submission; remembers what it was asked for."""

    def __init__(self, points: Mapping[str, float | None] | None = None) -> None:
        self.points = points or {}
        self.asked: list[str] = []

    def grade(self, submission: Submission) -> Grade:
        self.asked.append(submission.id)
        points = self.points.get(submission.id, 2.0)
        status = Status.UNGRADED if points is None else Status.GRADED
        if submission.damage:
            status, points = Status.UNGRADABLE, None
        outcome = Outcome.UNGRADED if points is None else Outcome.PASSED
        case = CaseVerdict(Case("q1 - 1", "is right", False, MAX, ""), outcome)
        verdict = QuestionVerdict(Question("q1", False, (case.case,), ()), (case,), points)
        return Grade(
            submission.id, submission.sha256, status, (verdict,), points, MAX, (), 1.0, RESTS_ON
        )


class InterruptedGrader(FakeGrader):
    """The interrupt comes when the n-th submission has its row."""

    def __init__(self, after: int, points: Mapping[str, float | None] | None = None) -> None:
        super().__init__(points)
        self.left = after

    def finished(self, _: Grade) -> None:
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


def one(name: str, text: str = "", **more: Any) -> Submission:
    content = f"{name}{text}".encode()
    return Submission(name, f"{name}.ipynb", hashlib.sha256(content).hexdigest(), **more)


CLASS = [one("a"), one("b"), one("c")]
ALL = ["a", "b", "c"]


class RightSolution:
    """A solution that is known to be right here."""

    is_right = True
    waiting = ()


def begin(store: Store, submissions: Sequence[Submission] = CLASS, *, again: bool = False, **other: str) -> Batch:  # fmt: skip
    return Batch(store, submissions, {**RESTS_ON, **other}, RightSolution(), again=again)  # type: ignore[arg-type]


def run(
    store: Store,
    submissions: Sequence[Submission] = CLASS,
    points: Mapping[str, float | None] | None = None,
    *,
    publish: bool = True,
    **how: Any,
) -> list[str]:
    """One command from its begin to its end; return what was graded."""
    grader, mine = FakeGrader(points), begin(store, submissions, **how)
    mine.grade(grader, 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    if publish:
        mine.publish(mine.review(), accept=True)
    return grader.asked


def marks(store: Store) -> dict[str, float | None]:
    return {grade.submission: grade.score for grade in book.book(store)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, "mnist") as opened:
        yield opened


@contextmanager
def interrupted(mine: Batch, grader: InterruptedGrader) -> Iterator[None]:
    with pytest.raises(KeyboardInterrupt):
        mine.grade(grader, 1, lambda _: None, grader.finished)  # type: ignore[arg-type]
    yield


def test_what_is_known_is_not_graded_again(store: Store) -> None:
    assert run(store) == ALL
    assert run(store) == []
    assert marks(store) == dict.fromkeys(ALL, 2.0)


CHANGES: dict[str, tuple[list[Submission], dict[str, str], list[str]]] = {
    "a notebook": ([one("a"), one("b", "changed"), one("c")], {}, ["b"]),
    "the tests": (CLASS, {"tests": "t2"}, ALL),
    "the settings": (CLASS, {"settings": "s2"}, ALL),
    "the data": (CLASS, {"data_sha256": "d2"}, ALL),
    "a version": (CLASS, {"keras": "3.13"}, ALL),
    "another place of the same": ([replace(CLASS[0], origin="elsewhere"), *CLASS[1:]], {}, []),
    "a new one": ([*CLASS, one("d")], {}, ["d"]),
    "a damaged one": (
        [replace(CLASS[0], sha256="", damage=Problem("zip encrypted")), *CLASS[1:]],
        {},
        ["a"],
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_changed_is_graded_again(case: str, store: Store) -> None:
    submissions, other, expected = CHANGES[case]
    run(store)
    assert run(store, submissions, **other) == expected
    assert run(store, submissions, **other) == []


def test_what_changes_back_is_known(store: Store) -> None:
    for tests, graded in (("t1", ALL), ("t2", ALL), ("t1", [])):
        assert run(store, tests=tests) == graded


def test_again_grades_everything_once_more(store: Store) -> None:
    run(store)
    assert run(store, again=True) == ALL
    assert run(store, again=True) == ALL
    assert run(store) == []


@pytest.mark.parametrize("graded_before", [True, False])
def test_again_goes_on_where_it_was_interrupted(store: Store, graded_before: bool) -> None:
    if graded_before:
        run(store)
    mine, grader = begin(store, again=True), InterruptedGrader(after=2)
    with interrupted(mine, grader):
        mine.publish(mine.review(), accept=True)
    assert run(store, again=True) == ["c"]
    assert run(store, again=True) == ALL


def test_ungraded_ones_are_tried_again_by_the_next_command(store: Store) -> None:
    run(store, points={"b": None})
    assert marks(store) == {"a": 2.0, "b": None, "c": 2.0}
    mine = begin(store)
    assert [waiting.id for waiting in mine.waiting] == ["b"]
    mine.grade(FakeGrader({"b": 3.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert mine.review().changes == (), "filling in what our fault left blank wants nobody's word"
    mine.publish(mine.review(), accept=True)
    assert marks(store) == {"a": 2.0, "b": 3.0, "c": 2.0}


def test_a_resubmission_replaces_the_row_and_wants_no_word(store: Store) -> None:
    run(store)
    mine = begin(store, [one("b", "better", earlier=("b.ipynb",))])
    mine.grade(FakeGrader({"b": 4.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert [(c.question, c.difference, c.same_notebook) for c in mine.review().changes] == [
        ("q1", 2.0, False),
        ("score", 2.0, False),
    ]
    mine.publish(mine.review(), accept=True)
    assert marks(store) == {"a": 2.0, "b": 4.0, "c": 2.0}
    assert [grade.earlier for grade in store.book()] == [(), ("b.ipynb",), ()]


def test_rows_of_submissions_that_are_not_named_stay(store: Store) -> None:
    run(store)
    run(store, [one("d")])
    assert list(marks(store)) == [*ALL, "d"]


def test_new_tests_change_nothing_before_they_are_accepted(store: Store) -> None:
    run(store)
    mine = begin(store, tests="t2")
    mine.grade(FakeGrader({"a": 1.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    found = [
        (c.submission, c.question, c.before, c.after, c.same_notebook)
        for c in mine.review().changes
    ]
    assert found == [("a", "q1", 2.0, 1.0, True), ("a", "score", 2.0, 1.0, True)]
    assert marks(store) == dict.fromkeys(ALL, 2.0)
    accepted = begin(store, tests="t2")
    assert accepted.waiting == []
    assert len(accepted.review().changes) == 2
    accepted.publish(accepted.review(), accept=True)
    assert marks(store) == {"a": 1.0, "b": 2.0, "c": 2.0}


def test_our_fault_in_a_regrade_takes_no_mark(store: Store) -> None:
    run(store)
    mine = begin(store, again=True)
    mine.grade(FakeGrader({"a": None}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert mine.review().unmoved == ("a",)
    assert mine.review().changes == ()
    mine.publish(mine.review(), accept=True)
    assert marks(store) == dict.fromkeys(ALL, 2.0)


def test_what_is_not_accepted_holds_back_its_own_row_only(store: Store) -> None:
    run(store)
    mine = begin(store, [*map(one, [*ALL, "d"])], tests="t2")
    mine.grade(FakeGrader({"a": 1.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert {change.submission for change in mine.review().changes} == {"a"}
    assert mine.publish(mine.review(), accept=False) == {"a"}
    assert marks(store) == {"a": 2.0, "b": 2.0, "c": 2.0, "d": 2.0}
    assert run(store) == [], "the marks that were there before still hold"


def test_a_new_notebook_is_entered_though_it_was_not_accepted(store: Store) -> None:
    run(store)
    mine = begin(store, [one("a", "handed in anew"), *CLASS[1:]], tests="t2")
    mine.grade(FakeGrader({"a": 1.0, "b": 1.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    review = mine.review()
    assert {change.submission for change in review.changes} == {"a", "b"}
    assert review.contested == {"b"}
    assert marks(store) == dict.fromkeys(ALL, 2.0), "looking changes nothing"
    assert mine.publish(review, accept=False) == {"b"}
    assert marks(store) == {"a": 1.0, "b": 2.0, "c": 2.0}


def test_a_blank_row_counts_for_the_batch_that_it_is_in(store: Store) -> None:
    run(store, points={"b": None})
    grades = book.book(store)
    assert begin(store).blank(grades)
    assert not begin(store, [CLASS[0], CLASS[2]]).blank(grades)


def test_a_regrade_not_accepted_is_not_taken_later_unasked(store: Store) -> None:
    run(store)
    mine = begin(store, again=True)
    mine.grade(FakeGrader({"a": 1.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert mine.publish(mine.review(), accept=False) == {"a"}
    accepted = begin(store, again=True)
    assert accepted.waiting == [], "nothing is graded twice"
    assert [c.after for c in accepted.review().changes] == [1.0, 1.0]
    later = begin(store)
    assert (later.waiting, later.review().changes) == ([], ())


def test_changes_are_of_the_points_that_count(store: Store) -> None:
    run(store)
    store.override("a", "q1", 1.5, "a human's word")
    mine = begin(store, again=True)
    mine.grade(FakeGrader({"a": 3.0}), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    assert mine.review().changes == ()


def test_an_override_that_fits_no_more_is_said(store: Store) -> None:
    run(store)
    store.override("a", "q1", 99.0, "of the old tests")
    store.override("b", "q9", 1.0, "of the old tests")
    store.override("c", "q1", 1.0, "fits")
    said = book.misfits(store, book.book(store))
    assert [text.split(":")[0] for text in said] == ["a q1=99", "b q9=1"]


def test_an_override_of_another_notebook_asks_for_a_look(store: Store) -> None:
    run(store)
    store.override("a", "q1", 1.5, "right idea")
    assert [g.flags for g in book.book(store)] == [()] * 3
    run(store, [one("a", "handed in later"), *CLASS[1:]])
    (flag,) = book.book(store)[0].flags
    assert flag.name == "override"
    assert "q1 was set to 1.5 by hand" in flag.evidence and "right idea" in flag.evidence
    store.override("a", "q1", 1.5, "still right")
    assert book.book(store)[0].flags == ()


def test_interrupted_in_a_first_run_there_is_a_gradebook_of_what_is_done(store: Store) -> None:
    mine = begin(store)
    with interrupted(mine, InterruptedGrader(after=2)):
        assert mine.review().changes == ()
        mine.publish(mine.review(), accept=True)
    assert marks(store) == {"a": 2.0, "b": 2.0}
    assert run(store) == ["c"]
    assert list(marks(store)) == ALL


def test_interrupted_in_a_regrade_what_was_graded_is_not_lost(store: Store) -> None:
    run(store)
    mine = begin(store, tests="t2")
    with interrupted(mine, InterruptedGrader(1, {"a": 3.0})):
        assert len(mine.review().changes) == 2  # not accepted: nothing is published
    assert marks(store) == dict.fromkeys(ALL, 2.0)
    assert run(store, tests="t2") == ["b", "c"]
    assert marks(store) == {"a": 3.0, "b": 2.0, "c": 2.0}


def test_the_gradebook_changes_all_at_once_or_not_at_all(store: Store) -> None:
    run(store)
    mine = begin(store, tests="t2")
    mine.grade(FakeGrader(dict.fromkeys(ALL, 1.0)), 1, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    mine._numbers["c"] = 99  # no such grade: the last row of three is refused
    with pytest.raises(KitError, match=r"grades\.sqlite"):
        mine.publish(mine.review(), accept=True)
    assert marks(store) == dict.fromkeys(ALL, 2.0)


def test_every_earlier_grade_is_kept_with_what_made_it(store: Store) -> None:
    run(store)
    run(store, tests="t2", points={"a": 1.0})
    kept = store._read("SELECT submission, score, basis FROM grades ORDER BY grade")
    assert [row[:2] for row in kept] == [*((n, 2.0) for n in ALL), ("a", 1.0), ("b", 2.0), ("c", 2.0)]  # fmt: skip
    assert len({row[2] for row in kept}) == 6


def test_many_at_once_end_as_one_row_each(store: Store) -> None:
    submissions = [one(f"student-{number:03}") for number in range(200)]
    mine, grader = begin(store, submissions), FakeGrader()
    mine.grade(grader, 8, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    mine.publish(mine.review(), accept=True)
    assert sorted(grader.asked) == sorted(marks(store)) == [each.id for each in submissions]


def test_a_thread_that_cannot_start_ends_with_our_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> Callable[[], None]:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(batch.ThreadPoolExecutor, "submit", refused)
    with pytest.raises(KitError, match="can't start new thread"):
        run(store)
