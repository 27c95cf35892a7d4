"""The command line: parse, call one function, print, exit code. The only package that prints."""

from autograder.cli import building, deciding, exporting, grading, proving  # noqa: F401 - they add commands
from autograder.cli.group import main

__all__ = ["main"]
