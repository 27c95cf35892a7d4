"""The order of the steps for one submission, and many submissions in parallel."""

from __future__ import annotations

import hashlib
import json
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from autograder import words
from autograder.course.config import Assignment, Settings
from autograder.course.data import Dataset, unpacked
from autograder.errors import AutograderError, KitError, SubmissionError
from autograder.judge import Judge
from autograder.notebook.executed import executed
from autograder.notebook.handout import Handout, handout
from autograder.notebook.read import read
from autograder.notebook.triage import opened
from autograder.records import (
    Grade,
    Outcome,
    QuestionVerdict,
    Status,
    Submission,
    better,
    same_outcome,
    total,
)
from autograder.sandbox import Sandbox
from autograder.wall.confine import Level
from autograder.wall.zygote import scratch_prefix, sweep

_VERSIONS = ("autograder", "otter-grader", "tensorflow", "keras", "numpy", "ipykernel", "nbclient")

MORE_CHANCES = 2
"""How often a submission runs again where nothing but chance can have cost it points."""


class _Killed(KitError):  # noqa: N818 - it says what became of the kernel
    """The kernel was killed, and not by us."""


@dataclass(frozen=True, slots=True)
class Grader:
    """Everything that grading one submission of an assignment needs, warm."""

    assignment: Assignment
    settings: Settings
    data: Dataset
    sandbox: Sandbox
    judge: Judge
    handout: Handout
    more_chances: int = MORE_CHANCES

    def grade(self, submission: Submission) -> Grade:
        """Grade one submission. Whatever its notebook does, this returns its row.

        Where something of ours failed, it is tried once more. Where nothing but chance can have
        cost points, it runs again with another seed, and the best run counts.
        """
        best, killed = self._grade_once(submission, 0)
        if best.status is Status.UNGRADED:
            with suppress(Exception):  # where nothing starts, the first word stands
                self.sandbox.revive()
                self.judge.revive()
                best, _ = self._grade_once(submission, 0, killed_before=killed)
        tried: list[dict[str, str]] = []
        for attempt in range(1, 1 + self.more_chances):
            chance = best.facts.get("by_chance")
            if chance is None or not _only_failed(best, chance["question"]):
                break
            tried.append(chance)
            again, _ = self._grade_once(submission, attempt)
            if again.score is not None and again.score >= (best.score or 0.0):
                best = again
        return _with_note(best, tried) if tried else best

    def _grade_once(
        self, submission: Submission, attempt: int, *, killed_before: bool = False
    ) -> tuple[Grade, bool]:
        """Grade a submission once; say, too, whether it stays ungraded since it was killed."""
        started, killed = time.monotonic(), False
        try:
            grade = self._run(submission, attempt, killed_before=killed_before)
        except SubmissionError as error:
            grade = self._blank(submission, Status.UNGRADABLE, str(error))
        except Exception as error:  # noqa: BLE001 - one submission must not end a class
            why = str(error) if isinstance(error, AutograderError) else repr(error)
            grade = self._blank(submission, Status.UNGRADED, f"our fault: {why}")
            killed = isinstance(error, _Killed)
        return replace(grade, seconds=round(time.monotonic() - started, 2)), killed

    def _run(self, submission: Submission, attempt: int, *, killed_before: bool) -> Grade:
        """Run the notebook behind the wall, judged as it goes.

        A kernel that is killed twice in a row has itself to blame; once, it was our machine.
        """
        for_memory = _killed_for_memory()
        reading = opened(submission, self.handout)
        by_name = {question.name: question for question in self.assignment.questions}
        seed = seed_of(self.settings.seed, submission.id, attempt)
        verdicts: dict[str, QuestionVerdict] = {}
        with self.judge.session(seed, self.settings.limits.judge_seconds) as session:

            def checkpoint(name: str, folder: int, used: float) -> None:
                verdict = session.ask(by_name[name], folder, used)
                verdicts[name] = better(verdicts.get(name), verdict)

            report = self.sandbox.run(
                reading.script,
                self.assignment.questions,
                self._work_files(reading.notebook),
                seed,
                self.settings.limits,
                checkpoint,
            )
        if report.killed and (not killed_before or _killed_for_memory() > for_memory):
            raise _Killed(f"{report.ended}: killed from outside. Is the machine out of memory?")
        complete = self._complete(verdicts, report.ended)
        problems = [
            *map(words.problem, reading.script.problems),
            *report.problems,
            *([report.ended] if report.ended else []),
        ]
        points = total(complete)
        if points is None:
            lost = ", ".join(v.question.name for v in complete if v.earned is None)
            problems.append(f"our fault: {lost} could not be judged; grade this one again")
        status = Status.PROBLEMS if problems else Status.GRADED
        flags = [*reading.flags, *(flag for verdict in complete for flag in verdict.flags)]
        return Grade(
            submission=submission.id,
            sha256=submission.sha256,
            status=Status.UNGRADED if points is None else status,
            questions=tuple(complete),
            score=points,
            max_score=self.assignment.points,
            problems=tuple(problems),
            seconds=0.0,
            made_from=self.made_from(),
            flags=tuple(dict.fromkeys(flags)),
            facts={name: fact for v in complete for name, fact in v.facts.items()},
            core_seconds=report.core_seconds,
            memory_mb=report.memory_mb,
            remarks=reading.script.remarks,
            executed=executed(reading.cells, reading.script, report.outputs, report.ended),
        )

    def _work_files(self, notebook: str) -> dict[str, str]:
        """What the sandbox holds: the submission under the assignment's name, the public tests."""
        tests = sorted((self.assignment.student / "tests").glob("*.py"))
        return {
            self.assignment.notebook_name: notebook,
            **{f"tests/{path.name}": path.read_text(encoding="utf-8") for path in tests},
        }

    def _complete(
        self, verdicts: Mapping[str, QuestionVerdict], ended: str
    ) -> list[QuestionVerdict]:
        """Put the verdicts in order; what has none was not reached."""
        message = f"not reached: {ended}"
        return [
            verdicts.get(question.name)
            or same_outcome(question, Outcome.NOT_REACHED, message, message)
            for question in self.assignment.questions
        ]

    def _blank(self, submission: Submission, status: Status, why: str) -> Grade:
        questions = tuple(
            same_outcome(question, Outcome.UNGRADED, why, why)
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
            seconds=0.0,
            made_from=self.made_from(),
        )

    def most_jobs(self, wanted: int) -> int:
        """How many submissions may run at once: without namespaces, one."""
        return 1 if self.sandbox.level is Level.REDUCED else wanted

    def made_from(self) -> dict[str, str]:
        """What a grade rests on, besides the notebook itself."""
        return made_from(self.assignment, self.settings, self.data, self.sandbox.level)


def as_handed_in(grade: Grade, submission: Submission) -> Grade:
    """Say with a grade how the submission was handed in; two may have the same notebook."""
    return replace(
        grade,
        student=submission.student,
        earlier=submission.earlier,
        remarks=(*submission.remarks, *grade.remarks),
    )


def made_from(
    assignment: Assignment, settings: Settings, data: Dataset, level: Level
) -> dict[str, str]:
    """What grades rest on, besides the notebooks themselves."""
    return {
        "assignment": assignment.name,
        "tests": assignment.tests_sha256,
        "settings": settings.sha256,
        "data": data.name,
        "data_sha256": data.sha256,
        "isolation": str(level),
        "python": platform.python_version(),
        **{name: version(name) for name in _VERSIONS},
    }


def basis(rests_on: Mapping[str, str], submission: Submission) -> str:
    """SHA-256 of all that a submission's marks rest on."""
    text = json.dumps(dict(rests_on), sort_keys=True)
    content = submission.sha256 or submission.damage
    return hashlib.sha256(f"{text}\0{submission.id}\0{content}".encode()).hexdigest()


def seed_of(seed: int, submission: str, attempt: int = 0) -> int:
    """The seed of one submission: the same at every regrade, another for every student."""
    again = f"\0{attempt}" if attempt else ""
    digest = hashlib.sha256(f"{seed}\0{submission}{again}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def _killed_for_memory() -> int:
    """How many processes the system has ended so far because it had no memory left."""
    with suppress(OSError, ValueError, IndexError):
        counts = Path("/proc/vmstat").read_text(encoding="ascii")
        return int(counts.split("\noom_kill ")[1].split()[0])
    return 0


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
    sweep()
    reference, solution = (
        read((folder / assignment.notebook_name).read_bytes()).notebook
        for folder in (assignment.student, assignment.staff)
    )
    course = handout(reference, solution, [question.name for question in assignment.questions])
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=scratch_prefix())))
        folder.chmod(0o755)
        path = unpacked(data.path, folder)
        sandbox = stack.enter_context(Sandbox(level, path))
        judge = stack.enter_context(Judge(level, assignment.staff, path, settings.limits.memory_mb))
        judge.wait_until_ready()
        sandbox.wait_until_ready()
        yield Grader(assignment, settings, data, sandbox, judge, course)


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
    waiting, running = iter(submissions), list[Future[Grade]]()
    try:
        while True:
            try:
                for submission in islice(waiting, 2 * jobs - len(running)):
                    running.append(pool.submit(work, submission))
            except RuntimeError as error:
                raise KitError(f"grading cannot go on: {error}. Is the memory full?") from None
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            ready = [future for future in running if future in done]
            running = [future for future in running if future not in done]
            yield from (future.result() for future in ready)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
