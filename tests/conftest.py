"""What many tests share: built courses, graders that are started once, the data set."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from autograder.course import build
from autograder.course import data as datasets
from autograder.course.config import Assignment, Course, find_course, read_assignment
from autograder.grading.basis import of_ours
from autograder.grading.grader import Grader, open_grader
from autograder.notebook import otter, triage
from autograder.notebook.handout import Handout
from autograder.notebook.read import read
from autograder.reader.client import file_of
from autograder.reader.zips import Zip
from autograder.records import Grade, Reading, Submission
from autograder.wall.confine import Level
from autograder.wall.levels import available
from tests.leaks import WIDER, leaves_nothing

ROOT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "tiny"


LONGEST = ("system", "faults", "broken", "attacks", "browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the folders whose files take longest: no process waits for another at the end."""

    def place(item: pytest.Item) -> int:
        folder = item.path.parent.name
        return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)

    items.sort(key=place)


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a process, thread, descriptor or folder behind.

    Wider fixtures are set up before this one, so that what they own is no test's; the graders
    among them, which replace their processes at work, are looked at when they end.
    """
    if WIDER & set(request.fixturenames):
        yield
        return
    with leaves_nothing():
        yield


@pytest.fixture(scope="session")
def tiny_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A built copy of the course in `tests/tiny`: one assignment that trains nothing."""
    folder = tmp_path_factory.mktemp("course") / "tiny"
    shutil.copytree(TINY, folder)
    course = find_course(folder)
    build.build(course, "tiny")
    return course


@pytest.fixture(scope="session")
def tiny(tiny_course: Course) -> Assignment:
    return read_assignment(tiny_course, "tiny")


@pytest.fixture(scope="session")
def mnist_course() -> Course:
    """The kit's own course, with `dist/mnist` built."""
    course = find_course(ROOT)
    build.ensure_built(course, "mnist")
    return course


@pytest.fixture(scope="session")
def mnist(mnist_course: Course) -> Assignment:
    return read_assignment(mnist_course, "mnist")


@pytest.fixture(scope="session")
def data() -> datasets.Dataset:
    """MNIST from AUTOGRADER_DATA, or the embedded stand-in."""
    return datasets.find(os.environ.get("AUTOGRADER_DATA") or "digits", os.environ)


@pytest.fixture(scope="session")
def best_level() -> Level:
    """The strongest level of this machine; the tests' own notebooks run without one if need be."""
    return next((finding.level for finding in available() if finding.works), Level.NONE)


@pytest.fixture(scope="session")
def graders() -> Iterator[ExitStack]:
    """Ends the graders of a whole session, all at once: each may have started before another."""
    with leaves_nothing(descriptors=False), ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def tiny_graders(
    tiny_course: Course, tiny: Assignment, graders: ExitStack
) -> Callable[[Level], Grader]:
    """Graders of the tiny assignment by level, each started once."""
    started: dict[Level, Grader] = {}

    def get(level: Level) -> Grader:
        if level not in started:
            starting = open_grader(tiny, tiny_course.settings, None, level)
            started[level] = graders.enter_context(starting)
        return started[level]

    return get


@pytest.fixture(scope="session")
def tiny_grader(tiny_graders: Callable[[Level], Grader], best_level: Level) -> Grader:
    return tiny_graders(best_level)


@pytest.fixture(scope="session")
def mnist_grader(
    mnist_course: Course,
    mnist: Assignment,
    data: datasets.Dataset,
    best_level: Level,
    graders: ExitStack,
) -> Grader:
    return graders.enter_context(open_grader(mnist, mnist_course.settings, data, best_level))


def content_of(handed_in: Submission) -> bytes:
    """What a submission holds, looked at in this process; empty where nothing can be read."""
    if handed_in.damage or handed_in.choices:
        return b""
    with file_of(handed_in) as file:
        return Zip(file).content(handed_in.inner, handed_in.sha256, handed_in.size)


def opened(handed_in: Submission, course: Handout) -> Reading:
    """What a submission comes to, read in this process."""
    return triage.opened(handed_in, course, lambda one: triage.reading(content_of(one), course))


def notebook_of(assignment: Assignment, *, solved: bool) -> Any:
    """The notebook that students get, or the solved one."""
    folder = assignment.staff if solved else assignment.student
    return read((folder / assignment.notebook_name).read_bytes()).notebook


def submission(name: str, notebook: Any) -> Submission:
    """A submission of a notebook (an object), or of any text or bytes."""
    return of_ours(name, notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode())


def solved_but(assignment: Assignment, **answers: str) -> Any:
    """The solved notebook, with some questions answered otherwise."""
    names = [question.name for question in assignment.questions]
    return otter.with_answers(notebook_of(assignment, solved=True), answers, names)


def earned(grade: Grade) -> Mapping[str, float | None]:
    """Points by question."""
    return {verdict.question.name: verdict.earned for verdict in grade.questions}
