"""Settings that are checked, and courses and assignments that are found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.course import config as courses
from autograder.course.config import find_course, read_assignment, read_settings
from autograder.course.needs import Needs
from autograder.errors import ConfigError
from autograder.records import Case, Question


def config(folder: Path, content: Any) -> Path:
    path = folder / courses.CONFIG_FILE
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_every_key_has_a_default_that_is_allowed(tmp_path: Path) -> None:
    assert courses.KEYS
    bare = read_settings(config(tmp_path, {}))
    given = {name: key.default for name, key in courses.KEYS.items()}
    full = read_settings(config(tmp_path, {"kit": given}))
    assert (bare.seed, bare.limits) == (full.seed, full.limits)
    assert (bare.limits.cell_seconds, bare.limits.submission_seconds) == (600, 1800)
    assert bare.numpy_printing == "both"
    assert read_settings(config(tmp_path, {"kit": {"numpy_printing": "1"}})).numpy_printing == "1"


@pytest.mark.parametrize("key", courses.KEYS)
def test_values_are_taken_up_to_their_bounds(key: str, tmp_path: Path) -> None:
    _, low, high, _ = courses.KEYS[key]
    for value in (low, high):
        found = read_settings(config(tmp_path, {"kit": {key: value}}))
        assert (found.seed if key == "seed" else getattr(found.limits, key)) == value
    for value in (low - 1, high + 1):
        with pytest.raises(
            ConfigError, match=rf"otter_config.json: `kit.{key}` .* {low} to {high}"
        ):
            read_settings(config(tmp_path, {"kit": {key: value}}))


WRONG: list[Any] = ["600", 600.0, True, None, [600], {"seconds": 600}, "", 10**30, float("nan")]


@pytest.mark.parametrize("value", WRONG, ids=repr)
@pytest.mark.parametrize("key", courses.KEYS)
def test_wrong_values_name_file_and_key(key: str, value: Any, tmp_path: Path) -> None:
    path = config(tmp_path, {"kit": {key: value}})
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert str(path) in str(caught.value) and f"`kit.{key}`" in str(caught.value)


FILES: dict[str, tuple[Any, str]] = {
    "empty": (b"", "not JSON"),
    "not JSON": (b"{'kit': 1}", "not JSON"),
    "not UTF-8": (b'{"kit": "\xff\xfe"}', "not JSON"),
    "a comma too many": (b'{"kit": {},}', "not JSON"),
    "nested without end": (b"[" * 100_000, "not JSON"),
    "a list": ([], "must be a JSON object"),
    "kit as list": ({"kit": []}, "`kit` must be an object"),
    "kit as null": ({"kit": None}, "`kit` must be an object"),
    "kit as text": ({"kit": "seed"}, "`kit` must be an object"),
    "misspelt": ({"kit": {"cell_second": 1}}, "unknown key `kit.cell_second`. Known keys: seed"),
    "capitals": ({"kit": {"Seed": 1}}, "unknown key `kit.Seed`"),
    "nested": ({"kit": {"limits": {"seed": 1}}}, "unknown key `kit.limits`"),
    "printing": ({"kit": {"numpy_printing": 1}}, '`kit.numpy_printing` must be "both", "1" or "2"'),
}


@pytest.mark.parametrize("case", FILES)
def test_a_wrong_file_says_where_and_what(case: str, tmp_path: Path) -> None:
    content, reason = FILES[case]
    path = config(tmp_path, content)
    with pytest.raises(ConfigError) as caught:
        read_settings(path)
    assert str(caught.value).startswith(f"{path}: ") and reason in str(caught.value)


def test_otters_own_keys_stay_beside_ours(tmp_path: Path) -> None:
    one = read_settings(config(tmp_path, {"show_hidden": False, "kit": {"seed": 5}}))
    other = read_settings(config(tmp_path, {"show_hidden": False, "kit": {"seed": 6}}))
    assert one.otter == other.otter == {"show_hidden": False}
    assert one.sha256 != other.sha256


def test_a_course_is_found_from_a_folder_in_it(tmp_path: Path) -> None:
    config(tmp_path, {"kit": {"seed": 5}})
    inner = tmp_path / "solutions" / "a"
    inner.mkdir(parents=True)
    for start in (tmp_path, tmp_path / "solutions", inner):
        found = find_course(start)
        assert (found.root, found.settings.seed) == (tmp_path, 5)
    config(inner, {})
    assert find_course(inner).root == inner


def test_no_course_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / courses.CONFIG_FILE).mkdir()
    with pytest.raises(ConfigError, match="--course") as caught:
        find_course(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_assignments_are_the_folders_with_a_master(tmp_path: Path) -> None:
    config(tmp_path, {})
    for name in ("b", "a"):
        (tmp_path / "solutions" / name).mkdir(parents=True)
        (tmp_path / "solutions" / name / "master.py").touch()
    (tmp_path / "solutions" / "empty").mkdir()
    assert find_course(tmp_path).assignments == ("a", "b")


CASE = {"name": "q1 - 1", "label": "is right", "hidden": True, "points": 2, "hint": "look"}
QUESTION = {
    "name": "q1",
    "all_or_nothing": True,
    "cases": [CASE],
    "variables": ["x", "y"],
    "manual": False,
}
PLAN = {
    "source": "0",
    "solved": False,
    "before_cells": "seed = 1",
    "needs": {"imports": ["numpy"]},
    "questions": [QUESTION],
}


def test_an_assignment_is_what_build_wrote(tmp_path: Path) -> None:
    config(tmp_path, {})
    folder = tmp_path / "dist" / "a"
    (folder / "staff").mkdir(parents=True)
    (folder / courses.PLAN_FILE).write_text(json.dumps(PLAN))
    found = read_assignment(find_course(tmp_path), "a")
    case = Case("q1 - 1", "is right", True, 2, "look")
    assert found.questions == (Question("q1", True, (case,), ("x", "y")),)
    assert not found.solved and found.before_cells == "seed = 1"
    assert (found.points, found.notebook_name) == (2, "a.ipynb")
    assert found.needs == Needs(imports=("numpy",))


PLANS = [None, b"", b"{", b"[]", b"{}", b'{"questions": 1}', b'{"questions": [{"name": "q1"}]}']


@pytest.mark.parametrize("content", PLANS)
def test_a_missing_or_damaged_plan_says_what_to_run(content: bytes | None, tmp_path: Path) -> None:
    config(tmp_path, {})
    path = tmp_path / "dist" / "a" / courses.PLAN_FILE
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match="autograder build a") as caught:
        read_assignment(find_course(tmp_path), "a")
    assert str(path) in str(caught.value)


def test_the_hash_of_the_tests_is_of_names_and_contents(tmp_path: Path) -> None:
    hashes: list[str] = []
    for name, text in [("a", "1"), ("a", "2"), ("b", "2")]:
        folder = tmp_path / str(len(hashes))
        folder.mkdir()
        (folder / name).write_text(text)
        (folder / "__pycache__").mkdir()
        (folder / "__pycache__" / f"{len(hashes)}.pyc").touch()
        hashes.append(courses.hash_folder(folder))
        (folder / "__pycache__" / "more.pyc").touch()
        assert courses.hash_folder(folder) == hashes[-1]
    assert len(set(hashes)) == 3
