"""Decides what of a submission is graded, and where: as a patient TA would, with every repair said.

Which notebook counts is found by `choosing`; here, where each question is judged when cells were
deleted, doubled, merged, split, moved, retyped or renamed. Looks at text only, and executes
nothing. A notebook runs from top to bottom (Otter's rule), whatever was moved.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from autograder.errors import AutograderError, SubmissionError, machines_fault
from autograder.files import printable
from autograder.notebook.cells import ANSWER_TAGS, CHECK, IGNORE_TAG, assigned, parsed, tags
from autograder.notebook.choosing import chosen
from autograder.notebook.cut import EXPORT, Cutter
from autograder.notebook.handout import Handout, handout, made
from autograder.notebook.platforms import asks, platform_names
from autograder.records import Piece, Problem, Script, Submission

MOST_REMARKS = 10
"""What is said about lines that were left out; the rest is counted."""
_WORD = re.compile(r"\b\w++(?=[ \t]*+=)")
_FENCED = re.compile(r"```(?:python|py)?[ \t]*\n(.*)\n```", re.DOTALL)


def opened(
    submission: Submission, reference: Any, solution: Any, questions: Sequence[str]
) -> tuple[Any, Script]:
    """Read a submission and plan how it is run. Raises SubmissionError: it cannot be graded.

    So does whatever a student's file provokes that was not foreseen.
    """
    course = handout(reference, solution, questions)
    try:
        found = chosen(submission, course)
        plan = script(found.notebook, reference, solution, questions)
    except Exception as error:
        if isinstance(error, AutograderError | OSError | MemoryError) or machines_fault(error):
            raise
        raise SubmissionError(
            f"a notebook that cannot be read ({type(error).__name__}: "
            f"{printable(str(error)[:120])}). Ask the student to open it in Jupyter and save it "
            "again."
        ) from error
    return found.notebook, replace(
        plan,
        remarks=tuple(map(printable, (*found.remarks, *plan.remarks))),
        skipped={index: printable(why) for index, why in plan.skipped.items()},
    )


def script(notebook: Any, reference: Any, solution: Any, questions: Sequence[str]) -> Script:
    """Cut a submission into pieces and place every question's checkpoint.

    `reference` is the notebook that students got, `solution` the solved one: where cells were
    changed, they tell which cell holds the answer.
    """
    triage = _Triage(notebook, handout(reference, solution, questions))
    triage.retyped()
    triage.checked()
    triage.late()
    triage.grader_is_made()
    triage.order()
    triage.questions_to_the_screen()
    return triage.script()


class _Triage:
    """One notebook, while its checkpoints are placed."""

    def __init__(self, notebook: Any, course: Handout) -> None:
        self._cells = notebook.cells
        self._course = course
        self._problems: list[str] = []
        self._at_end: list[str] = []
        self._sources = {
            index: cell.source
            for index, cell in enumerate(notebook.cells)
            if cell.cell_type == "code" and IGNORE_TAG not in tags(cell)
        }
        """What is run, by cell."""
        bodies = [parsed(source).body for source in self._sources.values()]
        self._cutter = Cutter(course.questions, platform_names(bodies), course.start)
        self._pieces = {
            index: list(self._cutter.cut(source, index)) for index, source in self._sources.items()
        }
        self._made = {index: made(source) for index, source in self._sources.items()}

    def _run(self, index: int, source: str, what: str) -> None:
        """Run a cell that is no code cell as one, and say so."""
        if index not in self._sources:
            self._sources[index] = source
            self._pieces[index] = list(self._cutter.cut(source, index))
            self._made[index] = made(source)
        kind = self._cells[index].cell_type
        self._problems.append(f"{what} in cell {index + 1} had become {kind}; it was run as code")

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
        prose = [(i, cell) for i, cell in enumerate(self._cells) if cell.cell_type != "code"]
        code = {index: source for index, cell in prose if (source := _as_code(cell.source))}
        names = {index: made(source) for index, source in code.items()}
        for question in self._course.questions:
            if not self._answers(question):
                for index, source in code.items():
                    if self._course.answered_by(question, self._cells[index], names[index]):
                        self._run(index, source, f"{question}: its answer")
            if not self._count(question):
                for index, cell in prose:
                    by_id = cell.get("id") == self._course.check_ids.get(question, "")
                    text = self._course.check_texts.get(question)
                    if cell.source.strip() == text or (by_id and CHECK.search(cell.source)):
                        self._run(index, cell.source, f"{question}: its check")

    def _answers(self, question: str) -> list[int]:
        """Return the cells that are run and answer a question, the first one first."""
        return [
            index
            for index, names in sorted(self._made.items())
            if self._pieces[index] and self._course.answered_by(question, self._cells[index], names)
        ]

    def checked(self) -> None:
        """Say what is unusual about the checks; place the questions that have none."""
        for question in self._course.questions:
            if (count := self._count(question)) > 1:
                self._problems.append(f"{question}: checked {count} times; the best counts")
        for question, written in self._cutter.spelt.items():
            self._problems.append(f'{question}: its check is written "{written[:40]}"')
        for question in self._course.questions:
            if not self._count(question):
                self._place(question)

    def _place(self, question: str) -> None:
        """Judge a question without check after a mention of it, or its answer, or at the end."""
        for index, number, piece in self._order():
            if any(self._cutter.question(n) == question for n in CHECK.findall(piece.source)):
                self._judge_after(question, index, number)
                self._problems.append(
                    f"{question}: its check in cell {index + 1} is no longer code; judged there"
                )
                return
        cell = self._last_answer(question)
        if cell is None:
            self._at_end.append(question)
            self._problems.append(
                f"{question}: no check cell and no answer cell; judged at the end"
            )
        else:
            self._judge_after(question, cell)
            self._problems.append(
                f"{question}: no check cell; judged after its answer in cell {cell + 1}"
            )

    def _last_answer(self, question: str) -> int | None:
        """Find the last cell that answers a question: by id, by text, or by the names assigned."""
        course = self._course
        cells = [(i, self._cells[i]) for i in sorted(self._pieces) if self._pieces[i]]
        for matches in (
            [i for i, cell in cells if cell.get("id") in course.answer_ids[question]],
            [i for i, cell in cells if cell.source.strip() in course.stubs[question]],
            [i for i, _ in cells if course.names[question] & set(assigned(self._sources[i]))],
        ):
            if matches:
                return self._completed(question, matches[-1])
        return None

    def _completed(self, question: str, cell: int) -> int:
        """Return where an answer that was split is complete: when it has made all its names."""
        names, have = self._course.names[question], set[str]()
        for index in sorted(self._pieces):
            have |= self._made[index]
            if index >= cell and self._pieces[index] and names <= have:
                return index
        return cell

    def late(self) -> None:
        """Judge a question also after its answer, where that stands below the check."""
        for question in self._course.questions:
            places = [index for index, _, piece in self._order() if question in piece.checkpoints]
            answers = self._answers(question)
            if places and answers and answers[0] > places[-1]:
                self._judge_after(question, answers[-1])
                self._problems.append(
                    f"{question}: answered in cell {answers[-1] + 1}, after its check; "
                    "judged there, too"
                )

    def grader_is_made(self) -> None:
        """Start the grader before the first check, where the cell that does it is gone.

        Without it each check is an exception, which ends its cell.
        """
        start = self._course.start
        known = {name for source in self._sources.values() for name in _bound(source)}
        for index, number, piece in self._order() if start else ():
            name = piece.source.partition(".")[0].strip() if piece.is_check else ""
            if not name.isidentifier() or name in known:
                continue
            makes = f"import otter\n{start}"
            own = start.partition("=")[0].strip()
            makes += "" if name == own else f"\n{name} = {own}"
            self._pieces[index][number] = replace(piece, source=f"{makes}\n{piece.source}")
            self._problems.append(f"no cell makes `{name}`; the course's own line was run for it")
            return

    def order(self) -> None:
        """Say when the questions' cells stand in another order than they were handed out."""
        places = []
        tagged = {i for i, cell in enumerate(self._cells) if ANSWER_TAGS & tags(cell)}
        for question in self._course.questions:
            ids = self._course.answer_ids[question]
            found = [i for i, cell in enumerate(self._cells) if cell.get("id") in ids] or [
                index
                for index, names in sorted(self._made.items())
                if self._course.assigns(question, names) and (index in tagged or not tagged)
            ]
            places += [(found[0], question)] if found else []
        for (earlier, first), (later, second) in pairwise(places):
            if later < earlier:
                self._problems.append(
                    f"the cells are in another order ({second} stands before {first}); "
                    "they were run from top to bottom"
                )
                return

    def questions_to_the_screen(self) -> None:
        """Say where code waits for somebody's answer: nobody is there, and the cell fails."""
        for index, source in sorted(self._sources.items()):
            lines = [] if not self._pieces[index] else sorted(asks(parsed(source).body))
            if lines:
                self._problems.append(
                    f"cell {index + 1}, line {lines[0]}: asks for input; nobody answers when a "
                    "notebook is graded, so the cell fails there"
                )

    def script(self) -> Script:
        """Return the pieces in the order in which they run, and all that is to be said."""
        remarks = [
            f"cell {index + 1} starts the grader otherwise (`{line}`); the course's line was run"
            for index, line in self._cutter.renamed.items()
        ]
        left = [
            f"cell {index + 1}: `{line}` was not run ({why})"
            for index, lines in sorted(self._cutter.left_out.items())
            for line, why in lines
            if why != EXPORT
        ]
        more = [f"{len(left) - MOST_REMARKS} more such lines"] if len(left) > MOST_REMARKS else []
        return Script(
            tuple(piece for _, _, piece in self._order()),
            tuple(self._at_end),
            tuple(Problem("text", {"text": text}) for text in self._problems),
            (*remarks, *left[:MOST_REMARKS], *more),
            dict(self._skipped()),
        )

    def _skipped(self) -> Iterator[tuple[int, str]]:
        for index, cell in enumerate(self._cells):
            if cell.cell_type == "code" and index not in self._sources:
                yield index, f"tagged `{IGNORE_TAG}`"
            elif index in self._cutter.left_out and not any(
                _is_more_than_a_comment(piece.source) for piece in self._pieces.get(index, ())
            ):
                reasons = dict.fromkeys(why for _, why in self._cutter.left_out[index])
                yield index, "; ".join(reasons)


def _as_code(text: str) -> str:
    """Return a text as code if it is any, be it in a fence; prose can happen to be Python, too."""
    fenced = _FENCED.fullmatch(text.strip())
    source = fenced.group(1) if fenced else text
    body = parsed(source).body
    does = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Call)
    return source if any(isinstance(node, does) for each in body for node in ast.walk(each)) else ""


def _is_more_than_a_comment(source: str) -> bool:
    return any(line.strip() and line.strip()[0] != "#" for line in source.splitlines())


def _bound(source: str) -> set[str]:
    """Return all names that a cell may bind: those it assigns or imports, at any depth."""
    body = parsed(source).body
    if not body:
        return set(_WORD.findall(source))
    nodes = [node for statement in body for node in ast.walk(statement)]
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    aliases = {n.asname or n.name for n in nodes if isinstance(n, ast.alias)}
    return stored | aliases
