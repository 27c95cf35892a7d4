"""`report.html`: the whole class, for the instructor on the day grades go out. Staff only.

The page is one file that works without a network. What can be said in words and tables is written
here; lists of students, the matrix and the figures are drawn by its script from one block of JSON,
as text and never as HTML. The plotting library is part of the file, and runs only when the first
figure comes into view: it takes longer to start than everything else together.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from autograder.files import write_whole
from autograder.records import Grade, Question
from autograder.reports import templates as pages
from autograder.reports.staff import data as class_data
from autograder.reports.staff import items
from autograder.reports.staff import measured as class_measured
from autograder.reports.staff.measured import Row

FILE = "report.html"
SOME = 3
"""Fewer students than that who all fail a case say nothing of its test."""
_SCRIPTS = ("page.js", "table.js", "matrix.js", "figures.js")


def write(folder: Path, assignment: str, grades: Sequence[Grade], made: str) -> Path:
    """Write the report whole, or leave the old one. Returns its path."""
    return write_whole(folder / FILE, page(assignment, grades, made))


def page(assignment: str, grades: Sequence[Grade], made: str) -> str:
    """Return the report as HTML. `made` says when, and is shown as it is."""
    from plotly.offline import get_plotlyjs

    grades = sorted(grades, key=lambda grade: grade.submission)
    asked = class_data.questions(grades)
    data = class_data.class_data(grades, asked)
    rows = _item_rows(grades, asked)
    figures = summary(grades, class_data.needs(grades))
    drawn = {**data, **{name: figures[name] for name in ("most", "mean", "median")}}
    parts = "\n".join(pages.asset(f"staff/{name}") for name in _SCRIPTS)
    script = f'(() => {{\n"use strict";\n{parts}}})();'
    plotly: str = get_plotlyjs()
    return pages.render(
        "staff/page.html",
        assignment=assignment,
        made=made,
        summary=figures,
        rows=rows,
        unpassed=_unpassed(rows),
        used=class_measured.used(grades),
        most_messages=class_data.MOST_MESSAGES,
        made_from=_made_from(grades),
        data=data,
        island=island(drawn),
        script=inline(script),
        plotly=inline(plotly),
        allowed=f"{_hash(script)} {_hash(plotly)}",
        decimal=_decimal,
        percent=_percent,
        duration=_duration,
    )


def summary(grades: Sequence[Grade], needs: Sequence[class_data.Need]) -> Row:
    """Return how many, mean and median and so on. Blank scores are no zeros: `scored` have one."""
    scores = [grade.so_far for grade in grades if grade.so_far is not None]
    most = max((grade.max_score for grade in grades), default=0.0)
    statuses = Counter(str(grade.status) for grade in grades)
    return {
        "n": len(grades),
        "scored": len(scores),
        "most": most,
        "mean": statistics.fmean(scores) if scores else None,
        "median": statistics.median(scores) if scores else None,
        "deviation": statistics.stdev(scores) if len(scores) > 1 else None,
        "full": sum(score >= most for score in scores),
        "open": sum(bool(grade.open) for grade in grades if grade.so_far is not None),
        "statuses": sorted(statuses.items()),
        "human": len({number for need in needs if need["open"] for number, _ in need["who"]}),
    }


def _unpassed(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of cases that nobody passed, where more than a few were graded."""
    of_cases = ((row, row["item"]) for row in rows if row["case"])
    return [
        row
        for row, item in of_cases
        if isinstance(item, items.Item) and item.graded >= SOME and not item.passed
    ]


def _item_rows(grades: Sequence[Grade], asked: Sequence[Question]) -> list[Row]:
    """Return the item analysis's rows: each question, then its cases with their numbers."""
    of_questions, of_cases = items.question_items(grades), items.case_items(grades)
    rows: list[Row] = []
    cases = itertools.count()
    for place, question in enumerate(asked):
        item = of_questions[question.name]
        rows.append({"question": question, "case": None, "item": item, "place": place})
        for case in class_data.tests(question):
            item = of_cases[question.name, case.name]
            rows.append({"question": question, "case": case, "item": item, "place": next(cases)})
    return rows


def _made_from(grades: Sequence[Grade]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return what the grades rest on: each name with its values, most common first."""
    found: dict[str, Counter[str]] = {}
    for grade in grades:
        for name, value in grade.made_from.items():
            found.setdefault(name, Counter())[str(value)] += 1
    return [
        (name, sorted(values.items(), key=lambda pair: (-pair[1], pair[0])))
        for name, values in found.items()
    ]


def _decimal(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}".replace("-", "−")


def _duration(seconds: float, unit: str) -> str:
    """Return seconds, or core-seconds, in the unit that people would say."""
    size, name = next(pair for pair in ((3600, "h"), (60, "min"), (0, "s")) if seconds >= pair[0])
    return f"{seconds / (size or 1):,.1f} {unit.removesuffix('s')}{name}"


def _percent(share: float) -> str:
    """Return a share in words that never round a few to none, or nearly all to all."""
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "under 1 %"
    return "over 99 %" if whole == 100 and share < 1 else f"{whole} %"


def island(data: object) -> Markup:
    """Return data as JSON that no parser of HTML takes for anything but text."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing is left in it that HTML knows


def inline(script: str) -> Markup:
    """Return a script of ours as it stands, since its hash must match; it must not end early."""
    for text in ("</script", "<script", "<!--"):
        assert text not in script.lower(), f"a script in the report must not hold {text}"
    return Markup(script)  # noqa: S704 - ours, and checked


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
