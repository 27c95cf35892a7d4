"""Tables for the terminal: a class, and one submission in detail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Column, Table
from rich.text import Text

from autograder.files import escaped
from autograder.records import CaseVerdict, Grade, Outcome, QuestionVerdict, Status
from autograder.reports.changes import SCORE, Change
from autograder.reports.gradebook import overridden
from autograder.words import points, problems_for_staff, to_grade

if TYPE_CHECKING:
    from autograder.course.config import Assignment
    from autograder.proving.audit import Finding
    from autograder.proving.calibrate import Figures
    from autograder.proving.imported import Comparison

_MARKS = {
    Outcome.PASSED: Text("✓ passed", "green"),
    Outcome.FAILED: Text("✗ failed", "red"),
    Outcome.NOT_REACHED: Text("– not reached", "yellow"),
    Outcome.UNGRADED: Text("? ungraded", "magenta"),
    Outcome.BY_HAND: Text("· to be graded by hand", "cyan"),
}
_COLOURS = {Status.GRADED: "green", Status.PROBLEMS: "yellow"}


def cell(text: str, style: str = "") -> Text:
    """A text of anybody's, as it stands in a table."""
    return Text(escaped(text), style)


MOST_ROWS = 60
"""A class larger than this is read in the files."""


def gradebook(grades: Sequence[Grade]) -> Table:
    """The class: one row per submission, the first ones of a large class."""
    names = list(dict.fromkeys(v.question.name for grade in grades for v in grade.questions))
    table = _table(
        Column("submission", overflow="fold", min_width=12),
        "status",
        *_right(*names, "score"),
        Column("problems", overflow="fold", ratio=1),
    )
    for grade in sorted(grades, key=lambda grade: grade.submission)[:MOST_ROWS]:
        blank = grade.so_far is None
        final = {verdict.question.name: points(verdict.final) for verdict in grade.questions}
        table.add_row(
            cell(grade.submission),
            Text(grade.status, _COLOURS.get(grade.status, "red")),
            *(final.get(name) or "·" for name in names),
            "·" if blank else f"{points(grade.so_far)}/{points(grade.max_score)}",
            cell("; ".join(_worth_saying(grade))),
        )
    if len(grades) > MOST_ROWS:
        table.add_row("…", f"and {len(grades) - MOST_ROWS} more")
    return table


def _worth_saying(grade: Grade) -> Iterator[str]:
    yield from problems_for_staff(grade)
    if grade.open:
        yield f"to be graded by hand: {to_grade(grade)}"
    yield from dict.fromkeys(f"flag: {flag.name}" for flag in grade.flags)
    yield from (f"overridden: {text}" for text in overridden(grade))


def imported(assignment: Assignment, comparison: Comparison) -> Table:
    """An assignment that was taken over: what it asks for, and what its own notebooks get."""
    names = list(comparison.grades)
    table = _table(
        "question",
        *_right("cases", "points"),
        Column("what crosses", overflow="fold", ratio=1),
        *_right(*names),
    )
    for number, question in enumerate(assignment.questions):
        gets = (comparison.grades[name].questions[number].earned for name in names)
        table.add_row(
            cell(question.name),
            "by hand" if question.manual else str(len(question.cases)),
            points(question.points),
            cell(", ".join(question.variables)),
            *(points(earned) or "·" for earned in gets),
        )
    scores = (points(comparison.grades[name].score) or "·" for name in names)
    table.add_row("in all", "", points(assignment.points), "", *scores)
    return table


def counts(grades: Sequence[Grade]) -> str:
    """How many submissions there are, by status, in a line."""
    listed = ", ".join(
        f"{number} {status}"
        for status in Status
        if (number := sum(grade.status is status for grade in grades))
    )
    if flagged := sum(bool(grade.flags) for grade in grades):
        listed += f"; {flagged} with a flag for a human to look at"
    if open_ones := sum(bool(grade.open) for grade in grades):
        listed += f"; {open_ones} with questions to grade by hand (`autograder override`)"
    return f"{len(grades)} submissions: {listed}"


def changes(all_changes: Sequence[Change]) -> Table:
    """Who gains and who loses: one row per submission, the first ones of a large class."""
    table = _table("submission", *_right("score before", "after", "difference"), "questions")
    rows: dict[str, list[Change]] = {}
    for change in all_changes:
        rows.setdefault(change.submission, []).append(change)
    for submission, parts in list(rows.items())[:MOST_ROWS]:
        score = next((part for part in parts if part.question == SCORE), None)
        gained = score.difference if score else 0.0
        table.add_row(
            cell(submission),
            (points(score.before) or "·") if score else "",
            (points(score.after) or "·") if score else "",
            Text(
                "·" if gained is None else f"{gained:+g}", "red" if (gained or 0) < 0 else "green"
            ),
            cell(
                ", ".join(
                    f"{part.question} {points(part.before) or '·'} → {points(part.after) or '·'}"
                    for part in parts
                    if part is not score
                )
            ),
        )
    if len(rows) > MOST_ROWS:
        table.add_row("…", f"and {len(rows) - MOST_ROWS} more")
    return table


def submission(
    verdicts: Sequence[QuestionVerdict], exceptions: Iterable[tuple[int, str]] = ()
) -> Table:
    """One submission: every case with what was found, and a hint. For staff.

    `exceptions` are those of its cells, by index.
    """
    what_was_found = Column("what was found", ratio=1, overflow="fold")
    table = _table("question", "points", "case", what_was_found)
    for verdict in verdicts:
        possible = points(verdict.question.points)
        table.add_row(
            cell(verdict.question.name, "bold"),
            f"{points(verdict.earned) or '·'}/{possible}",
            Text("all or nothing" if verdict.question.all_or_nothing else "", "dim"),
        )
        text_above = ""
        for case in verdict.cases:
            text = "\n".join(_explain(case))
            label = case.case.label + (" (hidden)" if case.case.hidden else "")
            shown = "as above" if text and text == text_above else text
            table.add_row("", _MARKS[case.outcome], cell(label), Text(escaped(shown, lines=True)))
            text_above = text
        for note in verdict.notes:
            table.add_row("", "", "", cell(f"note: {note}", "cyan"))
    for index, text in exceptions:
        raised = Text(escaped(text, lines=True))
        table.add_row(Text(f"cell {index + 1}", "bold"), "", Text("raised", "yellow"), raised)
    return table


def _explain(case: CaseVerdict) -> Iterator[str]:
    if case.outcome in (Outcome.PASSED, Outcome.BY_HAND):
        return
    yield case.detail or case.message
    if case.case.hint and case.message != case.detail:
        yield f"hint: {case.case.hint}"


def audit(finding: Finding) -> Iterator[RenderableType]:
    """What an audit found: counts, idle cases, and each disagreement."""
    table = _table("", *_right("ran", "as expected"))
    for kind, count in finding.ran.items():
        table.add_row(kind, str(count), str(finding.agreed.get(kind, 0)))
    yield table
    if "mutants" in finding.ran:
        yield Text(f"Mutants caught at their own question: {finding.score:.1%}")
    if finding.never:
        yield Text(f"Cases that catch nothing: {', '.join(finding.never)}")
    if finding.redundant:
        yield Text(f"Cases that catch nothing alone: {', '.join(finding.redundant)}")
    for name, complaints in finding.disagreements.items():
        yield cell(name, "bold red")
        for complaint in complaints:
            yield cell(f"  {complaint}")


def calibration(figures: Figures) -> Table:
    """What chance does: for the solution and each near miss, accuracies and chances."""
    numbers = _right("mean", "deviation", "least", "most", "chance")
    table = _table("runs", *_right("seeds"), "measured", *numbers, "95 % interval")
    for name, run in figures["runs"].items():
        chances = run.get("chance_outside_bounds", run.get("chance_within_bounds", {}))
        kind = "to fail" if "chance_outside_bounds" in run else "to pass"
        for number, (measured, values) in enumerate(run["measured"].items()):
            chance = chances.get(measured)
            low, high = chance["interval_95"] if chance else ("", "")
            table.add_row(
                *(("", "") if number else (name, str(run["seeds"]))),
                measured.replace("_", " "),
                *(f"{values[key]:.4f}" for key in ("mean", "deviation", "least", "most")),
                f"{chance['estimate']:.2g} {kind}" if chance else "",
                f"{low:.2g} to {high:.2g}" if chance else "",
            )
    return table


def _table(*columns: Column | str) -> Table:
    return Table(*columns, box=None, pad_edge=False)


def _right(*titles: str) -> list[Column]:
    return [Column(cell(title), justify="right") for title in titles]
