"""Plain Otter's verdict on each case and ours, on right, wrong and untouched work."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course.config import Assignment, Course
from autograder.grading.grader import Grader, open_grader
from autograder.records import Outcome
from autograder.wall.confine import Level
from tests.conftest import submission
from tests.leaks import leaves_nothing
from tests.otter.making import TEXTS, Text, file_of, handed_in, make, notebook, read, solved

PLAIN = Path(__file__).parent / "plain.py"
ALL = {path.stem: read(path) for path in sorted(TEXTS.glob("*.txt"))}

PRINTS = "NumPy 2 prints `np.True_` where the test expects `True`; here either passes"
OTHERWISE: dict[tuple[str, str, str], str] = {("printing", "right", "q1 - 3"): PRINTS}
"""By assignment, work and case: why the verdict differs from plain Otter's."""

Verdicts = Mapping[str, list[bool]]


def test_there_are_enough_assignments_of_both_formats() -> None:
    assert len(ALL) >= 12
    assert {text.is_ok for text in ALL.values()} == {True, False}


@contextmanager
def grader_of(assignment: Assignment, course: Course, level: Level) -> Iterator[Grader]:
    limits = replace(course.settings.limits, cell_seconds=60, submission_seconds=300)
    settings = replace(course.settings, limits=limits)  # they are short there
    with leaves_nothing(descriptors=False), open_grader(assignment, settings, None, level) as warm:
        yield warm


def of_plain_otter(
    text: Text, works: Mapping[str, Mapping[str, str]], folder: Path
) -> list[Verdicts]:
    """What plain Otter says of each work: which cases passed, by question."""
    jobs = []
    for number, answers in enumerate(works.values()):
        place = folder / f"work-{number}"
        (place / "tests").mkdir(parents=True)
        for section in text.of("file"):
            (place / section.name).write_text(section.text + "\n", encoding="utf-8")
        for question in text.questions:
            tests = file_of(text, question, hidden=True)
            (place / "tests" / f"{question}.py").write_text(tests, encoding="utf-8")
        nbformat.write(notebook(text, answers), place / f"{text.name}.ipynb")
        seeds = {key: text.config.get(key) for key in ("seed", "seed_variable")}
        jobs.append({"folder": str(place), "notebook": f"{text.name}.ipynb", **seeds})
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, PLAIN, folder / "jobs.json"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    verdicts: list[Verdicts] = json.loads(done.stdout.splitlines()[-1])
    return verdicts


def ours(grader: Grader, text: Text, answers: Mapping[str, str]) -> tuple[Verdicts, str]:
    """What this grader says of a work, and what staff read of it."""
    grade = grader.grade(submission("student-01", notebook(text, answers)))
    said = [f"{case.case.name}: {case.detail}" for v in grade.questions for case in v.cases]
    said += [str(problem) for problem in grade.problems]
    verdicts = {
        verdict.question.name: [case.outcome is Outcome.PASSED for case in verdict.cases]
        for verdict in grade.questions
    }
    outcomes = {case.outcome for verdict in grade.questions for case in verdict.cases}
    assert outcomes <= {Outcome.PASSED, Outcome.FAILED}, said
    return verdicts, "\n".join(said)


@pytest.mark.parametrize("name", ALL)
def test_verdicts_are_plain_otters(
    name: str, tiny_course: Course, best_level: Level, tmp_path: Path
) -> None:
    text = ALL[name]
    assignment = make(text, tmp_path / "made")
    works = dict(handed_in(text))
    plain = of_plain_otter(text, works, tmp_path / "plain")
    right = [case for question in plain[0] for case in plain[0][question]]
    more = [key for key in OTHERWISE if key[:2] == (name, "right")]
    assert right.count(False) == len(more), f"the solution is wrong: {plain[0]}"
    with grader_of(assignment, tiny_course, best_level) as grader:
        differences = dict[tuple[str, str, str], Any]()
        for (work, answers), expected in zip(works.items(), plain, strict=True):
            found, said = ours(grader, text, answers)
            for question, cases in expected.items():
                for number, (theirs, own) in enumerate(zip(cases, found[question], strict=True), 1):
                    if theirs != own:
                        differences[name, work, f"{question} - {number}"] = (theirs, said)
        assert differences.keys() == {key for key in OTHERWISE if key[0] == name}, differences
        for section in text.of("hostile"):
            found, said = ours(grader, text, {**solved(text), section.name: section.text})
            assert not any(found[section.name]), said
