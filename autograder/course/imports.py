"""What the code of a built assignment imports."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.notebook.cells import as_python, cells_of
from autograder.notebook.imports import dotted_names
from autograder.notebook.read import read


def imports(staff: Path, notebook: str) -> tuple[str, ...]:
    """Return what the solution, its tests and their support modules import that is no part of
    Python and does not lie beside them, sorted: `a.b` for `from a import b`.
    """
    bodies = [as_python(path.read_text(encoding="utf-8")).body for path in staff.rglob("*.py")]
    cells = cells_of(read((staff / notebook).read_bytes()).notebook)
    bodies += [cell.body for cell in cells if cell.kind == "code"]
    names = {name for body in bodies for name in dotted_names(body or ())}
    others = {"otter", *sys.stdlib_module_names, *(path.stem for path in staff.iterdir())}
    return tuple(sorted(name for name in names if name.partition(".")[0] not in others))
