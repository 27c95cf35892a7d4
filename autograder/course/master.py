"""Otter Assign's own source, script or notebook: read, checked, given the course's settings.

Otter Assign names neither question nor line where two questions have one name, or where points do
not agree; and its defaults want LaTeX. What it has and this kit has not is named in `remarks`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import yaml

from autograder import words
from autograder.errors import ConfigError

_KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
_BEGIN = re.compile(r"#\s+begin\s+(question|tests)\b", re.IGNORECASE)
_END = re.compile(r"#\s+end\s+(question|tests)\b", re.IGNORECASE)
_CONFIG = re.compile(r"#\s+assignment\s+config\b", re.IGNORECASE)
_CASE_CONFIG = re.compile(
    r'\A(?:.\s*=\s*)?""?"?\s*#\s*BEGIN\s*TEST\s*CONFIG\n(.*?)^""?"?\s*#\s*END\s*TEST\s*CONFIG',
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)

UNSUPPORTED = {
    "plugins": "plugins are not run",
    "solutions_pdf": "no PDF of the solution is made",
    "template_pdf": "no PDF template is made",
    "grade_from_log": "notebooks are run; Otter's log is never opened",
    "serialized_variables": "notebooks are run; Otter's log is never opened",
    "pdf": "no PDF is sent to Gradescope",
    "token": "nothing is sent to Gradescope",
    "course_id": "nothing is sent to Gradescope",
    "assignment_id": "nothing is sent to Gradescope",
}
"""Keys of Otter's, in the assignment's config or below `generate`, that are left out here."""


@dataclass(frozen=True, slots=True)
class MasterQuestion:
    """A question as the source has it."""

    name: str
    config: Mapping[str, Any]
    cases: tuple[Mapping[str, Any], ...]
    """What each test cell says of itself: `points`, `hidden` and so on, where it does."""

    @property
    def by_hand(self) -> bool:
        """Whether nothing grades it but a human."""
        return bool(self.config.get("manual")) and not self.cases


@dataclass(frozen=True, slots=True)
class Master:
    """A source, ready for Otter Assign."""

    notebook: Any
    config: Mapping[str, Any]
    """The assignment's, with the course's settings."""
    questions: tuple[MasterQuestion, ...]
    remarks: tuple[str, ...]
    """What is not supported here, by name."""


def read(path: Path, settings: Mapping[str, Any]) -> Master:
    """Read `master.py` or `master.ipynb`. `settings` are Otter's keys of `otter_config.json`.

    Raises ConfigError for what Otter Assign could not use, and for questions that contradict
    themselves.
    """
    notebook = _notebook(path)
    own: dict[str, Any] = {}
    remarks: list[str] = []
    cells = []
    for cell in notebook.cells:
        if cell.cell_type == "raw" and _CONFIG.match(cell.source.strip()):
            own = _merged(own, _with_file(_config(path, cell.source), path))
        else:
            cells.append(cell)
    if len(cells) == len(notebook.cells):
        raise ConfigError(
            f"{path}: no raw cell begins with `# ASSIGNMENT CONFIG`: this is no source for Otter "
            "Assign. Where it is a notebook that was built already, `autograder import` takes it."
        )
    questions = tuple(_questions(path, cells))
    _check(path, questions)
    config = _for_otter(own, settings, remarks)
    _check_files(path, config)
    text = f"# ASSIGNMENT CONFIG\n{json.dumps(config)}"  # YAML reads JSON
    notebook.cells = [nbformat.v4.new_raw_cell(text, id="config"), *cells]
    return Master(notebook, config, questions, tuple(remarks))


def is_master(path: Path) -> bool:
    """Whether a notebook or script is Otter Assign's own source."""
    cells = _notebook(path).cells
    return any(cell.cell_type == "raw" and _CONFIG.match(cell.source.strip()) for cell in cells)


_LISTS = ("files", "student_files", "autograder_files")


def listed(path: Path) -> list[str]:
    """The files and folders beside a source that its configuration names."""
    cells = [cell for cell in _notebook(path).cells if cell.cell_type == "raw"]
    configs = [_config(path, cell.source) for cell in cells if _CONFIG.match(cell.source.strip())]
    names = [config["config_file"] for config in configs if config.get("config_file")]
    whole: dict[str, Any] = {}
    for config in configs:
        whole = _merged(whole, _with_file(config, path))
    names += [name for key in _LISTS for name in whole.get(key) or []]
    names += [whole.get(key) for key in ("requirements", "environment")]
    return [name for name in names if isinstance(name, str)]


def _check_files(path: Path, config: Mapping[str, Any]) -> None:
    for key in _LISTS:
        for name in config.get(key) or []:
            if not path.parent.joinpath(str(name)).exists():
                raise ConfigError(
                    f"{path}: `{key}: {name}`: there is no {path.parent / str(name)}. Put it "
                    "there, or take it off the list."
                )


def _notebook(path: Path) -> Any:
    """Read a source; what stands in fences becomes raw cells, as Otter Assign does it."""
    import jupytext  # neither is needed to see that a build is up to date
    from otter.assign.blocks import extract_all_fenced_otter_cells

    try:
        notebook = jupytext.read(path)
    except (ValueError, KeyError, OSError) as error:
        raise ConfigError(f"{path}: cannot be read as a notebook: {error}") from None
    kernel = notebook.metadata.get("kernelspec") or _KERNELSPEC
    language = str(kernel.get("language", "python")).lower()
    if language != "python":
        raise ConfigError(f"{path}: is in {language}, and only Python is supported")
    otters = notebook.metadata.get("otter") if path.suffix == ".ipynb" else None
    notebook.metadata = {"kernelspec": kernel, **({"otter": otters} if otters else {})}
    try:
        notebook.cells = extract_all_fenced_otter_cells(notebook.cells)
    except Exception as error:  # noqa: BLE001 - Otter's own, and it names the cell
        raise ConfigError(f"{path}: {error}") from None
    return notebook


def _config(path: Path, source: str) -> dict[str, Any]:
    try:
        config = yaml.safe_load(source)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not YAML in `{source.strip()[:40]}`: {error}") from None
    if not isinstance(config, dict | None):
        raise ConfigError(f"{path}: `{source.strip()[:60]}` holds no settings but {config!r}")
    return config or {}


def _with_file(config: dict[str, Any], path: Path) -> dict[str, Any]:
    """Put below a configuration what its `config_file` says."""
    name = config.pop("config_file", None)
    if name is None:
        return config
    try:
        text = path.parent.joinpath(str(name)).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: `config_file: {name}`: {error}") from None
    return _merged(_config(path.parent / str(name), text), config)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = dict(below)
    for key, value in above.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merged(old, value)
        else:
            merged[key] = value
    return merged


def _for_otter(
    own: dict[str, Any], settings: Mapping[str, Any], remarks: list[str]
) -> dict[str, Any]:
    """An assignment's configuration as Otter Assign gets it: no LaTeX, the course's settings."""
    generate = own.get("generate")
    kept = generate if isinstance(generate, dict) else {}
    config = {**own, "generate": supported(_merged(settings, kept), remarks)}
    config = supported(config, remarks)
    export: Any = config.get("export_cell", True)
    if export:
        config["export_cell"] = {"pdf": False, **(export if isinstance(export, dict) else {})}
    tests: Any = config.get("tests")
    if isinstance(tests, dict) and tests.get("url_prefix"):
        remarks.append("`tests.url_prefix`: nothing is fetched here; the built tests are used")
    config.setdefault("requirements", "requirements.txt")
    return config


def supported(config: Mapping[str, Any], remarks: list[str]) -> dict[str, Any]:
    """Leave out of Otter's settings what this kit does not do, and say it by name."""
    for key, why in UNSUPPORTED.items():
        if config.get(key):
            remarks.append(f"`{key}`: {why}")
    return {key: value for key, value in config.items() if key not in UNSUPPORTED}


# ---------------------------------------------------------------- questions


def _questions(path: Path, cells: Sequence[Any]) -> Iterator[MasterQuestion]:
    config: dict[str, Any] | None = None
    cases: list[dict[str, Any]] = []
    in_tests = False
    for cell in cells:
        text = cell.source.strip()
        begin, end = ((p.match(text) if cell.cell_type == "raw" else None) for p in (_BEGIN, _END))
        if begin and begin[1].lower() == "question":
            config, cases = _config(path, cell.source), []
        elif end and end[1].lower() == "question" and config is not None:
            if "name" not in config:
                raise ConfigError(f"{path}: a question has no `name:` below its `# BEGIN QUESTION`")
            yield MasterQuestion(str(config["name"]), config, tuple(cases))
        elif begin or end:
            in_tests = bool(begin)
        elif in_tests and cell.cell_type == "code":
            case = _CASE_CONFIG.match(text)
            cases.append(_config(path, case[1]) if case else {})


def is_test(cells: Sequence[Any]) -> list[bool]:
    """Which of a source's cells hold test cases."""
    in_tests, found = False, []
    for cell in cells:
        if cell.cell_type == "raw":
            text = cell.source.strip()
            begin, end = _BEGIN.match(text), _END.match(text)
            in_tests = (in_tests or bool(begin and begin[1].lower() == "tests")) and not end
        found.append(in_tests and cell.cell_type == "code")
    return found


def _check(path: Path, questions: Sequence[MasterQuestion]) -> None:
    """Raise ConfigError where two questions have one name, or points differ from their cases'."""
    numbers: dict[str, int] = {}
    for number, question in enumerate(questions):
        name = question.name
        if name in numbers:
            raise ConfigError(
                f"{_place(path, number, 'name')}: a second question is called `{name}`; the first "
                f"one is in {_place(path, numbers[name], 'name', short=True)}. Give each a name of "
                "its own."
            )
        numbers[name] = number
        _check_points(f"{_place(path, number, 'points')}: question `{name}`", question)


def _check_points(where: str, question: MasterQuestion) -> None:
    """Compare with the cases; those without points of their own share what is left."""
    worth = question.config.get("points")
    given = [case["points"] for case in question.cases if case.get("points") is not None]
    if not given or not all(isinstance(each, int | float) for each in (worth, *given)):
        return
    difference = float(worth) - sum(given) if worth is not None else 0.0
    shared = len(given) < len(question.cases) and difference > 0
    if not shared and abs(difference) > 1e-6:
        raise ConfigError(
            f"{where} is worth {worth}, but its cases have {' + '.join(map(str, given))} = "
            f"{words.points(sum(given))} points. Make them agree."
        )


def _place(path: Path, number: int, key: str, *, short: bool = False) -> str:
    """Where a key of a question stands: the line of a script, else the question's number."""
    place = f"its question {number + 1}"
    if path.suffix == ".py":
        text = path.read_text(encoding="utf-8")
        begins = [match.start() for match in re.finditer(r"^# # BEGIN QUESTION", text, re.M)]
        found = re.compile(rf"^# {key}:", re.MULTILINE).search(text, begins[number])
        place = f"line {_line(text, found.start() if found else begins[number])}"
    return place if short else f"{path}: {place}"


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
