"""What an assignment's notebooks and tests find: modules, a data set, files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.config import Assignment
from autograder.course.needs import beside
from autograder.errors import ConfigError
from autograder.records import Limits
from autograder.wall.supplies import Supplies

if TYPE_CHECKING:
    from autograder.course.data import Dataset

_SHARE_OF_DISK = 4
"""Of its disk, an assignment's files may take one part of so many."""


def of_notebooks(
    assignment: Assignment, limits: Limits, data: Dataset | None, folder: Path
) -> Supplies:
    """What an assignment's notebooks find; data are unpacked into `folder`.

    Raises ConfigError where the files are too large.
    """
    path, needs = "", assignment.needs
    if data is not None:
        from autograder.course.data import unpacked  # NumPy is needed for nothing else here

        path = str(unpacked(data.path, folder))
    supplies = Supplies(
        imports=needs.imports,
        data=path,
        data_name=needs.data,
        data_file=needs.data_file,
        folder=str(assignment.student),
        files=needs.files,
    )
    size_mb = sum(path.stat().st_size for path in supplies.paths) >> 20
    if size_mb > limits.disk_mb // _SHARE_OF_DISK:
        raise ConfigError(
            f"{assignment.student}: the files beside the notebook have {size_mb} MB. Each "
            f"submission gets a copy, within `kit.disk_mb` = {limits.disk_mb}: make them smaller, "
            f"or raise that to {_SHARE_OF_DISK * (size_mb + 1)}."
        )
    return supplies


def of_tests(assignment: Assignment, supplies: Supplies) -> Supplies:
    """What the tests find: the staff's files."""
    files = beside(assignment.staff, assignment.notebook_name)
    return replace(supplies, folder=str(assignment.staff), files=files)
