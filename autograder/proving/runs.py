"""What audit and calibration share: notebooks of ours as submissions, and what came of each.

Their grades are kept in a `grades.sqlite` of their own, so a second run makes only what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from autograder.grading.basis import basis
from autograder.grading.batch import grade_all
from autograder.grading.grader import Grader
from autograder.proving.bank import case_name
from autograder.records import CaseVerdict, Grade, Submission
from autograder.store import Store


def known(
    store: Store, submissions: Sequence[Submission], rests_on: Mapping[str, str]
) -> dict[str, Grade]:
    """Return the grades that submissions have so far, by name, but for those without a score."""
    numbers = (store.known(item.id, basis(rests_on, item)) for item in submissions)
    grades = (store.grade(number) for number in numbers if number is not None)
    return {grade.submission: grade for grade in grades if grade.score is not None}


def grade_into(
    store: Store,
    grader: Grader,
    submissions: Sequence[Submission],
    jobs: int,
    started: Callable[[str], None],
    finished: Callable[[Grade], None],
) -> None:
    """Grade submissions, and write each grade down at once. May be interrupted."""
    bases = {item.id: basis(grader.made_from(), item) for item in submissions}
    for _, grade in grade_all(grader, submissions, jobs, started):
        store.add(grade, bases[grade.submission])
        finished(grade)


def cases(grade: Grade) -> dict[tuple[str, str], CaseVerdict]:
    """Return how each case ended, by its question and its own name in the bank."""
    return {
        (verdict.question.name, case_name(case.case.label)): case
        for verdict in grade.tested
        for case in verdict.cases
    }
