"""Finds the submissions in what was handed in."""
