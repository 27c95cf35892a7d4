"""The trusted side of the wall: rebuild values from data, and run Otter test files on them."""

from autograder.judge.client import Judge, Session

__all__ = ["Judge", "Session"]
