"""What is imported is declared, with a floor and a ceiling, and the tested versions fit."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
HERE = {"autograder", "docs", "judging", "tests"}
"""What is imported and is ours; `judging` is the assignment's own module."""
TOOLS = {"mypy", "ruff"}
PROGRAMS = {"jupyter"}
"""Packages of the tests of which a program is started."""

OF_COURSES = {"datascience", "pandas", "scipy"}
"""What a course may use: imported only where one of its values is at hand."""


def requirements(lines: list[str]) -> dict[str, Requirement]:
    parsed = (Requirement(line) for line in lines if not line.startswith("autograder["))
    return {canonicalize_name(requirement.name): requirement for requirement in parsed}


RUNTIME = requirements(PROJECT["dependencies"])
TEST = requirements(EXTRAS["test"])
EVERYTHING = {**RUNTIME, **TEST, **requirements(EXTRAS["dev"])}


def modules(*folders: str) -> Iterator[str]:
    """Top-level names of what the Python files below these folders import."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 2
    for path in files:
        if path.parent.parent.name == "attacks":
            continue  # what hostile students write
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def packages(*folders: str) -> set[str]:
    """The installed packages that bring what is imported below these folders."""
    brought_by = packages_distributions()
    names = set(modules(*folders)) - HERE - set(sys.stdlib_module_names)
    return {canonicalize_name(brought_by.get(name, [name])[0]) for name in names}


def test_the_package_declares_what_it_imports_and_no_more() -> None:
    assert packages("autograder") == set(RUNTIME) | OF_COURSES


def test_tests_and_benchmarks_declare_what_they_import_and_no_more() -> None:
    wanted = packages("tests", "benchmarks", "docs") - set(RUNTIME)
    plugins = {name for name in TEST if name.startswith("pytest-")}
    assert wanted == set(TEST) - PROGRAMS - plugins


@pytest.mark.parametrize("name", EVERYTHING)
def test_each_has_a_floor_and_the_next_major_version_as_ceiling(name: str) -> None:
    limits = {each.operator: Version(each.version) for each in EVERYTHING[name].specifier}
    assert set(limits) == {">=", "<"}
    assert limits["<"] > limits[">="] and limits["<"].release[1:] in ((), (0,))


@pytest.mark.parametrize("name", EVERYTHING)
def test_the_tested_version_is_the_newest_major_one_that_is_allowed(name: str) -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    tested = {canonicalize_name(line.partition("==")[0]): line.partition("==")[2] for line in lines}
    requirement = EVERYTHING[name]
    assert tested[name] in requirement.specifier
    (ceiling,) = (Version(s.version) for s in requirement.specifier if s.operator == "<")
    assert Version(tested[name]).major + 1 == ceiling.major


def test_tools_are_declared_for_developers() -> None:
    assert set(EVERYTHING) - set(RUNTIME) - set(TEST) == TOOLS


def test_the_types_travel_with_the_package() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)["tool"]["setuptools"]["package-data"]["autograder"]
    assert "py.typed" in data and (ROOT / "autograder" / "py.typed").is_file()
