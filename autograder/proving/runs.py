"""What audit and calibration share: notebooks of ours as submissions, and what came of each.

They go through a batch like a class's, into a `grades.sqlite` of their own; so a second run makes
only what is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from autograder.grading.basis import basis
from autograder.proving.bank import case_name
from autograder.records import CaseVerdict, Grade, Submission
from autograder.store import Store


def submission(name: str, content: bytes) -> Submission:
    """Return a notebook of ours as a submission; its seed comes from its name."""
    return Submission(name, name, hashlib.sha256(content).hexdigest(), lambda: content)


def scored(
    store: Store, submissions: Sequence[Submission], rests_on: Mapping[str, str]
) -> list[Grade]:
    """Return the grades that submissions have so far, but for those without a score."""
    numbers = (store.known(item.id, basis(rests_on, item)) for item in submissions)
    grades = [store.grade(number) for number in numbers if number is not None]
    return [grade for grade in grades if grade.score is not None]


def cases(grade: Grade) -> dict[tuple[str, str], CaseVerdict]:
    """Return how each case ended, by its question and its own name in the bank."""
    return {
        (verdict.question.name, case_name(case.case.label)): case
        for verdict in grade.questions
        for case in verdict.cases
    }
