"""A course of one's own: what `new` makes, what it refuses, and that nothing is overwritten."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.course import build
from autograder.course.config import built_folder, find_course, read_assignment
from autograder.notebook import otter
from autograder.proving import audit, bank
from autograder.proving.mutants import of_solution
from autograder.records import Outcome
from tests.conftest import ROOT, notebook_of


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with an assignment, both as `new` makes them."""
    folder = tmp_path_factory.mktemp("new") / "statistics"
    result = run("new", folder / "week-1")
    assert result.exit_code == 0, result.output
    assert f"Next: autograder --course {folder} build week-1" in result.stderr
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_course_has_what_its_staff_need(course: Path) -> None:
    made = files(course)
    wanted = {"otter_config.json", "README.md", ".gitignore", ".github/workflows/course.yml"}
    assert wanted | {"assignments/requirements.txt", "solutions/week-1/master.py"} <= set(made)
    assert made["README.md"].startswith(b"# statistics\n")
    assert not any(b"@NAME@" in content for content in made.values())
    assert find_course(course).assignments == ("week-1",)
    assert build.lacks_otter(find_course(course)) == ""


def test_the_assignment_builds_without_a_remark_and_its_bank_fits(course: Path) -> None:
    opened = find_course(course)
    assert build.build(opened, "week-1") == ()
    week = read_assignment(opened, "week-1")
    assert [(q.name, q.points) for q in week.questions] == [("q1", 2), ("q2", 3)]
    assert {each.hidden for question in week.questions for each in question.cases} == {True, False}
    folder = course / "solutions" / "week-1" / "bank"
    variants = bank.read(folder, week.questions)
    assert {variant.kind for variant in variants} == {"right", "wrong", "cheats"}
    for part in ("bank", "mutants", "fixed"):
        assert audit.plan(week, folder, part).submissions


def test_every_mutant_of_the_assignment_is_caught_or_explained(course: Path) -> None:
    from otter.test_files import ExceptionTestFile

    opened = find_course(course)
    build.ensure_built(opened, "week-1")
    solution = notebook_of(read_assignment(opened, "week-1"), solved=True)
    before = next(cell.source for cell in solution.cells if cell.source.startswith("noon"))
    told = (course / "solutions/week-1/bank/equivalent.toml").read_text(encoding="utf-8")
    survivors = set()
    for mutant in of_solution(solution, ["q1", "q2"]):
        namespace: dict[str, object] = {}
        exec(f"{before}\n{mutant.source}", namespace)
        tests = built_folder(opened, "week-1") / "staff" / "tests" / f"{mutant.question}.py"
        test_file = ExceptionTestFile.from_file(str(tests))
        test_file.run(namespace)
        if all(result.passed for result in test_file.test_case_results):
            survivors.add(mutant.name)
    assert survivors == set(tomllib.loads(told))


def test_each_variant_names_cases_that_exist_and_one_of_each_outcome(course: Path) -> None:
    opened = find_course(course)
    build.ensure_built(opened, "week-1")
    week = read_assignment(opened, "week-1")
    variants = bank.read(course / "solutions" / "week-1" / "bank", week.questions)
    outcomes = {outcome for variant in variants for outcome in variant.expected.values()}
    assert outcomes == {Outcome.PASSED, Outcome.FAILED}
    solution = notebook_of(week, solved=True)
    assert all(bank.notebook_of(each, solution, ["q1", "q2"]) for each in variants)
    assert otter.answer_cells(solution, ["q1", "q2"]).keys() == {"q1", "q2"}


def test_where_a_name_belongs(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "course"
    shutil.copytree(course, inner)
    monkeypatch.chdir(inner / "solutions")
    assert run("new", "week-2").exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert run("--course", inner, "new", "week-3").exit_code == 0
    assert run("new", "course/week-4").exit_code == 0
    assert len(find_course(inner).assignments) == 4
    assert run("new", "another").exit_code == 0
    assert "Next: autograder new another/NAME" in run("new", "another").stderr
    assert find_course(tmp_path / "another").assignments == ()


REFUSED = {
    "an assignment that exists": ("course/week-1", "is there already"),
    "a folder that is something else": ("full", "is there already, and is no course"),
    "a file": ("file", "is there already"),
    "a name with a space": ("course/week 1", "cannot be the name"),
    "a name above": ("course/..", "cannot be the name"),
    "a hidden name": ("course/.week", "cannot be the name"),
    "the name of a source": ("course/master", "cannot be the name"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_nothing_is_overwritten(
    case: str, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what, why = REFUSED[case]
    shutil.copytree(course, tmp_path / "course")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").touch()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    before = files(tmp_path)
    result = run("new", what)
    assert result.exit_code == 2 and why in result.stderr, result.output
    assert files(tmp_path) == before


def test_the_package_data_has_every_file_that_is_no_python() -> None:
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
        "setuptools"
    ]
    package = ROOT / "autograder"
    patterns = data["package-data"]["autograder"]
    packed = {path for pattern in patterns for path in package.glob(pattern)}
    others = {
        path
        for path in package.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and "__pycache__" not in path.parts
    }
    assert len(others) > 20 and others == packed
