"""Grades a class into a folder: what is known is not graded again, and nothing is lost.

A grade that was made from exactly the same (notebook, tests, settings, data, versions) is used
again, so a batch that was stopped, however it was stopped, goes on with the same command. Every
grade is written down as soon as it is there; the gradebook changes when the command ends.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.grading.grader import Grader, basis, grade_all
from autograder.notebook.flags import identical
from autograder.records import Change, Flag, Grade, Status, Submission
from autograder.reports import changes as changes_report
from autograder.reports import gradebook
from autograder.reports.staff import page as class_report
from autograder.reports.student import page as feedback
from autograder.store import Entry, Store

_log = logging.getLogger("autograder.grading")


class Batch:
    """One command's submissions on their way into one folder's gradebook."""

    def __init__(
        self,
        store: Store,
        submissions: Sequence[Submission],
        rests_on: Mapping[str, str],
        *,
        again: bool,
    ) -> None:
        self._store = store
        self._submissions = submissions
        since = store.begin(again=again)
        self._bases = {one.id: basis(rests_on, one) for one in submissions}
        self._numbers: dict[str, int] = {}
        """The number of each submission's grade, as far as it has one."""
        for one in submissions:
            known = store.known(one.id, self._bases[one.id], since)
            if known is not None:
                self._numbers[one.id] = known
        _log.info("%d submissions, %d of them graded already", self.total, len(self._numbers))
        _log.info("made from %s", ", ".join(f"{name} {v[:16]}" for name, v in rests_on.items()))

    @property
    def total(self) -> int:
        """How many submissions there are."""
        return len(self._submissions)

    @property
    def waiting(self) -> list[Submission]:
        """The submissions that have to be graded."""
        return [one for one in self._submissions if one.id not in self._numbers]

    def grade(
        self,
        grader: Grader,
        jobs: int,
        started: Callable[[str], None],
        finished: Callable[[Grade], None],
    ) -> None:
        """Grade what is waiting, and write each grade down at once. May be interrupted."""
        for grade in grade_all(grader, self.waiting, jobs, started):
            number = self._store.add(grade, self._bases[grade.submission])
            self._numbers[grade.submission] = number
            _log.info("%s: %s, %.1f s", grade.submission, grade.status, grade.seconds)
            finished(grade)

    def changes(self) -> list[Change]:
        """Return whose marks would become others than the gradebook says.

        What our own fault had left blank is no mark: filling it in changes none.
        """
        found: list[Change] = []
        kept = self.kept()
        for submission, entry in self._store.entries().items():
            number = self._numbers.get(submission, entry.grade)
            if number != entry.grade and submission not in kept:
                before, after = self._store.decided(entry.grade), self._store.decided(number)
                if before.status is not Status.UNGRADED:
                    found += changes_report.between(before, after)
        return found

    def kept(self) -> list[str]:
        """Return whose earlier grade stays, since the same notebook could not be graded now."""
        return [
            submission
            for submission, entry in self._store.entries().items()
            if self._numbers.get(submission, entry.grade) != entry.grade
            and (now := self._store.grade(self._numbers[submission])).status is Status.UNGRADED
            and (before := self._store.grade(entry.grade)).status is not Status.UNGRADED
            and before.sha256 == now.sha256
        ]

    def publish(self, without: Collection[str] = ()) -> None:
        """Enter what is graded into the gradebook, but for some; earlier rows of others stay."""
        stay = {*without, *self.kept()}
        self._store.publish(
            {
                one.id: Entry(self._numbers[one.id], one.student, one.earlier, one.remarks)
                for one in self._submissions
                if one.id in self._numbers and one.id not in stay
            }
        )
        if not self.waiting and not without:
            self._store.finish()


def misfits(store: Store, grades: Iterable[Grade]) -> list[str]:
    """Say which overrides no longer fit their submission: other tests have other questions."""
    worth = {
        g.submission: {v.question.name: v.question.points for v in g.questions} for g in grades
    }
    return [
        f"{submission} {question}={word.points:g}: "
        + (f"the question is worth {most:g} now" if most else "there is no such question now")
        for submission, words in store.overrides().items()
        for question, word in words.items()
        if word.points > (most := worth.get(submission, {}).get(question, 0.0))
    ]


def book(store: Store) -> list[Grade]:
    """Return the gradebook, with the flags that only the whole class, or a human's word, shows."""
    grades = list(store.book())
    alike = identical(grades, "weights")
    return [
        replace(g, flags=(*g.flags, *alike.get(g.submission, ()), *_of_another_notebook(g)))
        for g in grades
    ]


def _of_another_notebook(grade: Grade) -> Iterator[Flag]:
    for verdict in grade.questions:
        word = verdict.override
        if word and word.sha256 != grade.sha256:
            yield Flag(
                "override",
                f"{verdict.question.name} was set to {word.points:g} by hand, for another notebook "
                f"of this student ({word.reason}): confirm it or undo it",
            )


def write_reports(store: Store, out: Path, grades: Sequence[Grade]) -> dict[str, Path]:
    """Write the files that people read, anew; return them by what they are.

    They are functions of what is stored: the same grades give the same bytes.
    """
    written = {
        "Gradebook": gradebook.write(out, grades),
        "Report": class_report.write(out, store.assignment, grades, store.last_graded()),
    }
    folder = out / "feedback"
    folder.mkdir(exist_ok=True)
    class_ = feedback.class_summary(grades)
    for grade in store.whole(grades):
        feedback.write(folder, store.assignment, grade, class_)
    return {**written, "Feedback": folder}
