"""Auto-graded deep-learning assignments: Otter tests, run behind a wall."""

from importlib.metadata import version

__version__ = version("autograder")
