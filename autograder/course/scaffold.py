"""A course, and an assignment, to begin with: from the files in `templates/`.

A template is called as what is made of it, with `.txt` behind and `dot-` for a dot in front, so
that no tool takes it for part of this package.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from autograder.course.config import CONFIG_FILE
from autograder.course.sources import MASTERS, SOLUTION
from autograder.errors import ConfigError, UsageError

_TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TAKEN = {Path(name).stem for name in (*MASTERS, SOLUTION)}


def checked(name: str) -> str:
    """Return the name of an assignment. Raises UsageError where it cannot be one."""
    if _NAME.fullmatch(name) is None or name in _TAKEN:
        raise UsageError(
            f"`{name}` cannot be the name of an assignment: letters, digits, `-`, `_` and `.`, and "
            f"not {' or '.join(sorted(_TAKEN))}"
        )
    return name


def new_course(folder: Path) -> None:
    """Make a course in a new or empty folder. Raises ConfigError where something is in the way."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ConfigError(
            f"{folder}: is there already, and is no course (there is no {CONFIG_FILE} in it). "
            "Nothing was changed: choose another name, or an empty folder."
        )
    _copied("course", folder, folder.resolve().name)


def new_assignment(root: Path, name: str) -> Path:
    """Make an assignment in a course; return its folder. Raises ConfigError where it exists."""
    folder = root / "solutions" / checked(name)
    if folder.exists():
        raise ConfigError(f"{folder}: is there already. Nothing was changed: choose another name.")
    _copied("assignment", folder, name)
    return folder


def _copied(kind: str, target: Path, name: str) -> None:
    """Copy templates, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as temporary:
        folder = Path(temporary) / "made"
        for path in sorted((_TEMPLATES / kind).rglob("*.txt")):
            parts = path.relative_to(_TEMPLATES / kind).with_suffix("").parts
            place = folder.joinpath(*(re.sub("^dot-", ".", part) for part in parts))
            place.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8").replace("@NAME@", name)
            place.write_text(text, encoding="utf-8")
        if target.exists():
            target.rmdir()  # it is empty
        shutil.move(folder, target)
