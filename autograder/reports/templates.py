"""What the HTML pages share: templates that escape everything, one style, self-contained files."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from autograder.files import whole
from autograder.words import points

_ASSETS = files("autograder.reports")
_SLUG_LENGTH = 80


def asset(name: str) -> str:
    """Return one file beside this module, such as `staff/page.css`, as text."""
    return _ASSETS.joinpath(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Return the templates beside this module. They escape whatever is not marked as safe."""
    environment = Environment(
        loader=FunctionLoader(asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["points"] = points
    environment.globals["asset"] = asset
    return environment


def file_name(submission: str) -> str:
    """Return a name for the files of a submission: readable, short and of its own."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", submission).strip("-.")[:_SLUG_LENGTH]
    digest = hashlib.sha256(submission.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{slug or 'submission'}-{digest}"


def write(path: Path, text: str) -> Path:
    """Write a page whole, or leave the old one. Returns its path."""
    with whole(path) as stream:
        stream.write(text)
    return path
