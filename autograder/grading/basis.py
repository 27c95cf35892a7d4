"""What a submission's marks rest on, and the seed that it runs with."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from autograder import words
from autograder.course.config import Assignment, Settings
from autograder.files import in_a_file
from autograder.grading.modules import package_of
from autograder.records import Submission
from autograder.wall.confine import Level
from autograder.wall.supplies import with_keras

if TYPE_CHECKING:
    from autograder.course.data import Dataset

PACKAGES = ("autograder", "otter-grader", "numpy", "ipykernel", "nbclient")
"""Those whose version may change any assignment's marks."""


def made_from(
    assignment: Assignment, settings: Settings, data: Dataset | None, level: Level
) -> dict[str, str]:
    """What grades rest on, besides the notebooks themselves."""
    return {
        "assignment": assignment.name,
        "tests": assignment.tests_sha256,
        "settings": settings.sha256,
        **({"data": data.name, "data_sha256": data.sha256} if data else {}),
        "isolation": str(level),
        "python": platform.python_version(),
        **dict(_versions([*PACKAGES, *map(package_of, with_keras(assignment.needs.modules))])),
    }


def _versions(packages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in packages:
        with suppress(PackageNotFoundError):  # grading says so before it begins
            yield name, version(name)


def basis(rests_on: Mapping[str, str], submission: Submission) -> str:
    """SHA-256 of all that a submission's marks rest on; `rests_on` is as `made_from` gives it."""
    text = json.dumps(dict(rests_on), sort_keys=True)
    damage = submission.damage
    content = words.problem(damage) if damage else submission.sha256
    return hashlib.sha256(f"{text}\0{submission.id}\0{content}".encode()).hexdigest()


def seed_of(seed: int, submission: str, attempt: int = 0) -> int:
    """The seed of one submission: the same at every regrade, another for every student."""
    again = f"\0{attempt}" if attempt else ""
    digest = hashlib.sha256(f"{seed}\0{submission}{again}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def of_ours(name: str, content: bytes) -> Submission:
    """Return a notebook of ours as a submission; its seed comes from its name."""
    digest = hashlib.sha256(content).hexdigest()
    return Submission(name, name, digest, partial(in_a_file, content), size=len(content))
