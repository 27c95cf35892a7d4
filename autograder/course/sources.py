"""Which of its shapes an assignment's folder `solutions/<name>/` has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import ConfigError

MASTERS = ("master.py", "master.ipynb")
SOLUTION = "solution.ipynb"
"""The solved notebook of an assignment that was built elsewhere."""
_MADE = ("proof.json", "calibration.json", "calibration.svg")
"""What other commands write into the folder."""
_NO_SOURCE = {"bank", "__pycache__", ".ipynb_checkpoints"}


@dataclass(frozen=True, slots=True)
class Source:
    """An assignment's source: Otter Assign's, or a notebook that was built already."""

    path: Path
    is_master: bool

    @property
    def folder(self) -> Path:
        """What lies beside it belongs to it."""
        return self.path.parent

    @property
    def solution(self) -> Path | None:
        """The solved notebook; None where there is none, so that nothing can be proved."""
        path = self.path if self.is_master else self.folder / SOLUTION
        return path if path.is_file() else None

    @property
    def support_modules(self) -> list[Path]:
        """What tests import, and no student gets."""
        return sorted(path for path in self.folder.glob("*.py") if path.name not in MASTERS)

    @property
    def all_files(self) -> list[Path]:
        """Everything that what is built may depend on, sorted."""
        return sorted(path for path in _files(self.folder) if path.name not in _MADE)


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name not in _NO_SOURCE:
            yield from _files(path)
        elif path.is_file():
            yield path


def _present(folder: Path) -> list[str]:
    return [n for n in (*MASTERS, f"{folder.name}.ipynb") if (folder / n).is_file()]


def names(solutions: Path) -> tuple[str, ...]:
    """The names of all folders that hold a source, sorted."""
    folders = sorted(solutions.iterdir()) if solutions.is_dir() else []
    return tuple(folder.name for folder in folders if folder.is_dir() and _present(folder))


def find(folder: Path) -> Source:
    """Return the source in an assignment's folder. Raises ConfigError for none, or several."""
    present = _present(folder)
    if len(present) > 1:
        raise ConfigError(
            f"{folder}: holds {len(present)} sources: {', '.join(present)}. Keep the one that "
            "shall be built, and move the others out of the folder."
        )
    if not present:
        raise ConfigError(
            f"{folder}: holds no source. It wants {', '.join(MASTERS)} (Otter Assign's), or "
            f"{folder.name}.ipynb (the notebook that students get) with {SOLUTION}, and tests/ or "
            "autograder.zip. `autograder import` makes the folder from what you have."
        )
    return Source(folder / present[0], present[0] in MASTERS)
