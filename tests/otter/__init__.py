"""Assignments as courses have them: plain Otter and this grader give the same verdicts."""
