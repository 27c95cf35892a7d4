"""Otter's classes for test files, without the rest of Otter: exporters and widgets take a second.

`import otter` in a test gives all of it, when something of it is asked for.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package whose own code runs when it is first asked for a name that it has from there."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        if name.startswith("__") or spec is None or spec.loader is None:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        self.__class__ = ModuleType  # type: ignore[assignment]  # once
        spec.loader.exec_module(self)
        return getattr(self, name)


def _import_lightly() -> None:
    spec = PathFinder.find_spec("otter")
    if spec is not None and "otter" not in sys.modules:
        package = module_from_spec(spec)
        package.__class__ = _Package
        sys.modules["otter"] = package


_import_lightly()

from otter.test_files import TestCase  # noqa: E402 - only now without the rest
from otter.test_files.exception_test import ExceptionTestFile  # noqa: E402
from otter.test_files.ok_test import OKTestFile, run_doctest  # noqa: E402

__all__ = ["ExceptionTestFile", "OKTestFile", "TestCase", "run_doctest"]
