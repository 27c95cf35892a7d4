"""A class's grades for Canvas, Moodle or Gradescope: the files, and what has no place in them.

`export` makes the files' texts and `write` puts them down; nothing here prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.files import file_name, write_whole
from autograder.lms import canvas, gradescope, moodle
from autograder.lms import roster as rosters
from autograder.lms.roster import Lost, Placement, Student, place
from autograder.lms.sheet import SheetError, parse
from autograder.records import Grade
from autograder.words import points

TARGETS: Mapping[str, frozenset[str]] = {
    "canvas": frozenset({"template", "column", "roster"}),
    "moodle": frozenset({"worksheet", "roster"}),
    "gradescope": frozenset(),
}
"""Where grades can go, and which of a request's other fields are of use there."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What somebody asks for: a key of TARGETS, and the files to fill and to look into.

    Raises UsageError where these do not fit together; nothing is read for that.
    """

    target: str
    template: Path | None = None
    """Canvas: the gradebook that it exported."""
    column: str | None = None
    """Canvas: the title of the column to fill; the assignment's name without one."""
    worksheet: Path | None = None
    """Moodle: the assignment's grading worksheet; without one, a file for its gradebook."""
    roster: Path | None = None
    output: Path | None = None
    """The file to write, or Gradescope's folder; below the class's folder without one."""

    def __post_init__(self) -> None:
        for name in ("template", "column", "worksheet", "roster"):
            if getattr(self, name) is not None and name not in TARGETS[self.target]:
                raise UsageError(f"--{name} is of no use with --to {self.target}. Leave it out.")
        for path in (self.template, self.worksheet, self.roster):
            if path and self.output and self.output.resolve() == path.resolve():
                raise UsageError(
                    f"{self.output}: -o would replace a file that is read. Name another one."
                )
        if self.target == "canvas" and self.template is None:
            raise UsageError(
                "--to canvas fills the gradebook that Canvas exported: give it with --template "
                "FILE (in Canvas: Grades, Export, Export Entire Gradebook)."
            )
        if self.target == "moodle" and not (self.worksheet or self.roster):
            raise UsageError("--to moodle needs --worksheet FILE, or --roster FILE, or both.")


@dataclass(frozen=True, slots=True)
class Export:
    """The files of an export, still to be written, and what could not be placed in them."""

    files: Mapping[Path, str]
    summary: str
    """How many scores are in them, and where."""
    lost: tuple[Lost, ...]
    """Grades that are in no file."""
    without: tuple[Student, ...] = ()
    """Students whom no submission matches."""
    note: str = ""
    """What else the instructor should know."""


def export(
    request: ExportRequest, assignment: str, grades: Sequence[Grade], folder: Path
) -> Export:
    """Make the files of an export; `folder` is where they go unless the request names a place.

    Raises UsageError for a file that cannot be read or is not what it should be.
    """
    roster: tuple[Student, ...] = ()
    if request.roster is not None:
        with _naming(request.roster):
            roster = rosters.students(parse(request.roster.read_bytes()))
    if request.target == "gradescope":
        return _gradescope(grades, request.output or folder / "gradescope")
    path = request.output or folder / f"{request.target}.csv"
    if request.template is not None:
        title = request.column or assignment
        return _canvas(grades, title, request.template, roster, path)
    if request.worksheet is not None:
        return _worksheet(grades, request.worksheet, roster, path)
    assert request.roster is not None, "a request for Moodle has one of the two"
    with _naming(request.roster):
        return _gradebook(grades, assignment, roster, path)


def write(export: Export) -> None:
    """Write each file whole, or leave the old one. Raises UsageError where that cannot be."""
    for path, text in export.files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path.resolve(), text)
        except OSError as error:
            why = error.strerror
            raise UsageError(f"{path}: cannot be written: {why}. Choose another -o.") from None


def _canvas(
    grades: Sequence[Grade], title: str, template: Path, roster: Sequence[Student], path: Path
) -> Export:
    with _naming(template):
        sheet = parse(template.read_bytes())
        placement = place(grades, roster, canvas.students(sheet))
        column = canvas.column(sheet, title)
        content, unfilled = canvas.filled(sheet, column, placement)
    worth, best = canvas.possible(sheet, column), max((g.max_score for g in grades), default=0.0)
    note = (
        f"in Canvas the assignment is worth {points(worth)} points, here {points(best)}. Scores "
        "were not scaled: set the points in Canvas."
    )
    where = f"in column `{sheet.header[column]}` of {path}"
    return _placed(
        {path: content}, where, placement, unfilled, "" if worth in (None, best) else note
    )


def _worksheet(
    grades: Sequence[Grade], worksheet: Path, roster: Sequence[Student], path: Path
) -> Export:
    with _naming(worksheet):
        sheet = parse(worksheet.read_bytes())
        placement = place(grades, roster, moodle.students(sheet))
        content, unfilled = moodle.filled(sheet, placement)
    note = (
        "the worksheet has no column `Feedback comments`, so there is no feedback in it. To have "
        "it, switch that feedback type on in the assignment, and download the worksheet again."
    )
    where = f"in {path}, for the assignment's Upload grading worksheet"
    has_feedback = sheet.column("Feedback comments") is not None
    return _placed({path: content}, where, placement, unfilled, "" if has_feedback else note)


def _gradebook(
    grades: Sequence[Grade], title: str, roster: Sequence[Student], path: Path
) -> Export:
    placement = place(grades, (), roster)
    content, unfilled = moodle.gradebook(title, roster, placement)
    where = f"in {path}, for the gradebook's Import, CSV file"
    return _placed({path: content}, where, placement, unfilled)


def _placed(
    files: Mapping[Path, str],
    where: str,
    placement: Placement,
    unfilled: tuple[Lost, ...],
    note: str = "",
) -> Export:
    """An export by placement; `unfilled` are grades that have a place and are not in it."""
    count = len(placement.placed) - len(unfilled)
    summary = f"{count} of {len(placement.placed) + len(placement.lost)} scores {where}"
    return Export(files, summary, (*placement.lost, *unfilled), placement.without, note)


def _gradescope(grades: Sequence[Grade], folder: Path) -> Export:
    blank = tuple(
        Lost(g, f"{g.status}: its file says so, and has no score")
        for g in grades
        if g.so_far is None
    )
    return Export(
        {
            folder / f"{file_name(g.submission)}.json": gradescope.text(gradescope.results(g))
            for g in grades
        },
        f"{len(grades) - len(blank)} of {len(grades)} scores in {folder}, a file per submission",
        blank,
    )


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """What is wrong with a file that is read is for whoever named it to put right."""
    try:
        yield
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from None
    except SheetError as error:
        raise UsageError(f"{path}: {error}") from None
