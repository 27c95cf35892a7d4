"""`feedback/<id>.html`: what one student reads, in one file that needs nothing and runs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from autograder.files import file_name, write_whole
from autograder.records import Grade
from autograder.reports import facts
from autograder.reports import templates as pages
from autograder.reports.facts import ClassSummary, Curve, Facts, class_summary
from autograder.reports.student import cells, charts, pictures, verdicts
from autograder.reports.student.inert import one_line, prose
from autograder.words import points, problems_for_student, to_grade

MakePage = Callable[[str, Grade, ClassSummary | None], str]
"""Makes the page of one submission, of an assignment's name, its grade and the class."""

__all__ = ["ClassSummary", "class_summary", "page", "write"]

_MEASURED = {
    "untrained_accuracy": "before training",
    "train_accuracy": "on training images",
    "test_accuracy": "on test images",
}
_MOST_CONFUSED = 3


def page(assignment: str, grade: Grade, class_: ClassSummary | None) -> str:
    """Return the page of one submission."""
    questions = verdicts.questions(grade)
    executed = cells.read(grade.executed, frozenset(questions))
    so_far = grade.so_far if questions else None
    measured = facts.read(grade.facts)
    by_hand = any(v.override and v.final != v.earned for v in grade.tested)
    return pages.render(
        "student/page.html",
        assignment=one_line(assignment),
        submission=one_line(grade.submission),
        state=verdicts.state(grade),
        score=points(so_far),
        to_grade=to_grade(grade) if so_far is not None else "",
        automatic=(points(grade.score) or "none") if by_hand else "",
        max_score=points(grade.max_score),
        problems=tuple(map(prose, problems_for_student(grade))),
        remarks=tuple(map(prose, grade.remarks)),
        earlier=len(grade.earlier),
        questions=questions,
        accuracies=tuple(_accuracies(measured)),
        curves=tuple(_curves(measured.history, class_)),
        class_counts=class_.counts if class_ else {},
        wrong=measured.wrong,
        grey=pictures.grey,
        confusion=_confusion(measured.confusion),
        executed=executed,
        places={name: cell.number for cell in executed.cells for name in cell.questions},
    )


def write(
    folder: Path,
    assignment: str,
    grade: Grade,
    class_: ClassSummary | None,
    make: MakePage = page,
) -> Path:
    """Write the page of one submission into `folder`. Returns its path."""
    path = folder / f"{file_name(grade.submission)}.html"
    return write_whole(path, make(assignment, grade, class_))


def _accuracies(measured: Facts) -> Iterator[tuple[str, str]]:
    for name, words in _MEASURED.items():
        if name in measured.numbers:
            yield words, f"{measured.numbers[name]:.1%}".replace("%", " %")


def _curves(
    own: Mapping[str, Curve], class_: ClassSummary | None
) -> Iterator[charts.LearningCurve]:
    medians: Mapping[str, Curve] = class_.medians if class_ else {}
    for quantity in ("loss", "accuracy"):
        if quantity not in own:
            continue
        lines = [charts.Line("yours", "own", own[quantity])]
        if f"val_{quantity}" in own:
            lines.append(charts.Line("yours, validation", "own-val", own[f"val_{quantity}"]))
        if quantity in medians:
            lines.append(charts.Line("median of the class", "class", medians[quantity]))
        yield charts.LearningCurve(quantity, tuple(lines))


def _confusion(counts: tuple[tuple[int, ...], ...] | None) -> Mapping[str, object] | None:
    """Return counts with the class that shades each, and the pairs that are most confused."""
    if counts is None or not any(map(any, counts)):
        return None
    mixed = [
        (true, said, count)
        for true, row in enumerate(counts)
        for said, count in enumerate(row)
        if true != said and count
    ]
    mixed.sort(key=lambda each: -each[2])
    worst = mixed[0][2] if mixed else 0
    shaded = [
        [
            (count, _shade(count, sum(row), worst, right=true == said))
            for said, count in enumerate(row)
        ]
        for true, row in enumerate(counts)
    ]
    return {"rows": shaded, "most": mixed[:_MOST_CONFUSED]}


def _shade(count: int, row: int, worst: int, *, right: bool) -> str:
    """Return the class of a cell: right ones by their share of the row, wrong ones by the worst."""
    if count == 0:
        return "zero"
    if right:
        return f"right-{min(int(count / row * 4), 3)}"
    return f"wrong-{min(int(count / worst * 4), 3)}"
