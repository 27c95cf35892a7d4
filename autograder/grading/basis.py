"""What a submission's marks rest on, and the seed that it runs with."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version

from autograder import words
from autograder.course.config import Assignment, Settings
from autograder.course.data import Dataset
from autograder.files import in_a_file
from autograder.records import Submission
from autograder.wall.confine import Level

PACKAGES = ("autograder", "otter-grader", "tensorflow", "keras", "numpy", "ipykernel", "nbclient")
"""Those whose version may change marks."""


def made_from(
    assignment: Assignment, settings: Settings, data: Dataset, level: Level
) -> dict[str, str]:
    """What grades rest on, besides the notebooks themselves."""
    return {
        "assignment": assignment.name,
        "tests": assignment.tests_sha256,
        "settings": settings.sha256,
        "data": data.name,
        "data_sha256": data.sha256,
        "isolation": str(level),
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
    }


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
