"""The command line: parse, call one function, print, exit code. The only package that prints."""

from autograder.cli import (  # noqa: F401 - they add commands
    building,
    courses,
    deciding,
    exporting,
    grading,
    proving,
)
from autograder.cli.group import main

__all__ = ["main"]
