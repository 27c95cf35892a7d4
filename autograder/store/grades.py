"""Writes grades and reads them again; keeps the gradebook and what humans decided.

Grades are only ever added. The gradebook says which grade of each submission counts; a human's word
stands beside it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from autograder.errors import KitError
from autograder.records import Flag, Grade, Override, Status
from autograder.store import rows

ALL = -1
"""The grade after which all grades are: their numbers begin with 1."""
_PLAIN = ("submission", "sha256", "score", "max_score", "seconds", "core_seconds", "memory_mb")
"""Fields of a grade that are columns as they are."""
_LIGHT = (
    f"SELECT {', '.join(_PLAIN)}, status, problems, remarks, made_from, flags "  # noqa: S608 - ours
    "FROM grades WHERE grade = ?"
)
"""A grade without the executed notebook, which is large."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the gradebook: the grade that counts, and how the submission was handed in."""

    grade: int
    student: str = ""
    earlier: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


class Store:
    """One open `grades.sqlite`. Each grade is written whole or not at all."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @property
    def assignment(self) -> str:
        """The assignment whose grades these are."""
        (row,) = self._read("SELECT name FROM assignment")
        return str(row["name"])

    # ------------------------------------------------------------ grading

    def begin(self, *, again: bool) -> int:
        """Begin a run, or continue the last one if it asked for the same and did not finish.

        Returns the number of the grade after which results may be used again; `again` makes it the
        newest one.
        """
        with self._writing() as connection:
            last = connection.execute(
                "SELECT since FROM runs WHERE finished IS NULL ORDER BY run DESC LIMIT 1"
            ).fetchone()
            if again and last is not None and last["since"] >= 0:
                return int(last["since"])
            newest = connection.execute(
                "SELECT coalesce(max(grade), 0) AS grade FROM grades"
            ).fetchone()
            since = int(newest["grade"]) if again else ALL
            rows.insert(connection, "runs", started=_now(), since=since)
        return since

    def finish(self) -> None:
        """Note that everything that was begun is done."""
        with self._writing() as connection:
            connection.execute("UPDATE runs SET finished = ? WHERE finished IS NULL", (_now(),))

    def known(self, submission: str, basis: str, since: int = ALL) -> int | None:
        """Return a grade made from exactly this, if there is one that has marks.

        That of the gradebook comes first: others may have been made and not accepted.
        """
        matches = self._read(
            "SELECT grade FROM grades WHERE submission = ? AND basis = ? AND grade > ? "
            "AND status != ? ORDER BY grade IN (SELECT grade FROM gradebook) DESC, grade DESC "
            "LIMIT 1",
            (submission, basis, since, Status.UNGRADED),
        )
        return int(matches[0]["grade"]) if matches else None

    def add(self, grade: Grade, basis: str) -> int:
        """Write one grade and all its verdicts; return its number."""
        with self._writing() as connection:
            number = rows.insert(
                connection,
                "grades",
                **{name: getattr(grade, name) for name in _PLAIN},
                basis=basis,
                graded=_now(),
                status=grade.status,
                problems=rows.problems_as_json(grade.problems),
                remarks=json.dumps(grade.remarks),
                made_from=json.dumps(dict(grade.made_from), sort_keys=True),
                flags=json.dumps([[flag.name, flag.evidence] for flag in grade.flags]),
                executed=zlib.compress(grade.executed.encode("utf-8", "replace")),
            )
            for name, value in grade.facts.items():
                rows.insert(connection, "facts", grade=number, name=name, value=json.dumps(value))
            for position, verdict in enumerate(grade.questions):
                rows.add_question(connection, number, position, verdict)
        return number

    # ------------------------------------------------------------ the gradebook

    def entries(self) -> dict[str, Entry]:
        """Return the gradebook, by submission, sorted."""
        entries = {
            row["submission"]: Entry(
                row["grade"], row["student"], rows.texts(row["earlier"]), rows.texts(row["remarks"])
            )
            for row in self._read(
                "SELECT submission, grade, student, earlier, remarks FROM gradebook"
            )
        }
        return dict(sorted(entries.items()))

    def publish(self, entries: Mapping[str, Entry]) -> None:
        """Enter grades into the gradebook, all or none; what is not named stays."""
        with self._writing() as connection:
            for submission, entry in entries.items():
                connection.execute("DELETE FROM gradebook WHERE submission = ?", (submission,))
                rows.insert(
                    connection,
                    "gradebook",
                    submission=submission,
                    grade=entry.grade,
                    student=entry.student,
                    earlier=json.dumps(entry.earlier),
                    remarks=json.dumps(entry.remarks),
                )

    def book(self) -> Iterator[Grade]:
        """Yield the grades that count, sorted by submission; without what is large."""
        overrides = self.overrides()
        for submission, entry in self.entries().items():
            yield self._entered(entry, overrides.get(submission, {}), whole=False)

    def one(self, submission: str) -> Grade | None:
        """Return one submission's grade that counts, with everything, or None."""
        entry = self.entries().get(submission)
        if entry is None:
            return None
        return self._entered(entry, self.overrides().get(submission, {}), whole=True)

    def whole(self, grades: Iterable[Grade]) -> Iterator[Grade]:
        """Yield grades of `book` again, each with its executed notebook and all facts."""
        entries = self.entries()
        for light in grades:
            number = entries[light.submission].grade
            facts = rows.facts(self._read, number, whole=True)
            yield replace(light, facts=facts, executed=rows.executed(self._read, number))

    def decided(self, number: int) -> Grade:
        """Return a grade with what humans decided about its submission."""
        grade = self.grade(number)
        return _decided(grade, self.overrides().get(grade.submission, {}))

    def grade(self, number: int, *, whole: bool = False) -> Grade:
        """Return a grade as it was added. Raises KitError where the file is damaged."""
        try:
            return self._grade(number, whole=whole)
        except (ValueError, TypeError, zlib.error) as error:
            raise self._damaged(f"grade {number}: {error}") from None

    def _grade(self, number: int, *, whole: bool) -> Grade:
        (row,) = self._read(_LIGHT, (number,))
        return Grade(
            **{name: row[name] for name in _PLAIN},
            status=Status(row["status"]),
            questions=tuple(rows.questions(self._read, number)),
            problems=rows.problems(row["problems"]),
            made_from=rows.made_from(row["made_from"]),
            flags=tuple(Flag(name, evidence) for name, evidence in json.loads(row["flags"])),
            facts=rows.facts(self._read, number, whole=whole),
            remarks=rows.texts(row["remarks"]),
            executed=rows.executed(self._read, number) if whole else "",
        )

    def _entered(self, entry: Entry, overrides: Mapping[str, Override], *, whole: bool) -> Grade:
        grade = self.grade(entry.grade, whole=whole)
        return replace(
            _decided(grade, overrides),
            student=entry.student,
            earlier=entry.earlier,
            remarks=(*entry.remarks, *grade.remarks),
        )

    def last_graded(self) -> str:
        """Return the day of the newest grade that counts, in UTC; empty where there is none."""
        (newest,) = self._read(
            "SELECT coalesce(max(graded), '') AS time FROM grades JOIN gradebook USING (grade)"
        )
        return str(newest["time"])[:10]

    # ------------------------------------------------------------ a human's word

    def overrides(self) -> dict[str, dict[str, Override]]:
        """Return the overrides that count, by submission and question."""
        overrides: dict[str, dict[str, Override]] = {}
        for row in self._read(
            "SELECT submission, question, points, reason, made, sha256 FROM overrides "
            "WHERE undone IS NULL ORDER BY override"
        ):
            word = Override(row["points"], row["reason"], row["made"], row["sha256"])
            overrides.setdefault(row["submission"], {})[row["question"]] = word
        return overrides

    def override(self, submission: str, question: str, points: float, reason: str) -> None:
        """Write down a human's word on one question; it replaces an earlier one.

        Raises KeyError where the gradebook has no such submission.
        """
        grade = self.grade(self.entries()[submission].grade)
        with self._writing() as connection:
            _undo(connection, submission, question)
            word = asdict(Override(points, reason, _now(), grade.sha256))
            rows.insert(connection, "overrides", submission=submission, question=question, **word)

    def undo(self, submission: str, question: str) -> bool:
        """Let the automatic points count again; False where no override did not."""
        with self._writing() as connection:
            return _undo(connection, submission, question) > 0

    def _read(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Read; a file that was damaged since it was opened is the machine's fault."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._damaged(error) from None

    def _damaged(self, why: object) -> KitError:
        return KitError(
            f"{self._path}: cannot be read: {why}. Keep it elsewhere and grade the class again."
        )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction; a full disk is the machine's fault, not the student's."""
        try:
            with self._connection:
                yield self._connection
        except sqlite3.Error as error:
            raise KitError(
                f"{self._path}: cannot be written: {error}. What was graded before is kept; when "
                "this is mended, the same command goes on from there."
            ) from None


def _decided(grade: Grade, overrides: Mapping[str, Override]) -> Grade:
    verdicts = (replace(v, override=overrides.get(v.question.name)) for v in grade.questions)
    return replace(grade, questions=tuple(verdicts))


def _undo(connection: sqlite3.Connection, submission: str, question: str) -> int:
    return connection.execute(
        "UPDATE overrides SET undone = ? WHERE submission = ? AND question = ? AND undone IS NULL",
        (_now(), submission, question),
    ).rowcount


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
