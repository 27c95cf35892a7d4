"""The gradebook as people read it: flags that only the whole class shows, and the written files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path

from autograder.notebook.flags import identical
from autograder.records import Flag, Grade
from autograder.reports import gradebook
from autograder.reports.staff import page as class_report
from autograder.reports.student import page as feedback
from autograder.reports.student.page import MakePage
from autograder.store import Store


def misfits(store: Store, grades: Iterable[Grade]) -> list[str]:
    """Say which overrides no longer fit their submission: other tests have other questions."""
    worth = {
        g.submission: {v.question.name: v.question.points for v in g.questions} for g in grades
    }
    return [
        f"{submission} {question}={word.points:g}: "
        + (f"the question is worth {most:g} now" if most else "there is no such question now")
        for submission, words in store.overrides().items()
        for question, word in words.items()
        if word.points > (most := worth.get(submission, {}).get(question, 0.0))
    ]


def book(store: Store) -> list[Grade]:
    """Return the gradebook, with the flags that only the whole class, or a human's word, shows."""
    grades = list(store.book())
    alike = identical(grades, "weights")
    return [
        replace(g, flags=(*g.flags, *alike.get(g.submission, ()), *_of_another_notebook(g)))
        for g in grades
    ]


def _of_another_notebook(grade: Grade) -> Iterator[Flag]:
    for verdict in grade.questions:
        word = verdict.override
        if word and word.sha256 != grade.sha256:
            yield Flag(
                "override",
                f"{verdict.question.name} was set to {word.points:g} by hand, for another notebook "
                f"of this student ({word.reason}): confirm it or undo it",
            )


def write_reports(store: Store, out: Path, grades: Sequence[Grade]) -> dict[str, Path]:
    """Write the files that people read, anew; return them by what they are.

    They are functions of what is stored: the same grades give the same bytes.
    """
    paths = {
        "Gradebook": gradebook.write(out, grades),
        "Report": class_report.write(out, store.assignment, grades, store.last_graded()),
    }
    folder = out / "feedback"
    folder.mkdir(exist_ok=True)
    class_ = feedback.class_summary(grades)
    with ExitStack() as stack:
        make_apart = cache(lambda: _page_maker(stack))  # started where a notebook is to be shown
        for grade in store.whole(grades):
            make = make_apart() if grade.executed else feedback.page
            feedback.write(folder, store.assignment, grade, class_, make)
    return {**paths, "Feedback": folder}


def _page_maker(stack: ExitStack) -> MakePage:
    """Start the process that shows what notebooks hold; on Windows there is none."""
    if os.name == "nt":
        return feedback.page
    from autograder.reports.student.apart import Renderer
    from autograder.wall.levels import best

    renderer = stack.enter_context(Renderer(best()))
    renderer.wait_until_ready()
    return renderer.page
