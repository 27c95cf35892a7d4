"""Grading within Gradescope: the zip, and what runs in its container."""
