"""Start, confine, drive and end the process that runs a student's notebook."""

from autograder.sandbox.client import Sandbox

__all__ = ["Sandbox"]
