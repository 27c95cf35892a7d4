"""Goes on in a cell below what could not run here, statement by statement, as a patient TA would.

One object per notebook, told of each exception while the kernel waits. No statement runs twice, and
one that failed is over as a whole. Reads text only, and executes nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from autograder.files import printable
from autograder.notebook.cells import statements
from autograder.notebook.cut import first_line, lines_of, span
from autograder.notebook.lacks import Place, missing
from autograder.notebook.platforms import binds
from autograder.records import CellError, Problem, QuestionVerdict, Script

MOST = 100
"""How often a notebook goes on; no machine lacks more."""
MOST_SAID = 10
_TRANSPARENT = re.compile(r"\s*%%(?:time|capture)\b[^\n]*\n")
"""Cell magics that run what is below them as it is."""
_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")


class GoingOn:
    """What of one notebook could not run here, and how its cells go on."""

    def __init__(self, script: Script, handed_out: Iterable[str]) -> None:
        self._pieces = script.pieces
        self._handed_out = frozenset(PurePosixPath(name).name for name in handed_out)
        self._rests: dict[int, str] = {}
        """What was still to be run of a piece when it went on last."""
        self._ran: list[ast.stmt] = []
        """What ran before the present piece or rest, without what could not run here."""
        self._now = 0
        """The piece that raised last."""
        self._names = set(script.left_out)
        """Names that are missing because what binds them did not run."""
        self._failed: list[Problem] = []

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not run here, in the order in which it ran."""
        more = len(self._failed) - MOST_SAID
        said = self._failed[:MOST_SAID]
        return (*said, Problem("more not here", {"count": more})) if more > 0 else tuple(said)

    def rest(self, number: int, error: CellError) -> str | None:
        """Return what is to be run of a piece that raised; None: a mistake, the cell ends there."""
        if not self._now <= number < len(self._pieces) or len(self._failed) >= MOST:
            return None
        try:
            return self._rest(number, error)
        except (RecursionError, MemoryError):  # what a hostile text does to those who walk it
            return None

    def _rest(self, number: int, error: CellError) -> str | None:
        source = self._rests.get(number, self._pieces[number].source)
        magic = _TRANSPARENT.match(source)
        head, text = (magic[0], source[magic.end() :]) if magic else ("", source)
        body = statements(text)
        if body is None and not source.lstrip().startswith("%%"):
            return None
        lines, starts = lines_of(text)
        blank = 0 if magic else next((i for i, line in enumerate(lines) if line.strip()), 0)
        raised_by = _raised_by(body, error, blank) if body else ast.Pass()
        if raised_by is None:
            return None
        above = body[: body.index(raised_by)] if body else []
        what = self._missing(number, error, raised_by, above)
        if not what:
            return None
        self._ran += above
        self._names |= set(binds(raised_by))
        line = first_line(lines, raised_by) if body else source.strip().partition("\n")[0][:80]
        self._note(number, line, what)
        rest = text.encode()[span(raised_by, starts)[1] :].decode().lstrip(" \t;") if body else ""
        self._rests[number] = head + rest if rest.strip() else ""
        return self._rests[number]

    def _missing(
        self, number: int, error: CellError, statement: ast.stmt, above: Sequence[ast.stmt]
    ) -> str:
        """Say what a statement lacks here; empty where it is a mistake."""
        for index in range(self._now, number):
            self._ran += statements(self._rests.get(index, self._pieces[index].source)) or []
        self._now = number
        before = [*self._ran, *above]
        name = _NOT_DEFINED.fullmatch(error.text) if error.kind == "NameError" else None
        if name and self._is_lost(name[1], before):
            return f"`{name[1]}`, for the same reason"
        sources = [piece.source for piece in self._pieces[: number + 1]]
        return missing(error, Place(statement, before, sources, self._handed_out))

    def _is_lost(self, name: str, before: Sequence[ast.stmt]) -> bool:
        """Whether a name is missing because of the machine: nothing else binds or deletes it."""
        if name not in self._names and "*" not in self._names:
            return False
        nodes = [node for statement in before for node in ast.walk(statement)]
        return not any(
            isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Del)
            for node in nodes
        ) and (name in self._names or not any(name in binds(statement) for statement in before))

    def _note(self, number: int, line: str, what: str) -> None:
        cell = self._pieces[number].cell + 1
        self._failed.append(
            Problem("not here", {"cell": cell, "line": printable(line), "missing": printable(what)})
        )


def _raised_by(body: Sequence[ast.stmt], error: CellError, blank: int) -> ast.stmt | None:
    """Find the statement at the place that an exception names; None where it is not sure.

    IPython takes `blank` lines from the top of a cell before it counts.
    """
    line = error.line + blank
    there = [s for s in body if _first(s) <= line <= (s.end_lineno or s.lineno)]
    if len(there) > 1:  # several on a line: the last one that begins before the place
        place = (line, error.column)
        there = [s for s in there if error.column >= 0 and (s.lineno, s.col_offset) <= place][-1:]
    return there[0] if there else None


def _first(statement: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def rest_on(
    lacks: Sequence[Problem], script: Script, verdicts: Sequence[QuestionVerdict]
) -> Iterator[Problem]:
    """Yield which questions lost points below a line that could not run here."""
    if not lacks:
        return
    cell = int(lacks[0].found["cell"]) - 1
    below = {q for piece in script.pieces if piece.cell >= cell for q in piece.checkpoints}
    below |= set(script.at_end)
    names = [v.question.name for v in verdicts]
    lost = [
        index
        for index, v in enumerate(verdicts)
        if v.question.name in below and v.earned is not None and v.earned < v.question.points
    ]
    runs: list[list[int]] = []
    for index in lost:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    texts = [
        names[run[0]] if len(run) == 1 else f"{names[run[0]]} to {names[run[-1]]}" for run in runs
    ]
    if texts:
        verb = "rest" if len(lost) > 1 else "rests"
        yield Problem("rests on", {"questions": ", ".join(texts), "rest": verb, "cell": cell + 1})
