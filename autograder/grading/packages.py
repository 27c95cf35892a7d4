"""Whether the packages are here that an assignment's own code needs, as its course asks for them.

Nothing is installed: what is missing is said, with the command that installs it.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.grading.modules import is_here, package_of


@dataclass(frozen=True, slots=True)
class Lack:
    """A package that is not here, or not in a version that the course asks for."""

    requirement: str
    """As pip takes it."""
    found: str
    """The version that is here; empty where there is none."""
    modules: tuple[str, ...] = ()
    """What the assignment's own code imports of it."""

    def __str__(self) -> str:
        """What is wrong, in a line."""
        users = f" (the solution imports {', '.join(self.modules)})" if self.modules else ""
        is_here = f": {self.found} is here" if self.found else " is not here"
        return f"{self.requirement}{is_here}{users}"


def lacks(assignment: Assignment) -> tuple[Lack, ...]:
    """Compare the course's requirements, and what the solution imports, with what is here."""
    required: dict[str, Requirement] = {
        canonicalize_name(each.name): each for each in _required(assignment.staff)
    }
    imported: dict[str, list[str]] = {}
    for module in assignment.needs.modules:
        imported.setdefault(canonicalize_name(package_of(module)), []).append(module)
    found = []
    for package in dict.fromkeys([*required, *imported]):
        modules = imported.get(package, [])
        requirement = required.get(package) or Requirement(package)
        here = _version(package)
        missing = not all(is_here(module, [assignment.staff]) for module in modules)
        if missing or (package in required and not here):
            found.append(Lack(str(requirement), "", tuple(modules)))
        elif here and not requirement.specifier.contains(here, prereleases=True):
            found.append(Lack(str(requirement), here, tuple(modules)))
    return tuple(found)


def _required(staff: Path) -> Iterator[Requirement]:
    """Read what students install, as it was built; pip's options and addresses are left out."""
    path = staff / "requirements.txt"
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            requirement = Requirement(line.partition("#")[0].strip())
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def command(needed: tuple[Lack, ...]) -> str:
    """The one command that installs what is missing."""
    return shlex.join([sys.executable, "-m", "pip", "install", *(n.requirement for n in needed)])


def check(assignment: Assignment) -> tuple[str, ...]:
    """Say which versions are not those that the solution is to run with.

    Raises ConfigError where a module of the solution's is not here.
    """
    used = tuple(lack for lack in lacks(assignment) if lack.modules)
    if missing := tuple(lack for lack in used if not lack.found):
        raise ConfigError(
            f"{assignment.name}: {'; '.join(map(str, missing))}. To install: {command(missing)}"
        )
    return tuple(f"The course asks for {lack}" for lack in used)
