"""Decides which of a student's files is graded, and whether it is of this assignment at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from autograder.errors import SubmissionError
from autograder.notebook import read as formats
from autograder.notebook.handout import Handout
from autograder.notebook.read import Opened
from autograder.records import Submission


def chosen(submission: Submission, course: Handout) -> Opened:
    """Read the notebook that counts. Raises SubmissionError: none does, or it would be a guess."""
    if submission.damage:
        raise SubmissionError(submission.damage)
    if submission.choices:
        return _of_several(submission.choices, course)
    found = formats.read(submission.read())
    if not course.has(found.notebook):
        raise SubmissionError(
            "a notebook, but not of this assignment: it has none of its cells, checks and "
            f"names. Ask for {course.file or 'the notebook of this assignment'}."
        )
    return found


def _of_several(choices: Sequence[Submission], course: Handout) -> Opened:
    """Choose among the notebooks that one student handed in; refuse what would be a guess."""
    unlike = list({each.sha256 or each.id: each for each in choices}.values())
    answered = {each.id: has for each in unlike if (has := _is_answered(each, course)) is not None}
    readable = [each for each in unlike if each.id in answered]
    begun = [each for each in readable if answered[each.id]] or readable
    named = [each for each in begun if PurePosixPath(each.id).name == course.file]
    names = ", ".join(each.id for each in unlike)[:300]
    if not readable:
        raise SubmissionError(
            f"{len(unlike)} files ({names}), and none is a notebook of this assignment. "
            f"Ask for {course.file or 'it'}."
        )
    if len(begun) > 1 and len(named) != 1:
        raise SubmissionError(
            f"{len(begun)} notebooks of this assignment "
            f"({', '.join(each.id for each in begun)[:300]}). Ask which one counts."
        )
    one = (begun if len(begun) == 1 else named)[0]
    found = formats.read(one.read())  # again: all of them at once might not fit into memory
    said = [f"{len(choices)} files were handed in ({names}); {one.id} counts"]
    return Opened(found.notebook, (*said, *one.remarks, *found.remarks))


def _is_answered(choice: Submission, course: Handout) -> bool | None:
    """Whether a notebook was begun; None where it is damaged or of another assignment."""
    try:
        notebook = None if choice.damage else formats.read(choice.read()).notebook
    except SubmissionError:
        return None
    return course.answered(notebook) if notebook is not None and course.has(notebook) else None
