"""An assignment that was built elsewhere: its notebooks and tests, brought into this kit's form.

<name>.ipynb       the notebook that students get
solution.ipynb     the solved one, where there is one
tests/             all tests; or an Otter zip that holds them; or none, where they lie in the
                   notebooks' metadata
files/             what students get beside the notebook
*.py               modules that tests import and no student gets
otter_config.json  Otter's settings, where there are any
"""

from __future__ import annotations

import ast
import difflib
import json
import pprint
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from autograder.course import master as masters
from autograder.course.config import CONFIG_FILE
from autograder.course.sources import Source
from autograder.errors import ConfigError
from autograder.notebook.cells import Cell, cells_of
from autograder.notebook.imports import needed
from autograder.notebook.otter import ANSWER_TAGS

FILES, STAFF = "files", "staff"
_FORMAT = "OK_FORMAT"
_OK = f"{_FORMAT} = True"
_GRADER = re.compile(r"""(\botter\.Notebook\(\s*["'])[^"'\n]+(["'])""")
_BY_HAND = "<!-- BEGIN QUESTION -->"


def arrange(source: Source, settings: Mapping[str, Any], result: Path) -> tuple[str, ...]:
    """Write `student/` and `staff/` into `result`; return what is not supported, by name.

    Raises ConfigError where notebooks cannot be read or there are no tests.
    """
    name, remarks = source.path.name, list[str]()
    student, staff = result / "student", result / "staff"
    handed_out = _read(source.path)
    solved = _read(source.solution) if source.solution else _read(source.path)
    beside = _beside(source, handed_out)
    tests = _tests(source, beside, [solved, handed_out])
    if old := sorted(name for name, text in tests.items() if _FORMAT not in text):
        tests |= {question: f"{_OK}\n\n{tests[question]}" for question in old}
        remarks.append(f"tests of an older Otter, which lack `{_OK}`: added to {', '.join(old)}")
    _tag_answers(handed_out, solved, has_solution=source.solution is not None)
    for folder, notebook in ((student, handed_out), (staff, solved)):
        folder.mkdir(parents=True)
        _under_its_name(notebook, name)
        nbformat.write(notebook, folder / name)
    for path, file in beside.items():
        if path.parts[0] not in ("tests", CONFIG_FILE):
            for folder in (staff, student) if file.is_public else (staff,):
                _write(folder / path, file.content)
    for question, text in tests.items():
        _write(staff / "tests" / f"{question}.py", text.encode())
        if "tests" not in handed_out.metadata.get("otter", {}):
            _write(student / "tests" / f"{question}.py", _public(source, question, text))
    config = masters.supported({**settings, **_config(source, beside)}, remarks)
    _write(staff / CONFIG_FILE, json.dumps(config, indent=2).encode())
    by_hand = sum(_BY_HAND in cell.source for cell in handed_out.cells)
    if by_hand:
        remarks.append(
            f"`{_BY_HAND}` ({by_hand}): a built notebook does not say which of these questions "
            "are graded by hand, and for how many points, so the gradebook has none of them. The "
            "master notebook says it: import that one."
        )
    return tuple(remarks)


def _read(path: Path) -> Any:
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # noqa: BLE001 - whatever nbformat says of it
        raise ConfigError(f"{path}: cannot be read as a notebook: {error}") from None
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if str(language).lower() != "python":
        raise ConfigError(f"{path}: is in {language}, and only Python is supported")
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for number, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{number}")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _under_its_name(notebook: Any, name: str) -> None:
    """Have the grader look for the notebook under the name that it has here."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = _GRADER.sub(rf"\g<1>{name}\g<2>", cell.source)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


# ---------------------------------------------------------------- files and tests


class File(NamedTuple):
    """What lies beside a notebook."""

    content: bytes
    is_public: bool
    """Whether students get it, too."""


def _beside(source: Source, handed_out: Any) -> dict[Path, File]:
    """What lies beside the notebooks, in folders and in Otter's zip, by its place in the end."""
    folder = source.folder
    files: dict[Path, File] = {}
    modules = {name for cell in cells_of(handed_out) for name in needed(cell.python.body or [])}
    for archive in sorted(folder.glob("*.zip")):
        for path, content in unzipped(archive).items():
            # The zip does not say what students got: data, and the modules that they import.
            is_public = path.suffix != ".py" or path.parts[0].removesuffix(".py") in modules
            files[path] = File(content, is_public)
    for top in ("tests", FILES, STAFF):
        for path in sorted(folder.joinpath(top).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                place = path.relative_to(folder if top == "tests" else folder / top)
                files[place] = File(path.read_bytes(), top == FILES)
    for path in [*source.support_modules, folder / CONFIG_FILE]:
        if path.is_file():
            files[Path(path.name)] = File(path.read_bytes(), is_public=False)
    return files


def unzipped(archive: Path) -> dict[Path, bytes]:
    """What an Otter zip has of an assignment: tests, files, settings. Raises ConfigError."""
    found: dict[Path, bytes] = {}
    try:
        with zipfile.ZipFile(archive) as opened:
            for name in sorted(opened.namelist()):
                path = Path(name)
                if name.endswith("/") or ".." in path.parts or path.is_absolute():
                    continue
                if path.parts[0] == "files":
                    found[Path(*path.parts[1:])] = opened.read(name)
                elif path.parts[0] == "tests" or name == CONFIG_FILE:
                    found[path] = opened.read(name)
    except (OSError, zipfile.BadZipFile) as error:
        raise ConfigError(f"{archive}: cannot be read as a zip: {error}") from None
    return found


def _config(source: Source, beside: Mapping[Path, File]) -> dict[str, Any]:
    file = beside.get(Path(CONFIG_FILE))
    try:
        config = json.loads(file.content) if file else {}
    except ValueError as error:
        raise ConfigError(f"{source.folder}: {CONFIG_FILE} is not JSON: {error}") from None
    if not isinstance(config, dict) or config.get("lang", "python") != "python":
        raise ConfigError(f"{source.folder}: {CONFIG_FILE}: only Python is supported")
    return config


def _tests(source: Source, beside: Mapping[Path, File], notebooks: list[Any]) -> dict[str, str]:
    """All test files by question, from where they are: files, else a notebook's metadata."""
    files = {
        path.stem: file.content.decode("utf-8", "replace")
        for path, file in beside.items()
        if path.parts[0] == "tests" and path.suffix == ".py" and path.stem != "__init__"
    }
    kept = (notebook.metadata.get("otter", {}).get("tests") for notebook in notebooks)
    in_metadata: dict[str, object] = next((tests for tests in kept if tests), {})
    tests = files or {name: in_a_file(test) for name, test in in_metadata.items()}
    if not tests:
        raise ConfigError(
            f"{source.folder}: there are no tests: no tests/*.py, no Otter zip with some, and none "
            "in the notebooks' metadata"
        )
    return tests


def in_a_file(test: object) -> str:
    """Return the text of a test file, from what a notebook's metadata has of it."""
    if isinstance(test, str):
        return test
    return f"{_OK}\n\ntest = {pprint.pformat(test, indent=4, width=200)}\n"


def public(text: str) -> str:
    """Return a test file without its hidden cases, in the format that it has.

    A file of doctests is executed, as Otter does it.
    """
    tree = ast.parse(text)
    if not any(isinstance(each, ast.FunctionDef) for each in tree.body):
        namespace: dict[str, Any] = {}
        exec(text, namespace)  # noqa: S102
        for suite in namespace["test"]["suites"]:
            suite["cases"] = [case for case in suite["cases"] if not case.get("hidden", True)]
        return in_a_file(namespace["test"])
    tree.body = [statement for statement in tree.body if not _is_hidden(statement)]
    return ast.unparse(tree) + "\n"


def _public(source: Source, question: str, text: str) -> bytes:
    try:
        return public(text).encode()
    except Exception as error:
        raise ConfigError(f"{source.folder}: the test of `{question}`: {error!r}") from error


def _is_hidden(statement: ast.stmt) -> bool:
    calls = [
        decorator
        for decorator in getattr(statement, "decorator_list", [])
        if isinstance(decorator, ast.Call)
    ]
    return any(
        keyword.arg == "hidden" and ast.unparse(keyword.value) == "True"
        for call in calls
        for keyword in call.keywords
    )


# ---------------------------------------------------------------- which cells are answers


def _tag_answers(handed_out: Any, solved: Any, *, has_solution: bool) -> None:
    """Tag the answers as Otter Assign does, where notebooks come without: from an old version of
    it, or written by hand. They are where the two differ; without a solution, where a stub stands.
    """
    if any(ANSWER_TAGS & cell.tags for cell in cells_of(handed_out)):
        return
    if not has_solution:
        for cell in cells_of(handed_out):
            if _is_stub(cell):
                _tag(handed_out.cells[cell.index], solved.cells[cell.index])
        return
    before = [cell.source.strip() for cell in handed_out.cells]
    after = [cell.source.strip() for cell in solved.cells]
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, begin, end, other_begin, other_end in matcher.get_opcodes():
        if kind != "equal":
            _tag(*handed_out.cells[begin:end], *solved.cells[other_begin:other_end])


def _tag(*cells: Any) -> None:
    for cell in cells:
        if cell.cell_type == "code":
            tags = list(cell.metadata.get("tags", []))
            cell.metadata["tags"] = [*tags, min(ANSWER_TAGS)]


def _is_stub(cell: Cell) -> bool:
    """Whether a code cell waits for an answer: it has a `...`, or raises NotImplementedError."""
    if cell.kind != "code":
        return False
    words = [
        ast.unparse(node)
        for statement in cell.python.body or []
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant | ast.Name)
    ]
    return "..." in words or "NotImplementedError" in words
