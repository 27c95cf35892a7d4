"""Commands on what was graded: a human's word, and the files that people read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import main
from autograder.cli.shared import console_here, show_reports
from autograder.errors import UsageError
from autograder.files import escaped
from autograder.words import points, set_by_hand

if TYPE_CHECKING:
    from autograder.records import Grade
    from autograder.store import Store

_out = click.argument("out", type=click.Path(path_type=Path, file_okay=False))


@main.command()
@_out
def report(out: Path) -> None:
    """Write the gradebook, the class report and the feedback pages of OUT anew.

    \b
    Example:
      autograder report graded/
    """
    from autograder.store import existing_store

    with existing_store(out, alone=True) as store:
        show_reports(console_here(), store, out)


@main.command()
@_out
@click.argument("submission", required=False)
@click.argument("marks", nargs=-1, metavar="[QUESTION=POINTS]...")
@click.option(
    "--reason",
    help="Why; shown beside the automatic points, to the student too. A question that is graded by "
    "hand needs none.",
)
@click.option("--undo", is_flag=True, help="Let the automatic points of each QUESTION count again.")
def override(
    out: Path, submission: str | None, marks: tuple[str, ...], reason: str | None, *, undo: bool
) -> None:
    """Set a question's points by hand, with a reason; without SUBMISSION, list what was set.

    A human's word is kept through regrades and shown beside the automatic points everywhere. The
    last one on a question counts; the database keeps all.

    \b
    Examples:
      autograder override graded/ student-01 q3=2.5 --reason "right idea, typing error"
      autograder override graded/ student-01 essay=4
      autograder override graded/ student-01 q3 --undo
      autograder override graded/
    """
    from autograder.store import existing_store

    if submission is None:
        with existing_store(out) as store:
            _list(store)
        return
    if not marks:
        raise UsageError("name the questions: `q3=2.5 --reason …`, or `q3 --undo`")
    with existing_store(out, alone=True) as store:
        grade = store.one(submission)
        if grade is None:
            raise UsageError(f"{out}: no submission `{submission}`.{_like(store, submission)}")
        if undo:
            if reason is not None:
                raise UsageError("--undo takes no --reason")
            _undo(store, grade, marks)
        else:
            _set(store, grade, marks, (reason or "").strip())
        show_reports(console_here(), store, out)


def _set(store: Store, grade: Grade, marks: tuple[str, ...], reason: str) -> None:
    """Write down all marks, or none where one of them is wrong."""
    tested = {verdict.question.name for verdict in grade.tested}
    if not reason and {mark.partition("=")[0] for mark in marks} & tested:
        raise UsageError('give a --reason "…": it is shown beside the points')
    possible = {verdict.question.name: verdict.question.points for verdict in grade.questions}
    marks_by_question: dict[str, float] = {}
    for mark in marks:
        question, _, text = mark.partition("=")
        _known(question, possible)
        try:
            number = float(text)
        except ValueError:
            raise UsageError(
                f"`{mark}`: write QUESTION=POINTS, for example {question}=2.5"
            ) from None
        if not 0 <= number <= possible[question]:
            raise UsageError(f"`{mark}`: {question} is worth 0 to {possible[question]:g} points")
        marks_by_question[question] = number
    for question, number in marks_by_question.items():
        store.override(grade.submission, question, number, reason)


def _undo(store: Store, grade: Grade, questions: tuple[str, ...]) -> None:
    overrides = store.overrides().get(grade.submission, {})
    for question in questions:
        _known(question, overrides, "has no override")
    for question in questions:
        store.undo(grade.submission, question)


def _known(question: str, questions: Collection[str], why: str = "is no question") -> None:
    if question not in questions:
        there_is = ", ".join(questions) or "none"
        raise UsageError(f"`{question}` {why} of this submission; there is: {there_is}")


def _list(store: Store) -> None:
    overrides = store.overrides()
    for submission in sorted(overrides):
        grade = store.one(submission)
        verdicts = {v.question.name: v for v in grade.questions} if grade else {}
        for question, word in overrides[submission].items():
            verdict = verdicts.get(question)
            text = set_by_hand(verdict, word) if verdict else points(word.points)
            click.echo(escaped(f"{submission}  {question}: {text}, {word.made}"))
    if not overrides:
        click.echo("no overrides")


def _like(store: Store, submission: str) -> str:
    """Name the submissions that may have been meant."""
    from difflib import get_close_matches

    near = get_close_matches(submission, store.entries(), n=3)
    return f" Did you mean {', '.join(f'`{name}`' for name in near)}?" if near else ""
