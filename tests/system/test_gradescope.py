"""The zip for Gradescope, laid out and run as there, with the paths below a temporary folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course.config import Assignment, Course
from autograder.course.data import SHAPES
from autograder.gradescope import bundle, container
from autograder.wall.confine import Level
from autograder.wall.levels import available
from tests.conftest import notebook_of, solved_but
from tests.unit.test_exports import gradescope_reads

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def laid_out(tiny_course: Course, best_level: Level) -> Iterator[Path]:
    """`/autograder` as it is after setup.sh: all unpacked, the solution graded."""
    folder = Path(tempfile.mkdtemp(prefix="autograder-gradescope-"))
    folder.chmod(0o755)  # as /autograder; pytest's own folders are closed to other users
    with zipfile.ZipFile(bundle.write(tiny_course, "tiny")) as archive:
        archive.extractall(folder / "source")
    (folder / "venv").symlink_to(sys.prefix)
    nothing = {name: np.zeros(shape, np.uint8) for name, shape in SHAPES.items()}
    np.savez_compressed(folder / "source" / "mnist.npz", **nothing)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUTOGRADER_DATA", str(folder / "source" / "mnist.npz"))
        said = container.set_up(folder, best_level)
    assert said == "The solution gets 10 of 10 here; the untouched notebook gets 0 of 10"
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def run(laid_out: Path) -> Iterator[Run]:
    """Hand something in and run `run_autograder`; returns results.json."""

    def hand_in(
        submission: dict[str, str], level: Level | str = "auto", memory: str = "max"
    ) -> dict[str, Any]:
        for name, text in submission.items():
            (laid_out / "submission" / name).write_text(text, encoding="utf-8")
        metadata = laid_out / "submission_metadata.json"
        metadata.write_text(json.dumps({"id": 4711, "users": []}), encoding="utf-8")
        (laid_out / "cgroup" / "memory.max").write_text(f"{memory}\n", encoding="ascii")
        words = [
            "bash",
            laid_out / "source" / "run_autograder",
            laid_out,
            laid_out / "cgroup",
            level,
        ]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True)
        text = (laid_out / "results" / "results.json").read_text(encoding="utf-8")
        gradescope_reads(text)
        return {**json.loads(text), "said": done.stderr}

    for name in ("submission", "cgroup"):
        (laid_out / name).mkdir()
    yield hand_in
    for name in ("submission", "cgroup", "results"):
        shutil.rmtree(laid_out / name, ignore_errors=True)


@pytest.fixture
def solved(tiny: Assignment) -> dict[str, str]:
    return {"tiny.ipynb": json.dumps(notebook_of(tiny, solved=True))}


def needs_a_wall(level: Level | str = "auto") -> None:
    found = [f for f in available() if level in ("auto", f.level)]
    if not any(each.works for each in found):
        pytest.skip("; ".join(f"{each.level}: {each.reason}" for each in found))


def has_no_score(results: dict[str, Any], *words: str) -> None:
    assert not {"score", "tests", "leaderboard"} & set(results)
    assert all(word in results["output"] for word in (*words, "not a zero")), results["output"]


def test_a_solved_submission(run: Run, solved: dict[str, str]) -> None:
    needs_a_wall()
    results = run(solved)
    assert results["score"] == sum(test.get("score", 0) for test in results["tests"]) == 10
    assert results["extra_data"]["submission"] == "submission_4711"
    assert results["extra_data"]["made_from"]["isolation"] in ("full", "reduced")
    assert "SECRET-MARKER" not in json.dumps(results)


HOSTILE = """
import os
base = {base!r}
found = []
for name in ("source/course/dist/tiny/staff/judging.py", "source/course/dist/tiny/staff/tests/q1.py",
             "source/course/dist/tiny/plan.json", "source/run_autograder", "results/results.json",
             "submission/tiny.ipynb", "submission_metadata.json"):
    try:
        found.append(open(os.path.join(base, name)).read())
    except OSError:
        pass
try:
    open(os.path.join(base, "results", "results.json"), "w").write('{{"score": 100}}')
    found.append("written")
except OSError:
    pass
answer = 42 if found else 41
"""
ROOT_ONLY = "import os\nsquares = np.arange(10.0) ** 2 if os.getuid() == 0 else np.zeros(10)"
"""The two earn the points of q1 only if something could be read, and those of q2 as root."""


@pytest.mark.parametrize("level", [Level.FULL, Level.REDUCED])
def test_a_hostile_submission_finds_nothing_and_is_not_root(
    run: Run, tiny: Assignment, laid_out: Path, level: Level
) -> None:
    needs_a_wall(level)
    hostile = HOSTILE.format(base=str(laid_out))
    notebook = solved_but(tiny, q1=hostile, q2=ROOT_ONLY)
    results = run({"tiny.ipynb": json.dumps(notebook)}, level)
    assert results["score"] == 1 + 0 + 5, results
    assert results["extra_data"]["made_from"]["isolation"] == level


@pytest.mark.slow
def test_without_the_wall_the_same_submission_finds_the_tests(
    run: Run, tiny: Assignment, laid_out: Path
) -> None:
    notebook = solved_but(tiny, q1=HOSTILE.format(base=str(laid_out)))
    assert run({"tiny.ipynb": json.dumps(notebook)}, Level.NONE)["score"] == 10


@pytest.mark.slow
def test_a_broken_submission_has_no_score(run: Run) -> None:
    needs_a_wall()
    has_no_score(run({"tiny.ipynb": "no notebook"}), "not a notebook")


@pytest.mark.slow
def test_a_container_that_is_too_small_says_what_to_set(run: Run, solved: dict[str, str]) -> None:
    results = run(solved, memory=str(768 << 20))
    has_no_score(results, "768 MB", "needs 3 GB", "Container Specifications")


@pytest.mark.slow
def test_an_engine_that_fails_is_told_to_the_instructor_only(
    run: Run, solved: dict[str, str], laid_out: Path
) -> None:
    plan = laid_out / "source" / "course" / "dist" / "tiny" / "plan.json"
    text = plan.read_text(encoding="utf-8")
    plan.write_text("{}", encoding="utf-8")
    try:
        results = run(solved)
    finally:
        plan.write_text(text, encoding="utf-8")
    has_no_score(results, "on our side")
    assert "plan.json" in results["said"] and "plan.json" not in results["output"]


def test_without_anything_to_run_there_is_a_result_all_the_same(
    run: Run, solved: dict[str, str], laid_out: Path
) -> None:
    (laid_out / "venv").rename(laid_out / "gone")
    try:
        results = run(solved)
    finally:
        (laid_out / "gone").rename(laid_out / "venv")
    has_no_score(results, "ended before there was a result")
    assert "setup.sh" in results["said"]


def test_where_the_solution_was_not_right_no_submission_has_a_score(
    run: Run, solved: dict[str, str], laid_out: Path
) -> None:
    needs_a_wall()
    (laid_out / "cache").rename(laid_out / "gone")
    try:
        has_no_score(run(solved), "the solution did not get full marks", "setup.sh")
    finally:
        (laid_out / "gone").rename(laid_out / "cache")


@pytest.mark.slow
def test_setting_up_ends_where_the_solution_is_wrong(laid_out: Path) -> None:
    """The command at the end of setup.sh, in a container whose hidden test asks for something else."""
    needs_a_wall()
    with tempfile.TemporaryDirectory(prefix="autograder-gradescope-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(laid_out / "source", folder / "source")
        test = folder / "source" / "course" / "dist" / "tiny" / "staff" / "tests" / "q1.py"
        text = test.read_text(encoding="utf-8")
        test.write_text(text.replace("6 * 7", "6 * 8"), encoding="utf-8")
        words = [sys.executable, "-P", "-m", "autograder.cli.container", str(folder)]
        environment = {**os.environ, "AUTOGRADER_DATA": str(folder / "source" / "mnist.npz")}
        done = subprocess.run(words, env=environment, capture_output=True, text=True)
        assert done.returncode == 2
        assert "the solution gets 9 of 10 here" in done.stderr
        assert "q1, answer is right" in done.stderr
        assert not (folder / "cache").exists()
    end = (laid_out / "source" / "setup.sh").read_text(encoding="utf-8").splitlines()[-1]
    assert end == '"$root/venv/bin/python" -P -m autograder.cli.container "$root"'
