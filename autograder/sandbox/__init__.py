"""Start, confine, drive and end the process that runs a student's notebook."""

from autograder.sandbox.client import Sandbox
from autograder.sandbox.runner import Report, run

__all__ = ["Report", "Sandbox", "run"]
