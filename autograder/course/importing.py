"""Takes over an assignment from Otter: what there is of it becomes a folder `solutions/<name>/`.

Three forms are known: Otter Assign's own source; the folder that Otter Assign wrote; and a
notebook with tests beside it, in an Otter zip, or in its metadata.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course import build, needs, scaffold
from autograder.course import master as masters
from autograder.course.config import CONFIG_FILE, Course, built_folder
from autograder.course.existing import FILES, STAFF
from autograder.course.sources import SOLUTION
from autograder.errors import ConfigError, UsageError

_R = (".rmd", ".qmd", ".r")
_NOT_TAKEN = {
    ".OTTER_LOG",
    ".ipynb_checkpoints",
    "__pycache__",
    "environment.yml",
    "requirements.txt",
}


@dataclass(frozen=True, slots=True)
class Found:
    """The files of an assignment, by their place in its new folder; folders are taken whole."""

    name: str
    """What it is called, unless somebody says otherwise."""
    files: dict[str, Path]


def find(path: Path, notebook: Path | None, solution: Path | None) -> Found:
    """Say what a path holds. Raises UsageError where it is no assignment, or more is needed."""
    if path.suffix.lower() in _R:
        raise UsageError(f"{path}: R, R Markdown and Quarto are not supported, only Python")
    if not path.exists():
        raise UsageError(f"{path} does not exist")
    if path.is_dir() and path.joinpath("student").is_dir() and path.joinpath("autograder").is_dir():
        _refuse_both(path, notebook, solution)
        return _of_otter_assign(path)
    if path.is_dir():
        return _in_folder(path, notebook, solution)
    if path.suffix == ".zip":
        return _with_notebooks(notebook, solution, {"autograder.zip": path})
    if path.suffix not in (".py", ".ipynb"):
        raise UsageError(f"{path}: is no notebook, no script, no folder and no zip")
    if masters.is_master(path):
        _refuse_both(path, notebook, solution)
        return _of_master(path)
    if path.suffix == ".py":
        raise UsageError(
            f"{path}: has no `# ASSIGNMENT CONFIG` cell, so it is no source of Otter's"
        )
    return _with_notebooks(notebook or path, solution, {})


def _refuse_both(path: Path, notebook: Path | None, solution: Path | None) -> None:
    if notebook or solution:
        raise UsageError(f"{path}: holds both notebooks; leave --notebook and --solution away")


def _of_master(path: Path) -> Found:
    files = {f"master{path.suffix}": path}
    for name in masters.listed(path):
        place = Path(name)
        if place.is_absolute() or ".." in place.parts:
            raise UsageError(
                f"{path}: lists {name}, which does not lie beside it. Copy it there, and change "
                "the list."
            )
        if path.parent.joinpath(name).exists():  # else the build says so
            files[name] = path.parent / name
    return Found(path.parent.name if path.stem == "master" else path.stem, files)


def _in_folder(folder: Path, notebook: Path | None, solution: Path | None) -> Found:
    sources = [*folder.glob("*.ipynb"), *folder.glob("master.py")]
    source = [path for path in sorted(sources) if masters.is_master(path)]
    if len(source) == 1 and notebook is None:
        return _of_master(source[0])
    archives = sorted(folder.glob("*.zip"))
    others = {"autograder.zip": archives[0]} if archives else {}
    given = {path.resolve() for path in (notebook, solution) if path}
    notebooks = [path for path in sources if path.resolve() not in given and not source]
    if notebook is None and len(notebooks) != 1:
        names = ", ".join(path.name for path in sorted(sources)) or "none"
        raise UsageError(
            f"{folder}: which notebook do students get? Say it with --notebook, and which one is "
            f"solved with --solution. There is: {names}"
        )
    return _with_notebooks(notebook or notebooks[0], solution, others)


def _of_otter_assign(folder: Path) -> Found:
    """Sort what Otter Assign wrote: what students have is public, what only staff have is not."""
    student, staff = folder / "student", folder / "autograder"
    files: dict[str, Path] = {}
    name = _only_notebook(student).stem
    files[f"{name}.ipynb"] = _only_notebook(student)
    files[SOLUTION] = _only_notebook(staff)
    public = {path.name for path in student.iterdir()}
    if staff.joinpath("tests").is_dir():
        files["tests"] = staff / "tests"
    for path in sorted(staff.iterdir()):
        if path.suffix == ".zip":
            files.setdefault("autograder.zip", path)
        elif path.suffix != ".ipynb" and path.name not in {"tests", *_NOT_TAKEN}:
            is_config = path.name == CONFIG_FILE
            top = "" if is_config else f"{FILES if path.name in public else STAFF}/"
            files[f"{top}{path.name}"] = path
    if "tests" in files:
        files.pop("autograder.zip", None)  # it holds the same
    return Found(name, files)


def _only_notebook(folder: Path) -> Path:
    notebooks = sorted(folder.glob("*.ipynb"))
    if len(notebooks) != 1:
        names = ", ".join(path.name for path in notebooks) or "none"
        raise UsageError(
            f"{folder}: must hold one notebook, as Otter Assign writes it; it: {names}"
        )
    return notebooks[0]


def _with_notebooks(notebook: Path | None, solution: Path | None, others: dict[str, Path]) -> Found:
    if notebook is None:
        raise UsageError(
            f"{next(iter(others.values()))}: an Otter zip holds tests and no notebook. Add "
            "--notebook FILE, the one that students get, and, where you have it, --solution FILE."
        )
    for path in (notebook, solution):
        if path is not None and not path.is_file():
            raise UsageError(f"{path} does not exist")
    files = dict(others)
    if not others and notebook.parent.joinpath("tests").is_dir():
        files["tests"] = notebook.parent / "tests"
    if solution is not None:
        files[SOLUTION] = solution
    return Found(notebook.stem, {f"{notebook.stem}.ipynb": notebook, **files})


@contextmanager
def staged(
    course: Course, found: Found, name: str | None
) -> Iterator[tuple[Course, str, tuple[str, ...]]]:
    """Make and build the assignment in a copy of the course that holds nothing else.

    Yields the copy, the assignment's name, and what is not supported. Raises ConfigError where it
    is there already, or cannot be built.
    """
    name = scaffold.checked(name or re.sub(r"[^A-Za-z0-9._-]+", "-", found.name).strip("-."))
    target = course.root / "solutions" / name
    if target.exists():
        raise ConfigError(
            f"{target}: is there already. Nothing was changed: choose another name with -a."
        )
    with tempfile.TemporaryDirectory(prefix=".import-", dir=course.root) as folder:
        copy = replace(course, root=Path(folder))
        place = copy.root / "solutions" / name
        place.mkdir(parents=True)
        for title, path in found.files.items():
            title = f"{name}.ipynb" if title == f"{found.name}.ipynb" else title
            place.joinpath(title).parent.mkdir(parents=True, exist_ok=True)
            copying = shutil.copytree if path.is_dir() else shutil.copyfile
            copying(path, place / title)
        _say_data(place)
        copy.root.joinpath("assignments").mkdir()
        shutil.copy(build.requirements(course), copy.root / "assignments")
        yield copy, name, build.build(copy, name)


def _say_data(folder: Path) -> None:
    """Write down which data set of Keras' the notebooks load, where they load one."""
    texts = [path.read_text("utf-8", "replace") for path in sorted(folder.glob("*.ipynb"))]
    texts += [path.read_text("utf-8", "replace") for path in sorted(folder.glob("master.py"))]
    for name in needs.DATA_SETS:
        if any(re.search(rf"keras\.datasets(\.| import ){name}\b", text) for text in texts):
            (folder / needs.KIT_FILE).write_text(f'data = "{name}"\n', encoding="utf-8")


def take(course: Course, copy: Course, name: str) -> None:
    """Move what was made and built in the copy into the course."""
    for folder in (copy.root / "solutions" / name, copy.root / "assignments" / name):
        target = course.root / folder.relative_to(copy.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(folder, target)
    target = built_folder(course, name)
    target.parent.mkdir(exist_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    shutil.move(built_folder(copy, name), target)
