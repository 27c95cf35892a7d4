"""The order of the steps for one submission, and many submissions in parallel."""

from __future__ import annotations

import hashlib
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder import notebook as notebooks
from autograder import score, triage
from autograder.confine import Level
from autograder.course import Assignment, Settings
from autograder.datasets import Dataset, unpacked
from autograder.errors import AutograderError, SubmissionError
from autograder.flags import source_flags
from autograder.judge import Judge
from autograder.records import Flag, Grade, Outcome, QuestionVerdict, Status, Submission
from autograder.sandbox import Sandbox

_VERSIONS = ("autograder", "otter-grader", "tensorflow", "keras", "numpy", "ipykernel", "nbclient")

MORE_CHANCES = 2
"""How often a submission runs again where nothing but chance can have cost it points."""


@dataclass(frozen=True, slots=True)
class Grader:
    """Everything that grading one submission of an assignment needs, warm."""

    assignment: Assignment
    settings: Settings
    data: Dataset
    sandbox: Sandbox
    judge: Judge
    reference: Any
    solution: Any
    more_chances: int = MORE_CHANCES

    def grade(self, submission: Submission) -> Grade:
        """Grade one submission. Whatever its notebook does, this returns its row.

        Where nothing but chance can have cost points, it runs again with another seed, and the
        best run counts.
        """
        best = self._grade_once(submission, 0)
        tried: list[dict[str, str]] = []
        for attempt in range(1, 1 + self.more_chances):
            chance = best.facts.get("by_chance")
            if chance is None or not _only_failed(best, chance["question"]):
                break
            tried.append(chance)
            again = self._grade_once(submission, attempt)
            if (again.score or 0.0) >= (best.score or 0.0):
                best = again
        return _with_note(best, tried) if tried else best

    def _grade_once(self, submission: Submission, attempt: int) -> Grade:
        started = time.monotonic()
        try:
            verdicts, problems, flags, remarks = self._run(submission, attempt)
            facts = {name: fact for v in verdicts for name, fact in v.facts.items()}
            flags += [flag for verdict in verdicts for flag in verdict.flags]
        except SubmissionError as error:
            return self._blank(submission, Status.UNGRADABLE, str(error), started)
        except Exception as error:  # noqa: BLE001 - one submission must not end a class
            why = str(error) if isinstance(error, AutograderError) else repr(error)
            return self._blank(submission, Status.UNGRADED, f"our fault: {why}", started)
        points = score.total(verdicts)
        if points is None:
            lost = ", ".join(v.question.name for v in verdicts if v.earned is None)
            problems.append(f"our fault: {lost} could not be judged; grade this one again")
        status = Status.PROBLEMS if problems else Status.GRADED
        return Grade(
            submission=submission.id,
            sha256=submission.sha256,
            status=Status.UNGRADED if points is None else status,
            questions=tuple(verdicts),
            score=points,
            max_score=self.assignment.points,
            problems=tuple(problems),
            seconds=round(time.monotonic() - started, 2),
            made_from=self.made_from(),
            flags=tuple(dict.fromkeys(flags)),
            facts=facts,
            remarks=tuple(remarks),
            student=submission.student,
            earlier=submission.earlier,
        )

    def _run(
        self, submission: Submission, attempt: int
    ) -> tuple[list[QuestionVerdict], list[str], list[Flag], list[str]]:
        """Run the notebook behind the wall, judged as it goes."""
        names = [question.name for question in self.assignment.questions]
        notebook, script = triage.opened(submission, self.reference, self.solution, names)
        by_name = {question.name: question for question in self.assignment.questions}
        seed = seed_of(self.settings.seed, submission.id, attempt)
        verdicts: dict[str, QuestionVerdict] = {}
        with self.judge.session(seed, self.settings.limits.judge_seconds) as session:

            def checkpoint(name: str, folder: int, used: float) -> None:
                verdict = session.ask(by_name[name], folder, used)
                verdicts[name] = score.better(verdicts.get(name), verdict)

            report = self.sandbox.run(
                script,
                self.assignment.questions,
                self._work_files(notebook),
                seed,
                self.settings.limits,
                checkpoint,
            )
        problems = [*script.problems, *report.problems, *([report.ended] if report.ended else [])]
        flags = source_flags(notebook, self.reference)
        remarks = [*submission.remarks, *script.remarks]
        return self._complete(verdicts, report.ended), problems, flags, remarks

    def _work_files(self, notebook: Any) -> dict[str, str]:
        """What the sandbox holds: the submission under the assignment's name, the public tests.

        Outputs are left out: they can be large, and nothing reads them.
        """
        tests = sorted((self.assignment.student / "tests").glob("*.py"))
        return {
            self.assignment.notebook_name: notebooks.without_outputs(notebook),
            **{f"tests/{path.name}": path.read_text(encoding="utf-8") for path in tests},
        }

    def _complete(
        self, verdicts: Mapping[str, QuestionVerdict], ended: str
    ) -> list[QuestionVerdict]:
        """Put the verdicts in order; what has none was not reached."""
        message = f"not reached: {ended}"
        return [
            verdicts.get(question.name)
            or score.same_outcome(question, Outcome.NOT_REACHED, message, message)
            for question in self.assignment.questions
        ]

    def _blank(self, submission: Submission, status: Status, why: str, started: float) -> Grade:
        questions = tuple(
            score.same_outcome(question, Outcome.UNGRADED, why, why)
            for question in self.assignment.questions
        )
        return Grade(
            submission=submission.id,
            sha256=submission.sha256,
            status=status,
            questions=questions,
            score=None,
            max_score=self.assignment.points,
            problems=(why,),
            seconds=round(time.monotonic() - started, 2),
            made_from=self.made_from(),
            remarks=submission.remarks,
            student=submission.student,
            earlier=submission.earlier,
        )

    def most_jobs(self, wanted: int) -> int:
        """How many submissions may run at once: without namespaces, one."""
        return 1 if self.sandbox.level is Level.REDUCED else wanted

    def made_from(self) -> dict[str, str]:
        """What a grade rests on, besides the notebook itself."""
        return {
            "assignment": self.assignment.name,
            "tests": self.assignment.tests_sha256,
            "settings": self.settings.sha256,
            "data": self.data.name,
            "data_sha256": self.data.sha256,
            "isolation": str(self.sandbox.level),
            "python": platform.python_version(),
            **{name: version(name) for name in _VERSIONS},
        }


def seed_of(seed: int, submission: str, attempt: int = 0) -> int:
    """The seed of one submission: the same at every regrade, another for every student."""
    again = f"\0{attempt}" if attempt else ""
    digest = hashlib.sha256(f"{seed}\0{submission}{again}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def _only_failed(grade: Grade, question: str) -> bool:
    """Return whether every case that did not pass is of this question."""
    return {question} == {
        verdict.question.name
        for verdict in grade.questions
        for case in verdict.cases
        if case.outcome is not Outcome.PASSED
    }


def _with_note(grade: Grade, tried: Sequence[Mapping[str, str]]) -> Grade:
    """Say, with the question that chance decided, that there was more than one run."""
    found = "; ".join(chance["found"] for chance in tried)
    note = f"run again with another seed, because chance alone can give this: {found}"
    verdicts = (
        replace(v, notes=(*v.notes, note)) if v.question.name == tried[0]["question"] else v
        for v in grade.questions
    )
    return replace(grade, questions=tuple(verdicts))


@contextmanager
def grader(
    assignment: Assignment, settings: Settings, data: Dataset, level: Level
) -> Iterator[Grader]:
    """Start the sandbox and the judge side by side, and end them afterwards."""
    reference = assignment.student / assignment.notebook_name
    solution = assignment.staff / assignment.notebook_name
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="autograder-")))
        folder.chmod(0o755)
        path = unpacked(data.path, folder)
        sandbox = stack.enter_context(Sandbox(level, path))
        judge = stack.enter_context(Judge(level, assignment, path, settings.limits.memory_mb))
        judge.wait_until_ready()
        sandbox.wait_until_ready()
        yield Grader(
            assignment,
            settings,
            data,
            sandbox,
            judge,
            notebooks.read(reference.read_bytes()),
            notebooks.read(solution.read_bytes()),
        )


def grade_all(
    one: Grader, submissions: Sequence[Submission], jobs: int, started: Callable[[str], None]
) -> Iterator[Grade]:
    """Grade many submissions, `jobs` at a time; yield each row as it is finished.

    `started` is told of each submission, from a thread of its own.
    """

    def work(submission: Submission) -> Grade:
        started(submission.id)
        return one.grade(submission)

    pool = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
    try:
        for future in as_completed([pool.submit(work, each) for each in submissions]):
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
