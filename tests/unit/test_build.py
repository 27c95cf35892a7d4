"""From `master.py` to what students and graders get: refusals, guards, the same bytes each time."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.course import build, guards, master, plan
from autograder.course.config import Assignment, Course, built_folder, find_course
from autograder.errors import ConfigError
from tests.conftest import TINY

MASTER = (TINY / "solutions" / "tiny" / "master.py").read_text(encoding="utf-8")


def course_of(folder: Path, master: str) -> Course:
    shutil.copytree(TINY, folder / "course")
    (folder / "course" / "solutions" / "tiny" / "master.py").write_text(master, encoding="utf-8")
    return find_course(folder / "course")


def files(folder: Path) -> dict[str, bytes]:
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert found
    return {name: content for name, content in found.items() if "__pycache__" not in name}


@pytest.fixture(scope="module")
def copied(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A copy of the built course that tests may damage and put right again."""
    folder = tmp_path_factory.mktemp("build") / "copied"
    shutil.copytree(tiny_course.root, folder)
    return find_course(folder)


# ---------------------------------------------------------------- what is built


def test_two_builds_are_the_same_bytes(copied: Course, tiny_course: Course) -> None:
    build.build(copied, "tiny")
    for side in ("assignments/tiny", "dist/tiny/student", "dist/tiny/staff"):
        assert files(copied.root / side) == files(tiny_course.root / side)
    for name in ("plan.json", "tiny-autograder.zip"):  # others may have made one for Gradescope
        made, made_before = (c.root / "dist/tiny" / name for c in (copied, tiny_course))
        assert made.read_bytes() == made_before.read_bytes()


def test_each_side_holds_what_it_may(tiny: Assignment, tiny_course: Course) -> None:
    student, staff = files(tiny.student), files(tiny.staff)
    tests = {f"tests/{name}.py" for name in ("q1", "q2", "q3")}
    assert set(student) == {"tiny.ipynb", *tests}
    assert {"tiny.ipynb", "judging.py", "otter_config.json", *tests} <= set(staff)
    assert student == files(tiny_course.root / "assignments" / "tiny")
    for secret in (b"SECRET-MARKER", b"hidden=True", b"expected 42", b"6 * 7"):
        assert not any(secret in content for content in student.values())
        assert any(secret in content for content in staff.values())


def test_students_get_stubs_and_solutions_stay(tiny: Assignment) -> None:
    sources = {}
    for side, folder in (("student", tiny.student), ("staff", tiny.staff)):
        notebook = nbformat.read(folder / "tiny.ipynb", as_version=4)
        assert notebook.metadata["kernelspec"]["name"] == "python3"
        sources[side] = [cell.source for cell in notebook.cells]
    for stub in ("answer = ...", "squares = ...", "network = ..."):
        assert any(stub in source for source in sources["student"])
    assert "answer = 6 * 7" in "\n".join(sources["staff"])


def test_cell_ids_are_made_from_the_text_and_differ(tiny: Assignment) -> None:
    notebooks = [nbformat.read(f / "tiny.ipynb", as_version=4) for f in (tiny.student, tiny.staff)]
    texts: dict[str, str] = {}
    for notebook in notebooks:
        ids = [cell.id for cell in notebook.cells]
        assert len(set(ids)) == len(ids) > 5
        for cell in notebook.cells:
            assert texts.setdefault(cell.id, cell.source) == cell.source
            assert cell.get("outputs", []) == []


def test_the_zip_is_otters_with_fixed_times(tiny_course: Course) -> None:
    with zipfile.ZipFile(built_folder(tiny_course, "tiny") / "tiny-autograder.zip") as archive:
        names = archive.namelist()
        assert names == sorted(set(names))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        modes = {e.filename: e.external_attr >> 16 for e in archive.infolist()}
        config = json.loads(archive.read("otter_config.json"))
    assert {"run_autograder", "setup.sh", "tests/q1.py", "files/judging.py"} <= set(names)
    assert (modes["run_autograder"], modes["setup.sh"], modes["tests/q1.py"]) == (
        0o755,
        0o755,
        0o644,
    )
    assert config["print_summary"] is False and "kit" not in config


def test_the_plan_is_what_the_tests_ask_for(tiny: Assignment) -> None:
    found = [(q.name, q.points, q.all_or_nothing, q.variables) for q in tiny.questions]
    assert found == [
        ("q1", 2, False, ("answer",)),
        ("q2", 3, True, ("squares",)),
        ("q3", 5, False, ("network",)),
    ]
    case = tiny.questions[0].cases[1]
    assert (case.name, case.label, case.hidden) == ("q1 - 2", "answer is right", True)
    assert (case.points, case.hint) == (1, "Multiply six by seven.")


# ---------------------------------------------------------------- guards

GUARDED: dict[str, str] = {
    "one line": "def test_a(x):\n    assert x == 1, 'wrong'",
    "a docstring": 'def test_a(x):\n    """Look."""\n    assert x == 1, "wrong"',
    "several lines of parameters": "def test_a(\n    x,\n):\n    assert x == 1, 'wrong'",
    "an inner function": "def test_a(x):\n    def f():\n        return 1\n    assert x == f(), 'wrong'",
    "a configuration before": '""" # BEGIN TEST CONFIG\npoints: 1\n""" # END TEST CONFIG\ndef test_a(x):\n  assert x == 1, "wrong"',
    "a decorated inner function": "def test_a(x):\n    @staticmethod\n    def f():\n        return 1\n    assert x == f(), 'wrong'",
    "a text of several lines first": "def test_a(x):\n    s = '''\n  '''\n    assert x == 1, 'wrong'",
}  # fmt: skip
SAID: list[tuple[Any, str]] = [(None, "not defined"), (..., "not filled in"), (2, "wrong")]


@pytest.mark.parametrize("case", GUARDED)
def test_guards_speak_of_missing_values_before_the_test_does(case: str) -> None:
    namespace: dict[str, Any] = {}
    exec(guards.prepared(GUARDED[case], Path("master.py")), namespace)
    namespace["test_a"](1)
    for value, message in SAID:
        with pytest.raises(AssertionError, match=message) as caught:
            namespace["test_a"](value)
        assert ("`x`" in str(caught.value)) == (value != 2)


LEFT_ALONE = {
    "no parameter": "def test_a():\n    assert True",
    "env": "def test_a(env, x):\n    assert env",
    "a default": "def test_a(x=1):\n    assert x",
    "any number": "def test_a(*x):\n    assert x",
    "body beside def": "def test_a(x): assert x",
    "no test": "x = 1",
    "called": "def test_a():\n    assert True\n\ntest_a()",
}


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_cells_that_need_no_guard_stay_as_they_are(case: str) -> None:
    assert guards.prepared(LEFT_ALONE[case], Path("master.py")) == LEFT_ALONE[case]


def test_helpers_and_imports_beside_a_test_become_part_of_it() -> None:
    head = '""" # BEGIN TEST CONFIG\npoints: 1\n""" # END TEST CONFIG'
    cell = f"{head}\nimport math\ndef helper(v):\n    return math.sqrt(v)\ndef test_a(x):\n    assert helper(x) == 2, 'wrong'\ntest_a(x)"
    made = guards.prepared(cell, Path("master.py"))
    assert made.startswith(f"{head}\ndef test_a(x):\n") and made.count("test_a") == 1
    namespace: dict[str, Any] = {}
    exec(made, namespace)
    namespace["test_a"](4)
    for value, message in SAID:
        with pytest.raises(AssertionError, match=message):
            namespace["test_a"](value)


# ---------------------------------------------------------------- what is refused

REFUSED: dict[str, tuple[str, str, str]] = {
    "a name that no file makes": ("(answer):\n    assert answer ==", "(env):\n    assert answer ==", "question `q1`: its test uses `answer`, which its file does not make"),
    "a name that nothing makes": ("is_right(answer):\n    assert answer ==", "is_right(anser):\n    answer = 1\n    assert answer ==", "question `q1`: its test uses `anser`, which neither the solution nor the test makes"),
    "two tests in a cell": ("\n\ndef test_answer_is_right", "\n\ndef test_it(): ...\n\n\ndef test_answer_is_right", "one test case, but one holds test_it, test_answer_is_right"),
    "no function": ("def test_answer_is_right(answer):\n    assert", "answer = 42\nassert", "at most a function definition"),
    "not Python": ("def test_answer_is_right(answer):", "def test_answer_is_right(answer:", "not Python"),
    "requirements that are not there": ("# init_cell: true", "# requirements: x.txt", "x.txt"),
    "a file that is not there": ("#   - judging.py", "#   - points.csv", r"`autograder_files: points.csv`: there is no .*tiny/points.csv"),
    "settings that are no YAML": ("# init_cell: true", "# init_cell: [", "not YAML"),
    "two questions of one name": ("# name: q2", "# name: q1", "line 83: a second question is called `q1`; the first one is in line 34"),
    "more points than its cases": ("# points: 2", "# points: 3", r"line 35: question `q1` is worth 3, but its cases have 1 \+ 1 = 2 points"),
    "fewer points than its cases": ("# points: 3", "# points: 2.5", r"line 84: question `q2` is worth 2.5, but its cases have 1 \+ 2 = 3 points"),
    "more points than the question": ("points: 1\nhidden: false", "points: 4", r"line 35: question `q1` is worth 2, but its cases have 4 \+ 1 = 5 points"),
    "a question without a name": ("# name: q2", "# nam: q2", "a question has no `name:`"),
    "no configuration": ("# # ASSIGNMENT CONFIG", "# # SOMETHING ELSE", "no raw cell begins"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_built_says_where_and_why(case: str, tmp_path: Path) -> None:
    old, new, reason = REFUSED[case]
    assert MASTER.count(old) >= 1
    course = course_of(tmp_path, MASTER.replace(old, new, 1))
    with pytest.raises(ConfigError, match=reason) as caught:
        build.build(course, "tiny")
    assert str(course.root / "solutions" / "tiny" / "master.py") in str(caught.value)
    assert not built_folder(course, "tiny").exists()


SHARED: dict[str, str] = {
    "no case has points": MASTER.replace("\npoints: 1\n", "\n"),
    "a case shares what is left": MASTER.replace("points: 1\nhidden: false\n", "hidden: false\n", 1),
    "the question has none": MASTER.replace("# points: 2\n", ""),
    "thirds": MASTER.replace("# points: 2", "# points: 0.3").replace("\npoints: 1\n", "\npoints: 0.15\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", SHARED)
def test_points_that_agree_are_no_error(case: str, tmp_path: Path) -> None:
    assert SHARED[case] != MASTER
    course = course_of(tmp_path, SHARED[case].partition("# # BEGIN QUESTION\n# name: q2")[0])
    path = course.root / "solutions" / "tiny" / "master.py"
    assert [question.name for question in master.read(path, {}).questions] == ["q1"]


def plan_of(staff: Path, folder: Path, change: Callable[[str], str]) -> Mapping[str, Any]:
    """The plan of a copy of `staff`, whose first test file was changed."""
    shutil.copytree(staff, folder / "staff")
    path = folder / "staff" / "tests" / "q1.py"
    changed = change(path.read_text(encoding="utf-8"))
    assert changed != path.read_text(encoding="utf-8")
    path.write_text(changed, encoding="utf-8")
    return plan.made(folder / "staff", "tiny", Path("master.py"))


def test_a_hidden_case_without_a_hint_gets_one_and_a_remark(
    tiny: Assignment, tmp_path: Path
) -> None:
    hint = "failure_message=.Multiply six by seven.."
    made = plan_of(tiny.staff, tmp_path, lambda text: re.sub(hint, "failure_message=None", text))
    assert made["questions"][0]["cases"][1]["hint"] == plan.NO_HINT
    assert len(made["remarks"]) == 1
    assert "without a failure_message: q1, test_answer_is_right." in made["remarks"][0]


def test_a_test_file_that_cannot_be_read_says_why(tiny: Assignment, tmp_path: Path) -> None:
    spec = {"name": "q1", "suites": [{"cases": [{"code": ">>> answer\n42"}], "setup": "x = 1"}]}
    with pytest.raises(ConfigError, match=r"master.py: question `q1`: .*`setup` and `teardown`"):
        plan_of(tiny.staff, tmp_path, lambda _: f"OK_FORMAT = True\ntest = {spec!r}\n")


def test_a_question_without_test_is_refused(tiny: Assignment, tmp_path: Path) -> None:
    shutil.copytree(tiny.staff, tmp_path / "staff")
    (tmp_path / "staff" / "tests" / "q3.py").unlink()
    with pytest.raises(ConfigError, match=r"\['q1', 'q2'\] and check cells \['q1', 'q2', 'q3'\]"):
        plan.made(tmp_path / "staff", "tiny", TINY)


def test_what_otter_assign_refuses_is_passed_on(tmp_path: Path) -> None:
    begin = "# # BEGIN SOLUTION"
    course = course_of(tmp_path, MASTER.replace(begin, f"{begin}\n\n# %% [raw]\n{begin}", 1))
    with pytest.raises(ConfigError, match=r"otter assign failed: .*begin solution cell inside"):
        build.build(course, "tiny")


# ---------------------------------------------------------------- stale or not


@pytest.fixture
def built_already(copied: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course whose build takes no time: it finds what was built before."""
    monkeypatch.setattr(build, "_built", lambda *_: nullcontext(built_folder(copied, "tiny")))
    return copied


def test_a_build_finds_what_was_edited_added_or_removed(built_already: Course) -> None:
    copied = built_already
    folder = copied.root / "assignments" / "tiny"
    before = files(folder)
    (folder / "tests" / "q1.py").write_text("edited")
    (folder / "tests" / "extra.py").write_text("added")
    (folder / "tiny.ipynb").unlink()
    try:
        assert build.stale_files(copied, "tiny") == [
            "assignments/tiny/tests/extra.py",
            "assignments/tiny/tests/q1.py",
            "assignments/tiny/tiny.ipynb",
        ]
    finally:
        shutil.rmtree(folder)
        for name, content in before.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def test_what_jupyter_and_python_leave_is_not_stale(built_already: Course) -> None:
    folder = built_already.root / "assignments" / "tiny"
    for name in (".ipynb_checkpoints/tiny-checkpoint.ipynb", "tests/__pycache__/q1.pyc"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    assert build.stale_files(built_already, "tiny") == []


CHANGES: dict[str, Callable[[Course], object]] = {
    "master": lambda c: _append(c.root / "solutions" / "tiny" / "master.py", "\n# changed\n"),
    "support module": lambda c: _append(c.root / "solutions" / "tiny" / "judging.py", "\nX = 1\n"),
    "another support module": lambda c: _append(c.root / "solutions" / "tiny" / "more.py", ""),
    "requirements": lambda c: _append(c.root / "assignments" / "requirements.txt", "\n# more\n"),
    "plan gone": lambda c: (built_folder(c, "tiny") / "plan.json").unlink(),
    "plan damaged": lambda c: _append(built_folder(c, "tiny") / "plan.json", "}"),
    "plan empty": lambda c: (built_folder(c, "tiny") / "plan.json").write_text("[]", "ascii"),
}


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_of_the_source_asks_for_a_build(
    case: str, tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tiny_course.root, tmp_path / "course")
    course = find_course(tmp_path / "course")
    monkeypatch.setattr(build, "_replace", lambda new, old: None)
    monkeypatch.setattr(build, "_built", lambda *_: nullcontext(Path()))
    assert build.ensure_built(course, "tiny") is False
    CHANGES[case](course)
    assert build.ensure_built(course, "tiny") is True


def test_an_unknown_assignment_says_which_there_are(tiny_course: Course) -> None:
    with pytest.raises(ConfigError, match=r"no assignment `big` .*; there is: tiny"):
        build.ensure_built(tiny_course, "big")
