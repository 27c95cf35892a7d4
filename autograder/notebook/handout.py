"""What belongs to the assignment, made once for all submissions; which of several files counts.

The notebook that students got has the ids and texts of each question's cells; the solved one tells
which names the answers assign.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from autograder.errors import SubmissionError
from autograder.files import printable
from autograder.notebook.cells import Cell, cells_of
from autograder.notebook.otter import CHECK, Start, answer_cells, check_cells, start_of_grader
from autograder.records import Problem, Reading, Submission

_FILE = re.compile(r"""Notebook\(\s*["']([^"'\n]+)["']""")


@dataclass(frozen=True, slots=True)
class Handout:
    """An assignment's cells, by question."""

    questions: tuple[str, ...]
    answer_ids: Mapping[str, frozenset[str]]
    stubs: Mapping[str, frozenset[str]]
    """The answer cells' texts, as they were handed out."""
    names: Mapping[str, frozenset[str]]
    """What the solved answers assign."""
    check_ids: Mapping[str, str]
    check_texts: Mapping[str, str]
    """Both only for questions that have a check cell."""
    start: Start
    texts: frozenset[str]
    """Of all its cells, without white space around."""
    defines: bool
    """Whether its answers define functions or classes, which tests may call."""
    tests: Mapping[str, str] = field(default_factory=dict)
    """The public tests, as files by path: those that the notebook's metadata holds among them."""

    @property
    def file(self) -> str:
        """The notebook's own name, as its first cell has it; empty if it has none."""
        name = _FILE.search(self.start.call)
        return name.group(1) if name else ""

    @property
    def asked_for(self) -> str:
        """What to ask a student for."""
        return self.file or "the notebook of this assignment"

    def answered_by(self, question: str, cell: Cell) -> bool:
        """Whether a cell answers a question: by its id and a text of its own, or all its names."""
        own = cell.source.strip() not in {"", *self.stubs[question]}
        by_id = own and cell.id in self.answer_ids[question]
        return by_id or self.assigned_by(question, cell)

    def assigned_by(self, question: str, cell: Cell) -> bool:
        """Whether a cell makes all the names of a question's answer."""
        return bool(self.names[question]) and self.names[question] <= cell.makes

    def has(self, cells: Sequence[Cell]) -> bool:
        """Whether a notebook is of this assignment at all: one trace of it is enough."""
        ids = frozenset[str]().union(*self.answer_ids.values(), self.check_ids.values())
        names = frozenset[str]().union(*self.names.values())
        stubs = frozenset[str]().union(*self.stubs.values())
        if any(cell.id in ids for cell in cells):
            return True
        if any(cell.source.strip() in stubs or names & cell.assigns for cell in cells):
            return True
        files = [name for cell in cells for name in _FILE.findall(cell.source)]
        if files and self.file and self.file not in files:
            return False  # questions of other assignments are called q1, too
        checked = {name for cell in cells for name in CHECK.findall(cell.source)}
        return bool(checked & set(self.questions))

    def answered(self, cells: Sequence[Cell]) -> bool:
        """Whether a notebook answers any question, be it wrongly."""
        code_first = sorted(cells, key=lambda cell: cell.kind != "code")  # prose takes long to read
        return any(
            self.answered_by(question, cell) for cell in code_first for question in self.questions
        )


def handout(reference: Any, solution: Any, questions: Sequence[str]) -> Handout:
    """Read an assignment's notebooks: the one that students get, and the solved one."""
    answers, solved = answer_cells(reference, questions), answer_cells(solution, questions)
    checks = check_cells(reference, questions)
    cells, solutions = cells_of(reference), cells_of(solution)
    return Handout(
        tuple(questions),
        {q: frozenset(cells[i].id for i in answers[q]) - {""} for q in questions},
        {q: frozenset(cells[i].source.strip() for i in answers[q]) for q in questions},
        {q: frozenset[str]().union(*(solutions[i].assigns for i in solved[q])) for q in questions},
        {q: cells[i].id for q, i in checks.items() if cells[i].id},
        {q: cells[i].source.strip() for q, i in checks.items()},
        start_of_grader(cells),
        frozenset(cell.source.strip() for cell in cells),
        any(
            isinstance(statement, ast.FunctionDef | ast.ClassDef)
            for indices in solved.values()
            for index in indices
            for statement in solutions[index].body
        ),
        dict(_tests(reference)),
    )


def _tests(reference: Any) -> Iterator[tuple[str, str]]:
    """Yield the tests of a notebook's metadata as files, which Otter prefers to metadata."""
    own = reference.metadata.get("otter", {})
    for question, test in own.get("tests", {}).items():
        text = test if isinstance(test, str) else f"OK_FORMAT = True\n\ntest = {dict(test)!r}\n"
        yield f"tests/{question}.py", text


def chosen(
    choices: Sequence[Submission], read: Callable[[Submission], Reading], course: Handout
) -> Reading:
    """Read the files that one student handed in, each once, and choose the one that counts.

    Raises SubmissionError: none does, or it would be a guess.
    """
    unlike = list({choice.sha256 or choice.id: choice for choice in choices}.values())
    readings: dict[str, Reading] = {}
    for choice in unlike:
        with suppress(SubmissionError):
            readings[choice.id] = read(choice)
    readable = [choice for choice in unlike if choice.id in readings]
    begun = [choice for choice in readable if readings[choice.id].begun] or readable
    with_name = [choice for choice in begun if PurePosixPath(choice.id).name == course.file]
    if not readable:
        raise _guess("no file of the assignment", "file", unlike, file=course.asked_for)
    if len(begun) > 1 and len(with_name) != 1:
        raise _guess("several files of the assignment", "which counts", begun)
    choice = (begun if len(begun) == 1 else with_name)[0]
    script = readings[choice.id].script
    remark = f"{len(choices)} files were handed in ({_names(unlike)}); {choice.id} counts"
    remarks = (printable(remark), *map(printable, choice.remarks), *script.remarks)
    return replace(readings[choice.id], script=replace(script, remarks=remarks))


def _guess(kind: str, ask: str, choices: Sequence[Submission], **found: str) -> SubmissionError:
    return SubmissionError(
        Problem(kind, {"count": len(choices), "names": _names(choices), **found}, ask)
    )


def _names(choices: Sequence[Submission]) -> str:
    return printable(", ".join(choice.id for choice in choices)[:300])
