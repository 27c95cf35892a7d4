"""An assignment that needs NumPy and nothing else: no TensorFlow, no data set unless it asks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.course import build
from autograder.course.config import Assignment, Course, find_course, read_assignment
from autograder.course.data import Dataset
from autograder.errors import ConfigError
from autograder.grading import supplies
from autograder.grading.grader import Grader, open_grader
from autograder.records import Case, Question, Status
from autograder.wall.confine import Level
from autograder.wall.levels import available
from tests.conftest import earned, notebook_of, solved_but, submission

PLAIN = Path(__file__).parent.parent / "plain"
LEVELS = [*(each.level for each in available() if each.works), Level.NONE]
IMAGES = bytes(range(256)) * 8
"""What is no text."""
BESIDE = """
import sys
import numpy as np
assert not {"tensorflow", "keras", "matplotlib"} & set(sys.modules), "more than was asked for"
assert np.fromfile("pictures/all.raw", np.uint8).tolist() == list(range(256)) * 8
assert np.load("mnist.npz")["y_test"].tolist() == [4, 2]
open("answer.txt", "a").write("!")
answer = int(open("answer.txt").read()[:2])
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A built copy of `tests/plain` whose notebook and tests have files beside them."""
    folder = tmp_path_factory.mktemp("plain") / "course"
    shutil.copytree(PLAIN, folder)
    course = find_course(folder)
    build.build(course, "plain")
    for side in ("student", "staff"):
        (folder / "dist" / "plain" / side / "pictures").mkdir()
        (folder / "dist" / "plain" / side / "pictures" / "all.raw").write_bytes(IMAGES)
        (folder / "dist" / "plain" / side / "answer.txt").write_text("42", encoding="utf-8")
    test = folder / "dist" / "plain" / "staff" / "tests" / "q1.py"
    source = test.read_text(encoding="utf-8")
    known = 'import sys, numpy; assert "keras" not in sys.modules, "Keras"; assert numpy.load("mnist.npz")["y_test"][0] == 4; assert answer == int(open("answer.txt").read())'
    assert "assert answer == 6 * 7" in source
    test.write_text(source.replace("assert answer == 6 * 7", known), encoding="utf-8")
    return course


@pytest.fixture(scope="module")
def plain(course: Course) -> Assignment:
    built = read_assignment(course, "plain")
    needs = replace(built.needs, data="mnist", data_file="mnist.npz")
    return replace(built, needs=replace(needs, files=("answer.txt", "pictures/all.raw")))


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    path = tmp_path_factory.mktemp("data") / "some.npz"
    np.savez(path, y_test=np.array([4, 2]))
    path.parent.chmod(0o755)
    return Dataset("custom", path, "made by a test", "0" * 64)


@pytest.fixture(scope="module", params=LEVELS)
def grader(
    request: pytest.FixtureRequest, course: Course, plain: Assignment, some: Dataset
) -> Iterator[Grader]:
    with open_grader(plain, course.settings, some, request.param) as grader:
        yield grader


def test_files_and_data_lie_beside_the_notebook_at_every_level(
    grader: Grader, plain: Assignment
) -> None:
    for name in ("student-01", "student-02"):  # a file that was written is nobody else's
        grade = grader.grade(submission(name, solved_but(plain, q1=BESIDE)))
        assert earned(grade) == {"q1": 2, "q2": 3}, (grade.problems, grade.executed)
        assert grade.status is Status.GRADED


def test_a_plan_lists_what_lies_on_both_sides(course: Course) -> None:
    found = read_assignment(course, "plain")
    assert (found.needs.imports, found.needs.data, found.needs.files) == (("numpy",), "", ())


def test_files_that_are_too_large_are_refused(course: Course, plain: Assignment) -> None:
    limits = replace(course.settings.limits, disk_mb=4)
    large = plain.student / "large.bin"
    large.write_bytes(b"")
    os.truncate(large, 2 << 20)
    with pytest.raises(ConfigError, match=r"2 MB.*raise that to 12"):
        supplies.of_notebooks(
            replace(plain, needs=replace(plain.needs, files=("large.bin",))), limits, None, large
        )


def test_grades_of_an_assignment_without_data_rest_on_none(course: Course) -> None:
    plain = read_assignment(course, "plain")
    with open_grader(plain, course.settings, None, Level.NONE) as grader:
        rests_on = grader.made_from()
    assert "numpy" in rests_on
    assert not {"data", "data_sha256", "keras", "tensorflow"} & rests_on.keys()


def test_a_question_for_humans_stays_blank_and_nothing_else_does(
    course: Course, plain: Assignment, some: Dataset
) -> None:
    """Beside the tests' questions, as a plan has it; nothing looks for a check of it."""
    essay = Question("essay", False, (Case("essay", "essay", False, 3.0, ""),), (), manual=True)
    asked = replace(plain, questions=(plain.questions[0], essay, plain.questions[1]))
    with open_grader(asked, course.settings, some, Level.NONE) as grader:
        solved = grader.grade(submission("student-01", notebook_of(asked, solved=True)))
        broken = grader.grade(submission("student-02", b"{"))
    assert earned(solved) == {"q1": 2, "essay": None, "q2": 3}
    assert (solved.score, solved.max_score, solved.status) == (5, 8, Status.GRADED), solved.problems
    assert (broken.score, broken.status) == (None, Status.UNGRADABLE)
    for grade in (solved, broken):
        assert [verdict.question.name for verdict in grade.open] == ["essay"]
