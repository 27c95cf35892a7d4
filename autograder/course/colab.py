"""The cell with which a notebook also works on Google Colab, where it stands in an empty folder.

There Otter is not installed, and `otter.Notebook("x.ipynb")` wants that file and `tests/` in the
working folder. So the notebook carries the public tests in this cell, which unpacks them. The
file itself is out of reach on Colab; Otter reads nothing but its metadata, so an empty one does.
"""

from __future__ import annotations

import base64
import bz2
import json
from pathlib import Path
from typing import Any

import nbformat

from autograder.notebook.otter import IGNORE_TAG

_EMPTY = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
_SOURCE = """\
# On Google Colab: install Otter and unpack the checks. Everywhere else this cell does nothing.
import sys

if "google.colab" in sys.modules:
    %pip install --quiet "{otter}"
    import base64, bz2, json, pathlib

    packed = "{packed}"
    for name, text in json.loads(bz2.decompress(base64.b64decode(packed))).items():
        if not (path := pathlib.Path(name)).exists():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
"""


def cell(notebook_name: str, tests: Path, requirements: Path) -> Any:
    """Return the cell for a notebook whose public tests are the files in `tests`."""
    files = {notebook_name: _EMPTY}
    for path in sorted(tests.glob("*.py")):
        files[f"tests/{path.name}"] = path.read_text(encoding="utf-8")
    packed = bz2.compress(json.dumps(files).encode())  # the same bytes everywhere, unlike zlib's
    source = _SOURCE.format(otter=_otter(requirements), packed=base64.b64encode(packed).decode())
    return nbformat.v4.new_code_cell(
        source.rstrip("\n"), metadata={"tags": [IGNORE_TAG], "deletable": False, "editable": False}
    )


def _otter(requirements: Path) -> str:
    """Return what students are told to install of Otter."""
    lines = requirements.read_text(encoding="utf-8").split("\n")
    return next((line.strip() for line in lines if line.startswith("otter-grader")), "otter-grader")
