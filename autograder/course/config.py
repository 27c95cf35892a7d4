"""Reads `otter_config.json` and what `build` made of an assignment into records."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from autograder.course import needs, sources
from autograder.course.needs import Needs
from autograder.errors import ConfigError
from autograder.records import Case, Limits, Question

CONFIG_FILE = "otter_config.json"
PLAN_FILE = "plan.json"


class Key(NamedTuple):
    """One key of `kit`: a whole number within bounds. `docs/configuration.md` is made from it."""

    default: int
    least: int
    most: int
    meaning: str


KEYS = {
    "seed": Key(0, 0, 2**31 - 1, "with a submission's id it seeds Python, NumPy and Keras"),
    "cell_seconds": Key(
        600, 1, 86_400, "a cell that takes longer is interrupted; the next one runs"
    ),
    "submission_seconds": Key(1_800, 1, 86_400, "a notebook that takes longer is ended"),
    "memory_mb": Key(6_144, 1_024, 1 << 20, "memory of all of a submission's processes"),
    "disk_mb": Key(1_024, 256, 1 << 20, "everything that a submission can write"),
    "cell_output_kb": Key(1_024, 1, 1 << 16, "output of a cell beyond this is dropped"),
    "judge_seconds": Key(120, 1, 3_600, "judging one question may take this long"),
}


PRINTING = ("both", "1", "2")
"""`kit.numpy_printing`: as NumPy 1 prints (`True`), as NumPy 2 does (`np.True_`), or either."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The key `kit` of `otter_config.json`, with Otter's own keys beside it."""

    seed: int
    limits: Limits
    numpy_printing: str
    """How NumPy prints what doctests compare: one of `PRINTING`."""
    otter: dict[str, Any]
    sha256: str


@dataclass(frozen=True, slots=True)
class Course:
    """A folder with `otter_config.json`, `solutions/` and `assignments/`."""

    root: Path
    settings: Settings

    @property
    def assignments(self) -> tuple[str, ...]:
        """The names of all assignments, sorted."""
        return sources.names(self.root / "solutions")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One built assignment: its questions, and where its files are."""

    name: str
    questions: tuple[Question, ...]
    student: Path
    """`<name>.ipynb` and the public tests, as a student gets them."""
    staff: Path
    """The solution notebook, all tests and their support modules. Never enters a sandbox."""
    tests_sha256: str
    needs: Needs = Needs()  # noqa: RUF009 - it is frozen
    solved: bool = True
    """Whether there is a solution; without one nothing is proved."""
    before_cells: str = ""
    """Code that runs before each cell, as Otter seeds."""

    @property
    def points(self) -> float:
        """What the whole assignment is worth."""
        return sum(question.points for question in self.questions)

    @property
    def tested(self) -> tuple[Question, ...]:
        """The questions that tests grade, not humans."""
        return tuple(question for question in self.questions if not question.manual)

    @property
    def notebook_name(self) -> str:
        """The file name that `otter.Notebook(...)` in the notebook asks for."""
        return f"{self.name}.ipynb"


def find_course(start: Path) -> Course:
    """Return the course whose folder is `start` or one of its parents."""
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file():
            return Course(folder, read_settings(folder / CONFIG_FILE))
    raise ConfigError(
        f"{start}: no {CONFIG_FILE} here or in a folder above. Run the command inside the course's "
        "folder, or name it with --course; `autograder new COURSE` makes one."
    )


def read_settings(path: Path) -> Settings:
    """Read and check `otter_config.json`. An unknown or wrong key is a ConfigError."""
    raw = path.read_bytes()
    try:
        config = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not JSON: {error}") from None
    if not isinstance(config, dict):
        raise ConfigError(f"{path}: must be a JSON object")
    kit = config.pop("kit", {})
    if not isinstance(kit, dict):
        raise ConfigError(f"{path}: `kit` must be an object")
    known = [*KEYS, "numpy_printing"]
    if unknown := sorted(set(kit) - set(known)):
        names = ", ".join(known)
        raise ConfigError(f"{path}: unknown key `kit.{unknown[0]}`. Known keys: {names}.")
    if (printing := kit.get("numpy_printing", PRINTING[0])) not in PRINTING:
        raise ConfigError(f'{path}: `kit.numpy_printing` must be "both", "1" or "2"')
    values = {name: _number(path, name, kit.get(name, key.default)) for name, key in KEYS.items()}
    seed = values.pop("seed")
    return Settings(seed, Limits(**values), printing, config, hashlib.sha256(raw).hexdigest())


def _number(path: Path, name: str, value: object) -> int:
    _, least, most, _ = KEYS[name]
    if type(value) is not int or not least <= value <= most:
        raise ConfigError(
            f"{path}: `kit.{name}` must be a whole number from {least} to {most}, not {value!r}"
        )
    return value


def built_folder(course: Course, name: str) -> Path:
    """Where `build` puts the instructor's side of an assignment."""
    return course.root / "dist" / name


def read_assignment(course: Course, name: str) -> Assignment:
    """Read what `build` made of an assignment. Raises ConfigError where it is missing."""
    folder = built_folder(course, name)
    path = folder / PLAN_FILE
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
        questions = tuple(
            Question(
                name=item["name"],
                all_or_nothing=item["all_or_nothing"],
                cases=tuple(Case(**case) for case in item["cases"]),
                variables=tuple(item["variables"]),
                manual=item["manual"],
            )
            for item in plan["questions"]
        )
        own_needs = needs.from_plan(plan)
        solved, before_cells = bool(plan["solved"]), str(plan["before_cells"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"
        raise ConfigError(f"{path}: {why}. Run `autograder build {name}`.") from None
    student, staff = folder / "student", folder / "staff"
    tests = hash_folder(staff)
    return Assignment(name, questions, student, staff, tests, own_needs, solved, before_cells)


def hash_folder(folder: Path) -> str:
    """SHA-256 over the names and contents of all files below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()
