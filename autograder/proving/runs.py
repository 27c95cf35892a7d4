"""What audit and calibration share: many notebooks through the pipeline, resumable.

A result that was made from the same notebook, seed, tests, settings, data and versions is taken
from the file of results instead of being made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import words
from autograder.grading.basis import basis
from autograder.grading.batch import grade_all
from autograder.grading.grader import Grader
from autograder.proving.bank import Cases, case_name
from autograder.records import Flag, Grade, Outcome, Submission

FILE = "results.jsonl"

Row = dict[str, Any]
"""A result as a line of that file has it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one notebook."""

    name: str
    cases: Cases
    messages: dict[tuple[str, str], str]
    """What was found, for the cases that did not pass."""
    earned: dict[str, float | None]
    problems: tuple[str, ...]
    """As staff read them."""
    flags: tuple[Flag, ...]
    facts: Mapping[str, Any]


def submission(name: str, content: bytes) -> Submission:
    """Return a notebook of ours as a submission; its seed comes from its name."""
    return Submission(name, name, hashlib.sha256(content).hexdigest(), lambda: content)


def known_results(
    grader: Grader, submissions: Sequence[Submission], folder: Path
) -> tuple[list[Result], list[Submission]]:
    """Return the results that `folder` holds already, and the submissions still to run."""
    rows = _read(folder / FILE)
    keys = {submission.id: basis(grader.made_from(), submission) for submission in submissions}
    known = [_result(rows[key]) for key in keys.values() if key in rows]
    return known, [submission for submission in submissions if keys[submission.id] not in rows]


def results(
    grader: Grader,
    submissions: Sequence[Submission],
    jobs: int,
    folder: Path,
    started: Callable[[str], None],
    finished: Callable[[Grade], None],
) -> Iterator[Result]:
    """Run submissions and yield their results; each is added to `folder` at once.

    One that stays ungraded is not kept: the next call tries it again.
    """
    keys = {submission.id: basis(grader.made_from(), submission) for submission in submissions}
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("a", encoding="utf-8") as stream:
        stream.write("\n")  # where the line before was cut off, this begins a new one
        for grade in grade_all(grader, submissions, jobs, started):
            finished(grade)
            row = _row(grade)
            if grade.score is not None:
                stream.write(json.dumps({"key": keys[grade.submission], **row}) + "\n")
                stream.flush()
                yield _result(row)


def _read(file: Path) -> dict[str, Row]:
    """Read the results so far; the last line may be cut off."""
    rows = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        rows[row["key"]] = row
    return rows


def _row(grade: Grade) -> Row:
    return {
        "name": grade.submission,
        "cases": [
            [v.question.name, case_name(c.case.label), c.outcome, c.detail or c.message]
            for v in grade.questions
            for c in v.cases
        ],
        "earned": {v.question.name: v.earned for v in grade.questions},
        "problems": words.problems_for_staff(grade),
        "flags": [[flag.name, flag.evidence] for flag in grade.flags],
        "facts": grade.facts,
    }


def _result(row: Row) -> Result:
    return Result(
        name=row["name"],
        cases={(question, case): Outcome(outcome) for question, case, outcome, _ in row["cases"]},
        messages={(question, case): text for question, case, _, text in row["cases"] if text},
        earned=row["earned"],
        problems=tuple(row["problems"]),
        flags=tuple(Flag(*flag) for flag in row["flags"]),
        facts=row["facts"],
    )
