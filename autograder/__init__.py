"""Auto-graded deep-learning assignments: Otter tests, run behind a wall."""

import logging
from importlib.metadata import version

__version__ = version("autograder")

logging.getLogger(__name__).addHandler(logging.NullHandler())  # only a kept log speaks
