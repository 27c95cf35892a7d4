"""What grading needs to know of a built assignment: its questions, cases and variables."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import master as masters
from autograder.errors import ConfigError
from autograder.notebook.otter import CHECK


def questions(staff: Path, name: str, master: Path) -> list[dict[str, Any]]:
    """Read the built test files: cases with Otter's own points, and the variables they need."""
    notebook = nbformat.read(staff / f"{name}.ipynb", as_version=4)
    order = list(dict.fromkeys(q for cell in notebook.cells for q in CHECK.findall(cell.source)))
    found = {path.stem for path in (staff / "tests").glob("*.py")} - {"__init__"}
    if not found or found != set(order):
        raise ConfigError(
            f"assignment `{name}`: test files {sorted(found)} and check cells {order} differ"
        )
    return [_question(staff / "tests" / f"{question}.py", master) for question in order]


def _question(path: Path, master: Path) -> dict[str, Any]:
    from otter.test_files import ExceptionTestFile

    if "OK_FORMAT = False" not in path.read_text(encoding="utf-8"):
        raise ConfigError(
            f"{path.name}: set `tests: {{ok_format: false}}` in the assignment config"
        )
    test_file = ExceptionTestFile.from_file(str(path))
    variables: dict[str, None] = {}
    cases = []
    for case in test_file.test_cases:
        function = case.body.test_func
        variables.update(dict.fromkeys(inspect.signature(function).parameters))
        if case.hidden and not case.failure_message:
            line = masters.line_of(master, path.stem, f"def {function.__name__}(")
            raise ConfigError(
                f"{master}: line {line}: question `{path.stem}`: hidden case {function.__name__} "
                "has no failure_message. Students read it in the test's place: write a hint."
            )
        cases.append(
            {
                "name": case.name,
                "label": function.__name__.removeprefix("test_").replace("_", " "),
                "hidden": case.hidden,
                "points": case.points,
                "hint": case.failure_message or "",
            }
        )
    return {
        "name": test_file.name,
        "all_or_nothing": test_file.all_or_nothing,
        "cases": cases,
        "variables": list(variables),
        "manual": False,
    }
