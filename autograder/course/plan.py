"""What grading needs to know of a built assignment: questions, cases, and the names they need."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import uses
from autograder.course.names import names
from autograder.errors import ConfigError
from autograder.notebook.otter import checked_in

NO_HINT = "A hidden test fails. Read the question again, and try your answer on other values."
"""What students read where a hidden case has no hint of its own."""
CONTEXT = "context/context.py"
"""Below the staff's folder: the code that makes the names which tests need and nobody answers."""
BEFORE = "context/before.py"
"""The same: code that runs before each cell, and before a question is judged."""


def made(staff: Path, name: str, source: Path, *, solved: bool = True) -> dict[str, Any]:
    """Read a built assignment; return its plan's `questions`, `before_cells` and `remarks`.

    Its context is written, too, where tests need one. `source` is named in errors. Without a
    solution (`solved` is false) the notebook in `staff` is what students get.
    """
    notebook = nbformat.read(staff / f"{name}.ipynb", as_version=4)
    paths = {path.stem: path for path in sorted((staff / "tests").glob("*.py"))}
    paths.pop("__init__", None)
    order = checked_in(notebook)
    if not paths or not set(order) <= set(paths):
        raise ConfigError(
            f"assignment `{name}`: test files {sorted(paths)} and check cells {order} differ"
        )
    tests = {q: _test_file(paths[q], source) for q in dict.fromkeys([*order, *paths])}
    used = {q: _uses(test, paths[q]) for q, test in tests.items()}
    before = _before_cells(staff)
    need = names(notebook, used, str(source), solved=solved, before_cells=before)
    for place, code in ((CONTEXT, need.context), (BEFORE, before)):
        if code:
            (staff / place).parent.mkdir(exist_ok=True)
            (staff / place).write_text(code, encoding="utf-8")
    return {
        "questions": [_question(test, need.crossing[q]) for q, test in tests.items()],
        "before_cells": before,
        "remarks": _without_hint(tests),
    }


def _without_hint(tests: Mapping[str, Any]) -> list[str]:
    """Name the hidden cases that have no hint, all in one remark."""
    names = [
        f"{question}, {_label(case)}"
        for question, test in tests.items()
        for case in test.test_cases
        if case.hidden and not case.failure_message
    ]
    if not names:
        return []
    return [
        f"hidden cases without a failure_message: {'; '.join(names)}. Students who fail them get "
        "no hint of what to look at"
    ]


def _test_file(path: Path, source: Path) -> Any:
    """Read a test file with Otter's own code."""
    from otter.nbmeta_config import NBMetadataConfig
    from otter.test_files import create_test_file

    where = f"{source}: question `{path.stem}`"
    try:
        test = create_test_file(str(path), NBMetadataConfig())
    except AssertionError:
        raise ConfigError(
            f"{where}: a test in OK format has one suite, of type doctest and without `setup` and "
            "`teardown`: Otter refuses others"
        ) from None
    except Exception as error:
        raise ConfigError(f"{where}: its test: {type(error).__name__}: {error}") from error
    if not test.test_cases:
        raise ConfigError(f"{where}: its test has no case")
    return test


def _uses(test: Any, path: Path) -> uses.Uses:
    bodies = [case.body for case in test.test_cases]
    if isinstance(bodies[0], str):
        return uses.in_doctests(bodies)
    return uses.in_functions(path.read_text(encoding="utf-8"))


def _question(test: Any, crossing: tuple[str, ...]) -> dict[str, Any]:
    cases = [
        {
            "name": case.name,
            "label": _label(case).removeprefix("test_").replace("_", " "),
            "hidden": case.hidden,
            "points": case.points,
            "hint": case.failure_message or (NO_HINT if case.hidden else ""),
            "success": case.success_message or "",
        }
        for case in test.test_cases
    ]
    return {
        "name": test.name,
        "all_or_nothing": test.all_or_nothing,
        "cases": cases,
        "variables": list(crossing),
        "manual": False,
    }


def _label(case: Any) -> str:
    """What people call a case: its function, or its place in a file of doctests."""
    return str(case.name if isinstance(case.body, str) else case.body.test_func.__name__)


def _before_cells(staff: Path) -> str:
    """Return the code that Otter runs before each cell: it seeds, or gives a variable the seed."""
    config = json.loads((staff / "otter_config.json").read_text(encoding="utf-8"))
    seed, variable = config.get("seed"), config.get("seed_variable")
    if seed is None:
        return ""
    if variable:
        return f"{variable} = {seed}"
    return f"__import__('numpy').random.seed({seed}); __import__('random').seed({seed})"
