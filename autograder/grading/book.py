"""The gradebook as people read it: flags that only the whole class shows, and the written files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.notebook.flags import identical
from autograder.records import Flag, Grade
from autograder.reports import gradebook
from autograder.reports.staff import page as class_report
from autograder.reports.student import page as feedback
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
    for grade in store.whole(grades):
        feedback.write(folder, store.assignment, grade, class_)
    return {**paths, "Feedback": folder}
