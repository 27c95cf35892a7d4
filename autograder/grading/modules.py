"""Which modules a class imports that are not here: said before grading begins."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.machinery import PathFinder
from pathlib import Path

from autograder.course.config import Assignment
from autograder.errors import SubmissionError
from autograder.notebook.handout import Handout
from autograder.notebook.imports import imported
from autograder.notebook.triage import opened
from autograder.records import Reading, Submission

_PACKAGES = {
    "bs4": "beautifulsoup4",
    "cv2": "opencv-python-headless",
    "dotenv": "python-dotenv",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "PIL": "pillow",
    "yaml": "pyyaml",
}
"""Those whose package has another name."""


def missing_modules(
    submissions: Sequence[Submission],
    assignment: Assignment,
    course: Handout,
    read_file: Callable[[Submission], Reading],
) -> Mapping[str, int]:
    """Count the notebooks that import each module that notebooks would not find here.

    A module that lies beside a notebook, or belongs to the assignment, is none of those. Nothing
    is imported: the folders that the kernels' Python looks through are only looked at.
    """
    counts = Counter[str]()
    for submission in submissions:
        with suppress(SubmissionError):
            beside = [Path(submission.origin).parent, assignment.student]
            names = imported(opened(submission, course, read_file).script)
            counts.update(name for name in names if not is_here(name, beside))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def is_here(name: str, beside: Sequence[Path]) -> bool:
    """Whether a module would be found by a notebook that lies in one of these folders."""
    if name in sys.stdlib_module_names or not name.isascii():
        return True  # no package would change that
    if any((folder / f"{name}.py").exists() or (folder / name).is_dir() for folder in beside):
        return True
    return PathFinder.find_spec(name, [path for path in sys.path if path]) is not None


def package_of(module: str) -> str:
    """The name under which pip installs a module, as far as it is known here."""
    return _PACKAGES.get(module, module)


def told(missing: Mapping[str, int]) -> str:
    """Say which modules are missing, and how to install them; empty where none is."""
    if not missing:
        return ""
    counted = ", ".join(f"{name} ({count})" for name, count in missing.items())
    packages = " ".join(package_of(name) for name in missing)
    return (
        f"Modules that are not here, with the number of notebooks that import each: {counted}\n"
        f"To install them (look at each name first: students wrote them):\n"
        f"  {sys.executable} -m pip install {packages}"
    )
