"""Decides what of a submission is graded, and where: as a patient TA would, with every repair said.

Which file counts is decided in `handout`; here, where each question is judged when cells were
deleted, doubled, merged, split, moved, retyped or renamed. Looks at text only, and executes
nothing. A notebook runs from top to bottom (Otter's rule), whatever was moved.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from autograder.errors import AutograderError, SubmissionError, machines_fault
from autograder.files import printable
from autograder.notebook.cells import Cell, cells_of
from autograder.notebook.cut import EXPORT, Cutter
from autograder.notebook.definitions import definitions
from autograder.notebook.flags import source_flags
from autograder.notebook.handout import Handout, chosen
from autograder.notebook.otter import ANSWER_TAGS, CHECK, IGNORE_TAG, question_of
from autograder.notebook.platforms import asks, debugs, platform_names
from autograder.notebook.read import read
from autograder.records import CellText, Piece, Problem, Reading, Script, Submission

MOST_REMARKS = 10
"""What is said about lines that were left out; the rest is counted."""


def opened(
    submission: Submission, course: Handout, read_file: Callable[[Submission], Reading]
) -> Reading:
    """Have a student's files read, and choose the one that counts.

    Raises SubmissionError where it cannot be graded, and what `read_file` raises.
    """
    if submission.damage:
        raise SubmissionError(submission.damage)
    if submission.choices:
        return chosen(submission.choices, lambda choice: opened(choice, course, read_file), course)
    return read_file(submission)


def reading(content: bytes, course: Handout) -> Reading:
    """Read a file, and plan how it is run: all that looks at a student's text.

    Raises SubmissionError for what cannot be graded, and for whatever else a file provokes that
    was not foreseen.
    """
    try:
        return _reading(content, course)
    except SubmissionError as error:
        raise SubmissionError(_printable(error.problem)) from error
    except Exception as error:
        if isinstance(error, AutograderError | OSError | MemoryError) or machines_fault(error):
            raise
        why = printable(f"{type(error).__name__}: {str(error)[:120]}")
        raise SubmissionError(
            Problem("notebook unreadable", {"error": why}, "saved again")
        ) from error


def _reading(content: bytes, course: Handout) -> Reading:
    file = read(content)
    cells = cells_of(file.notebook)
    if not course.has(cells):
        raise SubmissionError(Problem("other assignment", {"file": course.asked_for}, "file"))
    script, skipped = plan(cells, course)
    return Reading(
        replace(
            script,
            problems=tuple(map(_printable, script.problems)),
            remarks=tuple(map(printable, (*file.remarks, *script.remarks))),
        ),
        tuple(source_flags(cells, course.texts, are_called=course.defines)),
        tuple(
            CellText(printable(cell.kind), cell.source, printable(skipped.get(cell.index, "")))
            for cell in cells
        ),
        _without_outputs(file.notebook),
        course.answered(cells),
        definitions(script, cells),
    )


def _printable(problem: Problem) -> Problem:
    values = problem.found.items()
    texts = {name: printable(value) for name, value in values if isinstance(value, str)}
    return replace(problem, found={**problem.found, **texts})


def _without_outputs(notebook: Any) -> str:
    """Return a notebook as JSON; outputs can be large, and nothing reads them."""
    cells = [
        {**cell, "outputs": [], "execution_count": None} if cell.cell_type == "code" else cell
        for cell in notebook.cells
    ]
    return json.dumps({**notebook, "cells": cells})


def plan(cells: Sequence[Cell], course: Handout) -> tuple[Script, dict[int, str]]:
    """Cut a notebook into pieces and place every question's checkpoint.

    Returns, too, why cells are not run, by index.
    """
    triage = _Triage(cells, course)
    triage.retyped()
    triage.checked()
    triage.answered_below_the_check()
    triage.grader_is_made()
    triage.order()
    triage.questions_to_the_screen()
    return triage.script(), dict(triage.skipped())


class _Triage:
    """One notebook, while its checkpoints are placed."""

    def __init__(self, cells: Sequence[Cell], course: Handout) -> None:
        self._cells = cells
        self._course = course
        self._problems: list[Problem] = []
        self._at_end: list[str] = []
        self._run = {c.index: c for c in cells if c.kind == "code" and IGNORE_TAG not in c.tags}
        """What is run, by index."""
        platform = platform_names(cell.body for cell in self._run.values())
        self._cutter = Cutter(course.questions, platform, course.start)
        self._pieces = {index: list(self._cutter.cut(cell)) for index, cell in self._run.items()}

    def _say(self, kind: str, **found: str | int) -> None:
        self._problems.append(Problem(kind, found))

    def _run_text(self, question: str, cell: Cell, part: str) -> None:
        """Run a cell that is no code cell as one, and say so."""
        if cell.index not in self._run:
            self._run[cell.index] = cell
            self._pieces[cell.index] = list(self._cutter.cut(cell))
        self._say("cell retyped", question=question, part=part, cell=cell.index + 1, type=cell.kind)

    def _order(self) -> Iterator[tuple[int, int, Piece]]:
        """Yield the pieces in the order in which they run, with where they are kept."""
        for index in sorted(self._pieces):
            for number, piece in enumerate(self._pieces[index]):
                yield index, number, piece

    def _count(self, question: str) -> int:
        return sum(piece.checkpoints.count(question) for _, _, piece in self._order())

    def _judge_after(self, question: str, index: int, number: int = -1) -> None:
        piece = self._pieces[index][number]
        self._pieces[index][number] = replace(piece, checkpoints=(*piece.checkpoints, question))

    def retyped(self) -> None:
        """Run answers and checks that were turned into prose, where no code cell has them."""
        prose = [cell for cell in self._cells if cell.kind != "code"]
        for question in self._course.questions:
            if not self._answers(question):
                for cell in prose:
                    if self._course.answered_by(question, cell) and _does_something(cell):
                        self._run_text(question, cell, "answer")
            if not self._count(question):
                for cell in prose:
                    by_id = cell.id and cell.id == self._course.check_ids.get(question)
                    same = cell.source.strip() == self._course.check_texts.get(question)
                    if same or (by_id and CHECK.search(cell.source)):
                        self._run_text(question, cell, "check")

    def _answers(self, question: str) -> list[int]:
        """Return the cells that are run and answer a question, the first one first."""
        return [
            index
            for index, cell in sorted(self._run.items())
            if self._pieces[index] and self._course.answered_by(question, cell)
        ]

    def checked(self) -> None:
        """Say what is unusual about the checks; place the questions that have none."""
        for question in self._course.questions:
            if (count := self._count(question)) > 1:
                self._say("checked twice", question=question, count=count)
        for question, written in self._cutter.spelt.items():
            self._say("check spelt otherwise", question=question, written=written[:40])
        for cell in self._cells:
            for question in cell.tests:
                if question in self._course.questions and not self._count(question):
                    self._judge_from(question, cell.index)
        for question in self._course.questions:
            if not self._count(question):
                self._place(question)

    def _judge_from(self, question: str, index: int) -> None:
        """Judge a question after a cell, or after the last thing above it that runs."""
        places = [place for place, _, _ in self._order() if place <= index]
        if places:
            self._judge_after(question, places[-1])

    def _place(self, question: str) -> None:
        """Judge a question without check after a mention of it, or its answer, or at the end."""
        for index, number, piece in self._order():
            names = CHECK.findall(piece.source)
            if any(question_of(name, self._course.questions) == question for name in names):
                self._judge_after(question, index, number)
                self._say("check no code", question=question, cell=index + 1)
                return
        cell = self._last_answer(question)
        had_one = question in self._course.check_texts
        if cell is None:
            self._at_end.append(question)
        else:
            self._judge_after(question, cell)
        if had_one and cell is None:
            self._say("no check, no answer", question=question)
        elif had_one and cell is not None:
            self._say("no check", question=question, cell=cell + 1)

    def _last_answer(self, question: str) -> int | None:
        """Find the last cell that answers a question: by id, by text, or by the names assigned."""
        course = self._course
        cells = [cell for index, cell in sorted(self._run.items()) if self._pieces[index]]
        for matches in (
            [cell for cell in cells if cell.id in course.answer_ids[question]],
            [cell for cell in cells if cell.source.strip() in course.stubs[question]],
            [cell for cell in cells if course.names[question] & cell.assigns],
        ):
            if matches:
                return self._completed(question, matches[-1].index)
        return None

    def _completed(self, question: str, answer: int) -> int:
        """Return where an answer that was split is complete: when it has made all its names."""
        names, have = self._course.names[question], set[str]()
        for index, cell in sorted(self._run.items()):
            have |= cell.makes
            if index >= answer and self._pieces[index] and names <= have:
                return index
        return answer

    def answered_below_the_check(self) -> None:
        """Judge a question also after its answer, where that stands below the check."""
        for question in self._course.questions:
            places = [index for index, _, piece in self._order() if question in piece.checkpoints]
            answers = self._answers(question)
            if places and answers and answers[0] > places[-1]:
                self._judge_after(question, answers[-1])
                self._say("answered below the check", question=question, cell=answers[-1] + 1)

    def grader_is_made(self) -> None:
        """Start the grader before the first check, where the cell that does it is gone.

        Without it each check is an exception, which ends its cell.
        """
        start = self._course.start
        known = {name for cell in self._run.values() for name in cell.binds}
        for index, number, piece in self._order() if start.name else ():
            name = piece.source.partition(".")[0].strip() if piece.is_check else ""
            if not name.isidentifier() or name in known:
                continue
            makes = f"import otter\n{start.name} = {start.call}"
            makes += "" if name == start.name else f"\n{name} = {start.name}"
            self._pieces[index][number] = replace(piece, source=f"{makes}\n{piece.source}")
            self._say("no grader", name=name)
            return

    def order(self) -> None:
        """Say when the questions' cells stand in another order than they were handed out."""
        places = []
        tagged = {cell.index for cell in self._cells if ANSWER_TAGS & cell.tags}
        for question in self._course.questions:
            ids = self._course.answer_ids[question]
            answers = [cell.index for cell in self._cells if cell.id in ids] or [
                index
                for index, cell in sorted(self._run.items())
                if (index in tagged or not tagged) and self._course.assigned_by(question, cell)
            ]
            places += [(answers[0], question)] if answers else []
        for (earlier, first), (later, second) in pairwise(places):
            if later < earlier:
                self._say("other order", first=first, second=second)
                return

    def questions_to_the_screen(self) -> None:
        """Say where code waits for somebody's answer: nobody is there, and the cell fails."""
        for index, cell in sorted(self._run.items()):
            lines = sorted(asks(cell.body)) if self._pieces[index] else []
            if lines:
                self._say("asks for input", cell=index + 1, line=lines[0])

    def script(self) -> Script:
        """Return the pieces in the order in which they run, and all that is to be said."""
        remarks = [
            f"cell {index + 1} starts the grader otherwise (`{line}`); the course's line was run"
            for index, line in self._cutter.other_starts.items()
        ]
        lines = [
            f"cell {index + 1}: `{line}` was not run ({why})"
            for index, left_out in sorted(self._cutter.left_out.items())
            for line, why in left_out
            if why != EXPORT
        ]
        more = [f"{len(lines) - MOST_REMARKS} more such lines"] if len(lines) > MOST_REMARKS else []
        return Script(
            tuple(piece for _, _, piece in self._order()),
            tuple(self._at_end),
            tuple(self._problems),
            (*remarks, *lines[:MOST_REMARKS], *more, *self._stops()),
            tuple(sorted(self._cutter.unbound)),
        )

    def _stops(self) -> Iterator[str]:
        """Say where code would stop for a debugger, once for each cell."""
        for index, cell in sorted(self._run.items()):
            lines = sorted(debugs(cell.body)) if self._pieces[index] else []
            if lines:
                yield (
                    f"cell {index + 1}, line {lines[0]}: would stop for a debugger; nobody steps "
                    "through it when it is graded, so it went on"
                )

    def skipped(self) -> Iterator[tuple[int, str]]:
        """Yield the cells of which nothing is run, and why."""
        for cell in self._cells:
            index = cell.index
            if cell.kind == "code" and index not in self._run:
                yield index, f"tagged `{IGNORE_TAG}`"
            elif index in self._cutter.left_out and not any(
                _is_more_than_a_comment(piece.source) for piece in self._pieces.get(index, ())
            ):
                reasons = dict.fromkeys(why for _, why in self._cutter.left_out[index])
                yield index, "; ".join(reasons)


def _does_something(cell: Cell) -> bool:
    """Whether a text is code; prose can happen to be Python, too."""
    does = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Call)
    return any(isinstance(node, does) for statement in cell.body for node in ast.walk(statement))


def _is_more_than_a_comment(source: str) -> bool:
    return any(line.strip() and line.strip()[0] != "#" for line in source.splitlines())
