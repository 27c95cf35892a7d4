"""Grades a class into a folder: what is known is not graded again, and nothing is lost.

A grade that was made from exactly the same (notebook, tests, settings, data, versions) is used
again, so a batch that was stopped, however it was stopped, goes on with the same command. Every
grade is written down as soon as it is there; the gradebook changes when the command ends, and only
where the solution got full marks here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice

from autograder.errors import KitError
from autograder.grading.basis import basis
from autograder.grading.grader import Grader
from autograder.grading.rehearsal import Rehearsal
from autograder.records import Grade, Status, Submission
from autograder.reports import changes as changes_report
from autograder.reports.changes import Change
from autograder.store import Entry, Store

_log = logging.getLogger("autograder.grading")


@dataclass(frozen=True, slots=True)
class Review:
    """What a batch would do to the marks that the gradebook has already."""

    changes: tuple[Change, ...]
    """What our own fault had left blank is no mark: filling it in changes none."""
    unmoved: tuple[str, ...]
    """Whose earlier grade stays, since the same notebook could not be graded now."""

    @property
    def contested(self) -> frozenset[str]:
        """Whose marks the grading alone would change: the notebook is the same."""
        return frozenset(change.submission for change in self.changes if change.same_notebook)


class Batch:
    """One command's submissions on their way into one folder's gradebook."""

    def __init__(
        self,
        store: Store,
        submissions: Sequence[Submission],
        rests_on: Mapping[str, str],
        rehearsal: Rehearsal,
        *,
        again: bool,
    ) -> None:
        self._store = store
        self._rehearsal = rehearsal
        self._submissions = submissions
        since = store.begin(again=again)
        self._bases = {item.id: basis(rests_on, item) for item in submissions}
        self._numbers: dict[str, int] = {}
        """The number of each submission's grade, as far as it has one."""
        for submission, its_basis in self._bases.items():
            number = store.known(submission, its_basis, since)
            if number is not None:
                self._numbers[submission] = number
        _log.info("%d submissions, %d of them graded already", self.total, len(self._numbers))
        _log.info("made from %s", ", ".join(f"{name} {v[:16]}" for name, v in rests_on.items()))

    @property
    def total(self) -> int:
        """How many submissions there are."""
        return len(self._submissions)

    @property
    def waiting(self) -> list[Submission]:
        """The submissions that have to be graded."""
        return [item for item in self._submissions if item.id not in self._numbers]

    def grade(
        self,
        grader: Grader,
        jobs: int,
        started: Callable[[str], None],
        finished: Callable[[Grade], None],
    ) -> None:
        """Grade what is waiting, and write each grade down at once. May be interrupted.

        The solution begins, and the first submissions run beside it. Raises what
        `Rehearsal.take` does where it is not right: then the rest is not worth grading.
        """
        own = self._rehearsal.waiting
        for submission, grade in grade_all(grader, [*own, *self.waiting], jobs, started):
            if submission in own:
                finished(grade)
                self._rehearsal.take(submission, grade)
                continue
            number = self._store.add(grade, self._bases[grade.submission])
            self._numbers[grade.submission] = number
            _log.info("%s: %s, %.1f s", grade.submission, grade.status, grade.seconds)
            finished(grade)

    def review(self) -> Review:
        """Compare what is graded so far with the gradebook, and change nothing."""
        changes: list[Change] = []
        unmoved = []
        for submission, entry in self._store.entries().items():
            number = self._numbers.get(submission, entry.grade)
            if number == entry.grade:
                continue
            before, after = self._store.decided(entry.grade), self._store.decided(number)
            if before.status is Status.UNGRADED:
                continue
            if after.status is Status.UNGRADED and before.sha256 == after.sha256:
                unmoved.append(submission)
            else:
                changes += changes_report.between(before, after)
        return Review(tuple(changes), tuple(unmoved))

    def publish(self, review: Review, *, accept: bool) -> frozenset[str]:
        """Enter what is graded into the gradebook; earlier rows of other submissions stay.

        Without `accept`, contested rows stay as they are, and are returned. Enters nothing before
        the solution is known to be right here.
        """
        if not self._rehearsal.is_right:
            return frozenset()
        held_back = frozenset[str]() if accept else review.contested
        self._store.publish(
            {
                item.id: Entry(self._numbers[item.id], item.student, item.earlier, item.remarks)
                for item in self._submissions
                if item.id in self._numbers and item.id not in {*held_back, *review.unmoved}
            }
        )
        if not self.waiting and not held_back:
            self._store.finish()
        return held_back

    def blank(self, grades: Iterable[Grade]) -> bool:
        """Whether one of these submissions has no score, and not because a human is to grade it."""
        return any(grade.so_far is None and grade.submission in self._bases for grade in grades)


def grade_all(
    grader: Grader, submissions: Sequence[Submission], jobs: int, started: Callable[[str], None]
) -> Iterator[tuple[Submission, Grade]]:
    """Grade many submissions, `jobs` at a time; yield each with its row as it is finished.

    `started` is told of each submission, from a thread of its own.
    """

    def work(submission: Submission) -> tuple[Submission, Grade]:
        _log.debug("%s begins", submission.id)
        started(submission.id)
        return submission, grader.grade(submission)

    pool = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
    waiting, running = iter(submissions), list[Future[tuple[Submission, Grade]]]()
    try:
        while True:
            try:
                for submission in islice(waiting, 2 * jobs - len(running)):
                    running.append(pool.submit(work, submission))
            except RuntimeError as error:
                raise KitError(f"grading cannot go on: {error}. Is the memory full?") from None
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            ready = [future for future in running if future in done]
            running = [future for future in running if future not in done]
            yield from (future.result() for future in ready)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
