"""What an assignment that was taken over is worth here: its own notebooks, here and in Otter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.course.config import Assignment
from autograder.grading.rehearsal import SOLUTION, UNTOUCHED
from autograder.proving import plain_otter
from autograder.records import CaseVerdict, Grade, Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found, by the names of the assignment's own notebooks."""

    grades: Mapping[str, Grade]
    differ: tuple[str, ...]
    """Cases whose verdict is another one in plain Otter, with both."""
    idle: tuple[str, ...]
    """Cases that cannot fail: they pass on the untouched notebook, and on nothing at all."""

    @property
    def is_right(self) -> bool:
        """Whether the solution passes everything."""
        solution = self.grades.get(SOLUTION)
        return solution is not None and all(
            v.earned == v.question.points for v in solution.questions if not v.question.manual
        )


def compare(assignment: Assignment, archive: Path, grades: Mapping[str, Grade]) -> Comparison:
    """Compare the grades of the assignment's own notebooks with plain Otter's.

    `archive` is Otter's zip. Runs the notebooks unconfined: they are the instructor's. Raises
    KitError where Otter does not run.
    """
    folders = {SOLUTION: assignment.staff, UNTOUCHED: assignment.student}
    paths = {name: folders[name] / assignment.notebook_name for name in grades}
    plain = plain_otter.verdicts(archive, list(paths.values()))
    differ = []
    for name, grade in grades.items():
        for place, case in _cases(grade).items():
            there = _passed(plain[str(paths[name])], place)
            if (case.outcome is Outcome.PASSED) != there:
                differ.append(
                    f"{_shown(place, case)}: {name} {case.outcome} here, and "
                    f"{'passed' if there else 'failed'} in plain Otter"
                )
    idle = [
        f"{_shown(place, case)}: passes without an answer"
        for place, case in _cases(grades[UNTOUCHED]).items()
        if case.outcome is Outcome.PASSED and _passed(plain[plain_otter.NOTHING], place)
    ]
    return Comparison(grades, tuple(differ), tuple(idle))


def _cases(grade: Grade) -> dict[tuple[str, str], CaseVerdict]:
    return {
        (verdict.question.name, case.case.name): case
        for verdict in grade.questions
        for case in verdict.cases
        if not verdict.question.manual
    }


def _passed(plain: Mapping[str, Mapping[str, bool]], place: tuple[str, str]) -> bool:
    question, case = place
    return plain.get(question, {}).get(case, False)


def _shown(place: tuple[str, str], case: CaseVerdict) -> str:
    label = case.case.label
    return place[1] if label in place[1] else f"{place[1]} ({label})"
