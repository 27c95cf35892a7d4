"""What the HTML pages share: templates that escape everything, one style, self-contained files."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined

from autograder.words import points

_ASSETS = files("autograder.reports")


@cache
def asset(name: str) -> str:
    """Return one file beside this module, such as `staff/page.css`, as text."""
    return _ASSETS.joinpath(name).read_text(encoding="utf-8")


def render(template: str, **values: object) -> str:
    """Return a template beside this module, filled in; what is not marked as safe is escaped."""
    return _templates().get_template(template).render(values)


@lru_cache(maxsize=1)
def _templates() -> Environment:
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
