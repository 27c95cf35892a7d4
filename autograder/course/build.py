"""Builds an assignment: from its source, through Otter Assign, to what students and graders get.

The only module that runs Otter's commands. The same source gives the same bytes: cell ids are made
from the cells' text, zip entries are sorted and carry a fixed time.
"""

from __future__ import annotations

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

import nbformat

from autograder.course import colab, existing, needs, sources
from autograder.course import imports as imported
from autograder.course import master as masters
from autograder.course import plan as plans
from autograder.course.config import CONFIG_FILE, PLAN_FILE, Course, built_folder
from autograder.course.guards import prepared
from autograder.course.master import MasterQuestion
from autograder.course.needs import Needs
from autograder.course.sources import Source
from autograder.errors import ConfigError
from autograder.files import packed

REQUIREMENTS = "requirements.txt"


def build(course: Course, name: str) -> tuple[str, ...]:
    """Build `assignments/<name>/` and `dist/<name>/` anew; return what is not supported."""
    with _built(course, name) as result:
        _replace(result, built_folder(course, name))
        _replace(built_folder(course, name) / "student", _student_folder(course, name))
    plan = built_folder(course, name) / PLAN_FILE
    return tuple(json.loads(plan.read_text(encoding="utf-8"))["remarks"])


def ensure_built(course: Course, name: str) -> bool:
    """Build `dist/<name>/` if it is missing or older than its source; say whether it was built."""
    if name not in course.assignments:
        known = ", ".join(course.assignments) or "none"
        folder = _source_folder(course, name)
        if folder.is_dir():
            sources.find(folder)  # says what is wrong with it
        raise ConfigError(f"no assignment `{name}` ({folder} does not exist); there is: {known}")
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


def _source_hash(course: Course, name: str) -> str:
    source = sources.find(_source_folder(course, name))
    digest = hashlib.sha256(f"{version('autograder')} {version('otter-grader')}".encode())
    for code in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(code.read_bytes())
    digest.update(json.dumps(course.settings.otter, sort_keys=True).encode())
    for path in (*source.all_files, requirements(course)):
        content = path.read_bytes()
        place = os.path.relpath(path, source.folder).replace(os.sep, "/")
        digest.update(f"{place}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def requirements(course: Course) -> Path:
    """What students install. Raises ConfigError where it is missing."""
    path = course.root / "assignments" / REQUIREMENTS
    if not path.is_file():
        raise ConfigError(
            f"{path} does not exist. Write there what students install, a package a line, "
            f"otter-grader among them:\n  echo 'otter-grader>=7,<8' > {path}"
        )
    return path


def lacks_otter(course: Course) -> str:
    """Say so where students are not told to install Otter; empty where they are."""
    path = requirements(course)
    lines = path.read_text(encoding="utf-8").splitlines()
    if any(re.match(r"otter[-_.]grader\b", line.strip(), re.IGNORECASE) for line in lines):
        return ""
    return f"{path}: names no otter-grader, without which no check works: add `otter-grader>=7,<8`"


@contextmanager
def _built(course: Course, name: str) -> Iterator[Path]:
    """Build into a temporary folder: `student/`, `staff/`, the zip and the plan."""
    source = sources.find(_source_folder(course, name))
    with tempfile.TemporaryDirectory(prefix="autograder-build-") as folder:
        work, result = Path(folder) / "work", Path(folder) / "result"
        for place in (work, result):
            place.mkdir()
        own_needs = needs.read_kit(source.folder)
        make = _from_master if source.is_master else _from_existing
        from_source, remarks = make(course, source, work, result)
        solved = source.solution is not None
        plan = plans.made(result / "staff", name, source.path, solved=solved)
        plan |= {
            "source": _source_hash(course, name),
            "solved": solved,
            "needs": asdict(_completed(own_needs, result, f"{name}.ipynb")),
            "remarks": [*remarks, *plan["remarks"]],
            "questions": _with_manual(plan["questions"], from_source),
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


# ---------------------------------------------------------------- from Otter Assign's source


def _from_master(
    course: Course, source: Source, work: Path, result: Path
) -> tuple[list[MasterQuestion], tuple[str, ...]]:
    """Run Otter Assign; return the source's questions, and what is not supported."""
    master, name = masters.read(source.path, course.settings.otter), source.folder.name
    in_doctests = master.config.get("tests", {}).get("ok_format", True)
    if source.path.suffix == ".py" and not in_doctests:
        for cell, is_test in zip(
            master.notebook.cells, masters.is_test(master.notebook.cells), strict=True
        ):
            cell.source = prepared(cell.source, source.path) if is_test else cell.source
    _copy_beside(course, source, work)
    path = work / f"{name}.ipynb"
    nbformat.write(master.notebook, path)
    _otter(work, source.path, "assign", path.name, "out", "--no-run-tests", "--no-pdfs")
    shutil.move(work / "out" / "student", result / "student")
    shutil.move(work / "out" / "autograder", result / "staff")
    (archive,) = (result / "staff").glob("*.zip")
    _normal_zip(archive, result / f"{name}-autograder.zip")
    archive.unlink()
    if not (result / "staff" / "tests").is_dir():  # they are in the notebooks' metadata
        with zipfile.ZipFile(result / f"{name}-autograder.zip") as opened:
            tests = [each for each in opened.namelist() if each.startswith("tests/")]
            opened.extractall(result / "staff", tests)
    for module in source.support_modules:
        shutil.copy(module, result / "staff")
    tests_of_students = result / "student" / "tests"
    for_colab = None
    if tests_of_students.is_dir():
        for_colab = colab.cell(path.name, tests_of_students, requirements(course))
    for side in ("student", "staff"):
        _normal_notebook(result / side / path.name, for_colab)
    return list(master.questions), master.remarks


def _copy_beside(course: Course, source: Source, work: Path) -> None:
    """Copy what Otter Assign may look for: all that lies beside the source, and requirements."""
    shutil.copy(requirements(course), work)
    for path in source.all_files:
        if path != source.path:
            target = work / path.relative_to(source.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)


def _with_manual(
    questions: list[dict[str, Any]], masters: list[MasterQuestion]
) -> list[dict[str, Any]]:
    """Put in what humans grade, in the source's order."""
    if not masters:
        return questions
    by_name = {question["name"]: question for question in questions}
    for master in masters:
        if master.by_hand:
            points = float(master.config.get("points") or 0)
            case = {"name": master.name, "label": master.name, "hidden": False, "hint": ""}
            by_name[master.name] = {
                "name": master.name,
                "all_or_nothing": False,
                "cases": [{**case, "points": points}],
                "variables": [],
                "manual": True,
            }
    return [by_name[master.name] for master in masters if master.name in by_name]


def _from_existing(
    course: Course, source: Source, work: Path, result: Path
) -> tuple[list[MasterQuestion], tuple[str, ...]]:
    """Bring what was built elsewhere into form, and make Otter's zip of it."""
    remarks = existing.arrange(source, course.settings.otter, result)
    staff, name = result / "staff", source.folder.name
    _otter(
        staff, source.path, "generate", "-t", "tests", "-r", str(requirements(course)),
        "-c", CONFIG_FILE, "-o", str(work / "autograder.zip"), *_beside_tests(staff, name),
    )  # fmt: skip
    _normal_zip(work / "autograder.zip", result / f"{name}-autograder.zip")
    return [], remarks


def _beside_tests(staff: Path, name: str) -> list[str]:
    """What Otter's zip holds as files."""
    others = {f"{name}.ipynb", "tests", CONFIG_FILE}
    return sorted(path.name for path in staff.iterdir() if path.name not in others)


# ---------------------------------------------------------------- Otter's commands, and after


def _otter(folder: Path, source: Path, *words: str) -> None:
    """Run one of Otter's commands in a folder. Raises ConfigError with what it said last."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "otter", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()
        why = lines[-1] if lines else "no message"
        raise ConfigError(f"{source}: otter {words[0]} failed: {why}")


def _normal_notebook(path: Path, for_colab: Any | None) -> None:
    """Begin with the title, give every cell an id made from its text, drop what varies."""
    notebook = nbformat.read(path, as_version=4)
    if not notebook.cells[-1].source.strip():
        notebook.cells.pop()  # Otter Assign leaves an empty one after the export cell
    if "otter.Notebook(" in notebook.cells[0].source:  # Otter Assign puts it above the title
        init = notebook.cells.pop(0)
        kinds = [cell.cell_type for cell in notebook.cells]
        place = kinds.index("code") if "code" in kinds else 0
        with_colab = [nbformat.from_dict(for_colab)] if for_colab else []
        notebook.cells[place:place] = [*with_colab, init]
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
