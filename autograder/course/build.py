"""Builds an assignment: `master.py` → notebook → Otter Assign → what students and graders get.

The only module that knows Jupytext and Otter Assign. The same source gives the same bytes: cell
ids are made from the cells' text, zip entries are sorted and carry a fixed time.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from autograder.course import colab, needs
from autograder.course import imports as imported
from autograder.course import master as masters
from autograder.course import plan as plans
from autograder.course.config import PLAN_FILE, Course, built_folder
from autograder.course.needs import KIT_FILE, Needs
from autograder.errors import ConfigError
from autograder.files import packed

_GUARDS = (
    (
        "None",
        "`{name}` is not defined: run the cell that makes it, from top to bottom, and look at the "
        "first error above.",
    ),
    ("...", "`{name}` is not filled in yet: replace the `...` in the cell above the check."),
)


def build(course: Course, name: str) -> None:
    """Build `assignments/<name>/` and `dist/<name>/` anew."""
    with _built(course, name) as result:
        _replace(result, built_folder(course, name))
        _replace(built_folder(course, name) / "student", _student_folder(course, name))


def ensure_built(course: Course, name: str) -> bool:
    """Build `dist/<name>/` if it is missing or older than its source; say whether it was built."""
    master = _source_folder(course, name) / "master.py"
    if not master.is_file():
        known = ", ".join(course.assignments) or "none"
        raise ConfigError(f"no assignment `{name}` ({master} does not exist); there is: {known}")
    plan = built_folder(course, name) / PLAN_FILE
    try:
        if json.loads(plan.read_text(encoding="utf-8"))["source"] == _source_hash(course, name):
            return False
    except (OSError, ValueError, KeyError, TypeError):
        pass  # missing or damaged: build it
    with _built(course, name) as result:
        _replace(result, built_folder(course, name))
    return True


def stale_files(course: Course, name: str) -> list[str]:
    """Return the files below `assignments/<name>/` that a build would add, change or remove."""
    committed = _student_folder(course, name)
    with _built(course, name) as result:
        fresh = result / "student"
        names = {path.relative_to(top) for top in (fresh, committed) for path in _files(top)}
        return [
            f"{committed.relative_to(course.root) / path}".replace(os.sep, "/")
            for path in sorted(names)
            if _bytes(fresh / path) != _bytes(committed / path)
        ]


def _files(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    )


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _source_folder(course: Course, name: str) -> Path:
    return course.root / "solutions" / name


def _student_folder(course: Course, name: str) -> Path:
    return course.root / "assignments" / name


def _support_modules(source: Path) -> list[Path]:
    return sorted(path for path in source.glob("*.py") if path.name != "master.py")


def _source_hash(course: Course, name: str) -> str:
    source = _source_folder(course, name)
    digest = hashlib.sha256(f"{version('autograder')} {version('otter-grader')}".encode())
    for module in ("build", "colab", "imports", "master", "needs", "plan"):
        digest.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    digest.update(json.dumps(course.settings.otter, sort_keys=True).encode())
    kit = [source / KIT_FILE] if (source / KIT_FILE).is_file() else []
    for path in (source / "master.py", *kit, *_support_modules(source), _requirements(course)):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _requirements(course: Course) -> Path:
    return course.root / "assignments" / "requirements.txt"


@contextmanager
def _built(course: Course, name: str) -> Iterator[Path]:
    """Build into a temporary folder: `student/`, `staff/`, the zip and the plan."""
    source = _source_folder(course, name)
    with tempfile.TemporaryDirectory(prefix="autograder-build-") as folder:
        work, result = Path(folder) / "work", Path(folder) / "result"
        work.mkdir()
        masters.check(source / "master.py")
        own_needs = needs.read_kit(source)
        master = work / f"{name}.ipynb"
        nbformat.write(_master_notebook(source / "master.py", course), master)
        for path in (*_support_modules(source), _requirements(course)):
            shutil.copy(path, work)
        _otter_assign(master, work / "out", source / "master.py")
        _arrange(name, work, result, [path.name for path in _support_modules(source)])
        for_colab = colab.cell(f"{name}.ipynb", result / "student" / "tests", _requirements(course))
        for side in ("student", "staff"):
            _normal_notebook(result / side / f"{name}.ipynb", for_colab)
        plan = {
            "source": _source_hash(course, name),
            "needs": asdict(_completed(own_needs, result, f"{name}.ipynb")),
            "questions": plans.questions(result / "staff", name, source / "master.py"),
        }
        (result / PLAN_FILE).write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")
        yield result


def _completed(own: Needs, result: Path, notebook: str) -> Needs:
    """What an assignment needs, with what can be read of the built one."""
    both = [set(needs.beside(result / side, notebook)) for side in ("student", "staff")]
    return replace(
        own,
        imports=imported.imports(result / "staff", notebook),
        files=tuple(sorted(set.intersection(*both))),
    )


def _replace(new: Path, old: Path) -> None:
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(new, old)


# ---------------------------------------------------------------- master.py → master notebook


def _master_notebook(master: Path, course: Course) -> Any:
    """Read the percent script; add Otter's settings and the tests' guards."""
    notebook = jupytext.read(master)
    notebook.metadata = {"kernelspec": notebook.metadata.get("kernelspec") or _KERNELSPEC}
    in_tests = configured = False
    for cell in notebook.cells:
        text = cell.source.strip()
        if cell.cell_type == "raw":
            in_tests = (in_tests or text.startswith("# BEGIN TESTS")) and not text.startswith(
                "# END TESTS"
            )
            if text.startswith("# ASSIGNMENT CONFIG"):
                cell.source = _with_settings(cell.source, course, master)
                configured = True
        elif in_tests and cell.cell_type == "code":
            cell.source = _with_guards(cell.source, master)
    if not configured:
        raise ConfigError(f"{master}: no raw cell begins with `# ASSIGNMENT CONFIG`")
    return notebook


_KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


def _with_settings(config: str, course: Course, master: Path) -> str:
    """Add the settings of `otter_config.json`. YAML reads JSON, so JSON it is."""
    for key in ("generate", "requirements"):
        if re.search(rf"^{key}:", config, re.MULTILINE):
            raise ConfigError(f"{master}: `{key}:` comes from the build; remove it from the config")
    settings = json.dumps(course.settings.otter)
    return f"{config.rstrip()}\nrequirements: requirements.txt\ngenerate: {settings}\n"


def _with_guards(source: str, master: Path) -> str:
    """Make a test case fail in plain words where a variable is undefined or not filled in."""
    try:
        functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    except SyntaxError as error:
        raise ConfigError(f"{master}: a test cell is not Python: {error}") from None
    if len(functions) != 1:
        raise ConfigError(
            f"{master}: a test cell must hold exactly one function, but one holds "
            f"{[function.name for function in functions]}"
        )
    function = functions[0]
    names = [argument.arg for argument in function.args.args]
    if "env" in names or ast.unparse(function.args) != ", ".join(names):
        raise ConfigError(
            f"{master}: {function.name}({ast.unparse(function.args)}): name each variable that the "
            "test needs as a plain parameter; `env`, defaults, * and ** are not possible"
        )
    first = function.body[0]
    begin = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", []))])
    lines = source.splitlines()
    if begin <= function.lineno or lines[begin - 1][: first.col_offset].strip():
        raise ConfigError(f"{master}: {function.name}: begin its body on a line of its own")
    guards = [
        f"{' ' * first.col_offset}assert {name} is not {value}, {text.format(name=name)!r}"
        for name in names
        for value, text in _GUARDS
    ]
    return "\n".join([*lines[: begin - 1], *guards, *lines[begin - 1 :]])


# ---------------------------------------------------------------- Otter Assign and after


def _otter_assign(master: Path, result: Path, source: Path) -> None:
    command = [sys.executable, "-m", "otter", "assign", master.name, str(result), "--no-run-tests"]
    done = subprocess.run(  # noqa: S603
        command, cwd=master.parent, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        raise ConfigError(f"{source}: otter assign failed: {lines[-1] if lines else 'no message'}")


def _arrange(name: str, work: Path, result: Path, support: list[str]) -> None:
    """Move Otter's output into `student/`, `staff/` and the zip, made reproducible."""
    shutil.move(work / "out" / "student", result / "student")
    shutil.move(work / "out" / "autograder", result / "staff")
    for zip_path in list((result / "staff").glob("*.zip")):
        _normal_zip(zip_path, result / f"{name}-autograder.zip")
        zip_path.unlink()
    for module in support:
        shutil.copy(work / module, result / "staff")


def _normal_notebook(path: Path, for_colab: Any) -> None:
    """Begin with the title, give every cell an id made from its text, drop what varies."""
    notebook = nbformat.read(path, as_version=4)
    if not notebook.cells[-1].source.strip():
        notebook.cells.pop()  # Otter Assign leaves an empty one after the export cell
    if "otter.Notebook(" in notebook.cells[0].source:  # Otter Assign puts it above the title
        init = notebook.cells.pop(0)
        kinds = [cell.cell_type for cell in notebook.cells]
        place = kinds.index("code") if "code" in kinds else 0
        notebook.cells[place:place] = [nbformat.from_dict(for_colab), init]
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        key = f"{cell.cell_type}\0{cell.source}"
        seen[key] = seen.get(key, 0) + 1
        cell.id = hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:12]
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata.pop("jupytext", None)
    nbformat.write(notebook, path)


def _normal_zip(source: Path, target: Path) -> None:
    with zipfile.ZipFile(source) as old:
        target.write_bytes(packed({name: old.read(name) for name in old.namelist()}))
