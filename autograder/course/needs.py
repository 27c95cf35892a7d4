"""What an assignment needs to run: `kit.toml` beside its source, and what the build adds to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import ConfigError

KIT_FILE = "kit.toml"
DATA_SETS = ("mnist",)
"""Keras' data sets that `data` can name."""
_FILE = re.compile(r"\w[\w.-]*")
_NOT_FILES = ("tests", "context", "requirements.txt", "environment.yml", "otter_config.json")
"""What else lies in a built folder."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the processes need that run an assignment and judge it."""

    imports: tuple[str, ...] = ()
    """What code imports that is no part of Python: `a.b` for `from a import b`."""
    data: str = ""
    """A name of `DATA_SETS`; empty where the assignment needs no data set."""
    data_file: str = ""
    """The name under which that lies in a notebook's folder, too; empty where it does not."""
    files: tuple[str, ...] = ()
    """Paths below the folder that students get, of what lies beside the notebook."""

    @property
    def modules(self) -> tuple[str, ...]:
        """The first parts of the modules that are imported, sorted."""
        return tuple(sorted({name.partition(".")[0] for name in self.imports}))


def read_kit(folder: Path) -> Needs:
    """Read an assignment's `kit.toml`. Raises ConfigError for what is not right in it."""
    path = folder / KIT_FILE
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None
    known = ("data", "data_file")
    if unknown := sorted(set(given) - set(known)):
        raise ConfigError(f"{path}: unknown key `{unknown[0]}`. Known keys: {', '.join(known)}.")
    data, data_file = given.get("data", ""), given.get("data_file", "")
    if data not in ("", *DATA_SETS):
        raise ConfigError(
            f"{path}: `data`: there is no data set {data!r} here; there is: "
            f"{', '.join(DATA_SETS)}. Other data: put the file beside the notebook, and list it "
            "under `files` in the ASSIGNMENT CONFIG."
        )
    if data_file and not (data and isinstance(data_file, str) and _FILE.fullmatch(data_file)):
        raise ConfigError(
            f"{path}: `data_file` must be the name of a file, without a folder, and needs `data`"
        )
    return Needs(data=data, data_file=data_file)


def from_plan(plan: Mapping[str, object]) -> Needs:
    """Read what a plan holds. Raises TypeError or KeyError where that is something else."""
    given = plan["needs"]
    if not isinstance(given, dict):
        raise TypeError("`needs` is no object")
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
    return Needs(**values)


def beside(folder: Path, notebook: str) -> tuple[str, ...]:
    """Return the paths of what lies in a built folder beside the notebook and its tests."""
    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    others = {notebook, "__pycache__", *_NOT_FILES}
    return tuple(p.as_posix() for p in paths if p.parts[0] not in others and p.name[0] != ".")
