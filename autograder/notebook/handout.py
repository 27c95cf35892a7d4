"""What the course's own notebooks tell about a submission: is it this assignment's, and where.

The notebook that students got has the ids and texts of each question's cells; the solved one tells
which names the answers assign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.notebook.cells import CHECK, answer_cells, assigned, check_cells
from autograder.notebook.cut import start_of_grader

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
    start: str
    """The statement that makes the grader; empty where there is none."""

    @property
    def file(self) -> str:
        """The notebook's own name, as its first cell has it; empty if it has none."""
        found = _FILE.search(self.start)
        return found.group(1) if found else ""

    def answered_by(self, question: str, cell: Any, made: frozenset[str]) -> bool:
        """Whether a cell answers a question: by its id and a text of its own, or all its names."""
        own = cell.source.strip() not in {"", *self.stubs[question]}
        by_id = cell.get("id") in self.answer_ids[question] and own
        return by_id or self.assigns(question, made)

    def assigns(self, question: str, made: frozenset[str]) -> bool:
        """Whether a cell that makes these names makes all those of a question's answer."""
        return bool(self.names[question]) and self.names[question] <= made

    def has(self, notebook: Any) -> bool:
        """Whether a notebook is of this assignment at all: one trace of it is enough."""
        ids = frozenset[str]().union(*self.answer_ids.values(), self.check_ids.values())
        names = frozenset[str]().union(*self.names.values())
        stubs = frozenset[str]().union(*self.stubs.values())
        sources = [cell.source for cell in notebook.cells]
        if any(cell.get("id") in ids for cell in notebook.cells):
            return True
        if any(source.strip() in stubs or names & set(assigned(source)) for source in sources):
            return True
        started = [found for source in sources for found in _FILE.findall(source)]
        if started and self.file and self.file not in started:
            return False  # questions of other assignments are called q1, too
        checked = {name for source in sources for name in CHECK.findall(source)}
        return bool(checked & set(self.questions))

    def answered(self, notebook: Any) -> bool:
        """Whether a notebook answers any question, be it wrongly."""
        return any(
            self.answered_by(question, cell, names)
            for cell in notebook.cells
            for names in [made(cell.source)]
            for question in self.questions
        )


def handout(reference: Any, solution: Any, questions: Sequence[str]) -> Handout:
    """Read an assignment's notebooks: the one that students get, and the solved one."""
    answers, solved = answer_cells(reference, questions), answer_cells(solution, questions)
    checks = check_cells(reference, questions)
    cells, solutions = reference.cells, solution.cells
    return Handout(
        tuple(questions),
        {q: frozenset(cells[i].id for i in answers[q] if cells[i].get("id")) for q in questions},
        {q: frozenset(cells[i].source.strip() for i in answers[q]) for q in questions},
        {
            q: frozenset(n for i in solved[q] for n in assigned(solutions[i].source))
            for q in questions
        },
        {q: cells[i].id for q, i in checks.items() if cells[i].get("id")},
        {q: cells[i].source.strip() for q, i in checks.items()},
        start_of_grader(cell.source for cell in cells if cell.cell_type == "code"),
    )


def made(source: str) -> frozenset[str]:
    """Return the names that a cell assigns at its top level, to something other than `...`."""
    return frozenset(assigned(source, stubs=False))
