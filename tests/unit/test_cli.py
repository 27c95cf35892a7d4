"""What the command says and how it ends, where nothing has to be graded."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from autograder import errors
from autograder.cli import main
from autograder.course import build
from autograder.course.config import CONFIG_FILE, Course, built_folder
from autograder.records import Problem


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def course(tiny_course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Course:
    """The tiny course, from elsewhere; a build finds what was built before."""
    built = built_folder(tiny_course, "tiny")
    monkeypatch.setattr(build, "_built", lambda *_: nullcontext(built))
    monkeypatch.chdir(tmp_path)
    return tiny_course


# ---------------------------------------------------------------- help

NAMES = ["grade", "check", "demo", "report", "override", "export"]
NAMES += ["new", "import", "build", "audit", "calibrate", "data", "doctor"]


def test_every_command_is_known_here() -> None:
    assert set(NAMES) == set(main.commands)


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_it_does_and_shows_an_example(name: str) -> None:
    for flag in ("--help", "-h"):
        result = run(name, flag)
        assert result.exit_code == 0
        assert re.search(rf"Examples?:\n +autograder {name}\b", result.output)
    assert re.search(rf"^  {name} +[A-Z]", run("--help").output, re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_a_command_that_parses(name: str) -> None:
    command = main.commands[name]
    examples = re.findall(rf"^ +autograder {name}(.*)$", run(name, "--help").output, re.MULTILINE)
    assert examples
    for example in examples:
        assert command.make_context(name, shlex.split(example)).params is not None
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_help_and_version_of_the_whole() -> None:
    assert "Example:" in run("--help").output
    assert re.fullmatch(r"autograder, version \S+\n", run("--version").output)


# ---------------------------------------------------------------- wrong usage


def ends_as_wrong_usage(result: Result, *words: str) -> None:
    """One readable line, exit code 2, no traceback."""
    assert result.exit_code == errors.EXIT_USAGE, result.output
    assert isinstance(result.exception, SystemExit)
    said = result.stderr.strip().splitlines()
    assert "Traceback" not in result.output
    assert all(word in said[-1] for word in words), said


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


WRONG: dict[str, tuple[Callable[[Path], list[object]], list[str]]] = {
    "unknown assignment": (lambda f: ["grade", f, "-a", "big", "-o", f / "o"], ["autograder: no assignment `big`", "there is: tiny"]),
    "unknown assignment to check": (lambda f: ["check", f / "a.ipynb", "-a", "big"], ["autograder: no assignment `big`"]),
    "unknown assignment to build": (lambda f: ["build", "big"], ["autograder: no assignment `big`; there is: tiny"]),
    "unknown question": (lambda f: ["check", f / "a.ipynb", "-q", "q9"], ["autograder: no question `q9` in tiny: q1, q2, q3"]),
    "a folder to check": (lambda f: ["check", f], ["autograder: ", "is a folder; `check` takes one notebook"]),
    "nothing to check": (lambda f: ["check", f / "gone.ipynb"], ["autograder: ", "gone.ipynb: there is no such file"]),
    "nothing to grade": (lambda f: ["grade", f / "gone", "-o", f / "o"], ["autograder: ", "gone: there is no such file"]),
    "an empty folder": (lambda f: ["grade", f, "-o", f / "o"], ["autograder: ", "no notebook (.ipynb)"]),
    "another suffix": (lambda f: ["check", write(f, "a.py", "")], ["autograder: ", "a.py: neither a notebook"]),
    "data for nothing": (lambda f: ["check", write(f, "a.ipynb", "{}"), "--data", "x.npz"], ["autograder: --data x.npz: `tiny` needs no data set", "solutions/tiny/kit.toml"]),
    "no data to show": (lambda f: ["data", "--data", f / "gone.npz"], ["autograder: ", "gone.npz", "no such file"]),
    "no paths": (lambda f: ["grade", "-o", f / "o"], ["Missing argument 'PATHS...'"]),
    "no results folder": (lambda f: ["grade", f], ["Missing option '-o'"]),
    "no jobs": (lambda f: ["grade", f, "-o", f / "o", "-j", "0"], ["'-j'", "0 is not in the range"]),
    "unknown isolation": (lambda f: ["grade", f, "-o", f / "o", "--isolation", "some"], ["'some' is not one of"]),
    "unknown command": (lambda f: ["gradee"], ["No such command 'gradee'"]),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_one_line(case: str, course: Course, tmp_path: Path) -> None:
    arguments, words = WRONG[case]
    result = run("--course", course.root, *arguments(tmp_path))
    ends_as_wrong_usage(result, *words)
    own = result.stderr.count("autograder: ")
    assert own == (1 if words[0].startswith("autograder: ") else 0)
    assert not (tmp_path / "o").exists()


CONFIGS: dict[str, tuple[str, list[str]]] = {
    "not JSON": ("{", [CONFIG_FILE, "not JSON"]),
    "unknown key": (json.dumps({"kit": {"seeds": 1}}), [CONFIG_FILE, "unknown key `kit.seeds`"]),
    "wrong value": (json.dumps({"kit": {"seed": "1"}}), [CONFIG_FILE, "`kit.seed`", "not '1'"]),
    "no assignment": ("{}", ["holds no assignment. `autograder new NAME`"]),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_wrong_settings_are_one_line(case: str, tmp_path: Path) -> None:
    text, words = CONFIGS[case]
    write(tmp_path, CONFIG_FILE, text)
    ends_as_wrong_usage(run("--course", tmp_path, "check", "a.ipynb"), "autograder: ", *words)


def test_a_course_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ends_as_wrong_usage(run("build"), "autograder: ", CONFIG_FILE, "--course")
    ends_as_wrong_usage(run("--course", tmp_path / "gone", "build"), "gone", "does not exist")


ENDINGS: list[tuple[BaseException, int, str]] = [
    (errors.KitError("ours"), 3, "autograder: ours\n"),
    (errors.IsolationError("no wall"), 2, "autograder: no wall\n"),
    (errors.ConfigError("this key"), 2, "autograder: this key\n"),
    (errors.SubmissionError(Problem("text", {"text": "this row"})), 3, "autograder: this row\n"),
    (KeyboardInterrupt(), 130, "autograder: interrupted\n"),
]


@pytest.mark.parametrize(("error", "code", "said"), ENDINGS, ids=lambda each: str(each)[:20])
def test_errors_end_as_a_line_and_their_exit_code(
    error: BaseException, code: int, said: str, course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(build, "build", fail)
    result = run("--course", course.root, "build")
    assert (result.exit_code, result.stderr) == (code, said)


# ---------------------------------------------------------------- what works without grading


def test_build_check_passes_and_fails(course: Course) -> None:
    result = run("--course", course.root, "build", "--check")
    assert (result.exit_code, result.stdout) == (0, "up to date\n")
    extra = course.root / "assignments" / "tiny" / "tests" / "q9.py"
    extra.touch()
    try:
        result = run("--course", course.root / "solutions", "build", "--check", "tiny")
    finally:
        extra.unlink()
    ends_as_wrong_usage(result, "stale: assignments/tiny/tests/q9.py. Run `autograder build`")


def test_build_says_what_it_made(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "build", lambda _, name: (f"{name} wants LaTeX",))
    monkeypatch.setattr("autograder.cli.building.rehearse", lambda *_: "The solution gets 10 of 10")
    for option in ("--no-run", None):
        result = run("--course", course.root, "build", *filter(None, [option]))
        assert (result.exit_code, result.stdout) == (
            0,
            "tiny: built assignments/tiny/ and dist/tiny/\n",
        )
        assert result.stderr.startswith("tiny: tiny wants LaTeX\n")
        assert ("\nThe solution gets 10 of 10\nNext: " in result.stderr) == (option is None)


def test_build_of_an_empty_course_says_how_to_begin(tmp_path: Path) -> None:
    (tmp_path / "otter_config.json").write_text("{}")
    ends_as_wrong_usage(run("--course", tmp_path, "build"), "autograder new NAME")


def test_students_who_are_not_told_to_install_otter(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(course.root, tmp_path / "course")
    monkeypatch.setattr(build, "build", lambda _, name: ())
    (tmp_path / "course" / "assignments" / "requirements.txt").write_text("numpy\n# otter-grader\n")
    result = run("--course", tmp_path / "course", "build", "--no-run")
    assert "requirements.txt: names no otter-grader" in result.stderr


def test_data_says_which_where_and_its_hash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from autograder.course.data import Dataset

    found = Dataset("custom", tmp_path / "x.npz", "--data x.npz", "ab" * 32)
    monkeypatch.setattr("autograder.course.data.find", lambda *_: found)
    result = run("data", "--data", "x.npz")
    assert result.exit_code == 0
    for word in ("custom", "--data x.npz", str(tmp_path / "x.npz"), "ab" * 32):
        assert word in result.stdout
