"""One submission's way to its row; `_steps` has the order of the steps."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder import words
from autograder.course.config import Assignment, Settings
from autograder.errors import AutograderError, SubmissionError
from autograder.grading import supplies
from autograder.grading.answering import OfSolution, Relied, without_own_answers
from autograder.grading.basis import made_from, of_ours, seed_of
from autograder.grading.blame import (
    NOTHING,
    KernelKilledError,
    Lost,
    judges_memory,
)
from autograder.grading.chance import only_failed, with_note
from autograder.grading.modules import missing_modules
from autograder.judge import Judge, Session
from autograder.notebook.cut import seeded
from autograder.notebook.definitions import sources_at
from autograder.notebook.executed import executed
from autograder.notebook.going_on import GoingOn, rest_on
from autograder.notebook.handout import Handout, handout
from autograder.notebook.read import read
from autograder.notebook.triage import opened
from autograder.reader.client import Reader
from autograder.records import (
    Grade,
    Outcome,
    Problem,
    QuestionVerdict,
    Reading,
    Script,
    Status,
    Submission,
    same_outcome,
    total,
)
from autograder.reports import facts
from autograder.reports.facts import Chance
from autograder.sandbox import Sandbox
from autograder.wall.confine import Level, keep_hidden
from autograder.wall.messages import Report
from autograder.wall.zygote import scratch_prefix, sweep

if TYPE_CHECKING:
    from autograder.course.data import Dataset

_log = logging.getLogger("autograder.grading")

MORE_CHANCES = 2
"""How often a submission runs again where nothing but chance can have cost it points."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A notebook that was run behind the wall, and judged meanwhile."""

    script: Script
    going_on: GoingOn
    report: Report
    judged: Session


@dataclass(frozen=True, slots=True)
class Grader:
    """Everything that grading one submission of an assignment needs, warm."""

    assignment: Assignment
    settings: Settings
    data: Dataset | None
    """None where the assignment needs none."""
    sandbox: Sandbox
    judge: Judge
    reader: Reader
    handout: Handout
    more_chances: int = MORE_CHANCES
    solution: OfSolution = field(default_factory=OfSolution)

    def grade(self, submission: Submission) -> Grade:
        """Grade one submission. Whatever its notebook does, this returns its row.

        Where something of ours failed, it is tried once more. Where nothing but chance can have
        cost points, it runs again with another seed, and the best run counts.
        """
        best, lost = self._grade_once(submission, 0)
        if best.status is Status.UNGRADED:
            _log.warning("%s could not be graded; it is tried again", submission.id)
            with suppress(Exception):  # where nothing starts, the first word stands
                self.sandbox.revive()
                self.judge.revive()
                self.reader.revive()
                lost = replace(lost, judge_at=lost.judge_at & self._judged_of_solution(lost))
                best, _ = self._grade_once(submission, 0, lost)
        if best.status is Status.UNGRADED:
            _log.error("%s stays ungraded, by a fault of ours", submission.id)
        chances: list[Chance] = []
        for attempt in range(1, 1 + self.more_chances):
            chance = facts.read(best.facts).by_chance
            if chance is None or not only_failed(best, chance.question):
                break
            chances.append(chance)
            _log.info("%s runs again with another seed: %s", submission.id, chance.evidence)
            again, _ = self._grade_once(submission, attempt)
            if again.score is not None and again.score >= (best.score or 0.0):
                best = again
        return with_note(best, chances) if chances else best

    def _judged_of_solution(self, lost: Lost) -> frozenset[str]:
        """The questions that the judge judges here and now, on the solution's own values.

        Run only where a submission lost the judge: whose fault that was is to be told.
        """
        if not lost.judge_at:
            return frozenset()
        content = (self.assignment.staff / self.assignment.notebook_name).read_bytes()
        grade, _ = self._grade_once(of_ours("solution", content), 0)
        judged = {Outcome.PASSED, Outcome.FAILED}
        return frozenset(
            verdict.question.name
            for verdict in grade.questions
            if {case.outcome for case in verdict.cases} <= judged
        )

    def _grade_once(
        self, submission: Submission, attempt: int, before: Lost = NOTHING
    ) -> tuple[Grade, Lost]:
        """Grade a submission once; say, too, what is its own doing where it comes again."""
        started, lost = time.monotonic(), NOTHING
        try:
            grade, lost = self._steps(submission, attempt, before)
        except SubmissionError as error:
            grade = self._blank(submission, Status.UNGRADABLE, error.problem)
        except Exception as error:  # noqa: BLE001 - one submission must not end a class
            _log.warning("%s: %s", submission.id, error, exc_info=True)
            why = str(error) if isinstance(error, AutograderError) else repr(error)
            ours = Problem("our fault", {"error": why}, ours=True)
            grade = self._blank(submission, Status.UNGRADED, ours)
            lost = Lost(kernel=isinstance(error, KernelKilledError))
        return replace(grade, seconds=round(time.monotonic() - started, 2)), lost

    def _steps(self, submission: Submission, attempt: int, before: Lost) -> tuple[Grade, Lost]:
        """Read, run behind the wall and judge meanwhile, score, make the row: in this order."""
        reading = opened(submission, self.handout, self.reader.read)
        seed = seed_of(self.settings.seed, submission.id, attempt)
        run = self._judged_run(reading, seed, before)
        script, report, judged = run.script, run.report, run.judged
        ended = words.problem(report.ended) if report.ended else ""
        verdicts = self._complete(self._verdicts(judged), ended)
        score = total(verdicts)
        problems = [*script.problems, *run.going_on.problems, *report.problems]
        problems += rest_on(run.going_on.problems, script, verdicts)
        problems += [
            Problem("value stays behind", {"question": question, "type": kind})
            for question, kind in judged.left_behind
        ]
        problems += [report.ended] if report.ended else []
        if score is None:
            unjudged = ", ".join(
                v.question.name for v in verdicts if v.earned is None and not v.open
            )
            problems.append(Problem("not judged", {"questions": unjudged}, ours=True))
        status = Status.PROBLEMS if problems else Status.GRADED
        flags = [*reading.flags, *(flag for verdict in verdicts for flag in verdict.flags)]
        grade = replace(
            self._row(submission, Status.UNGRADED if score is None else status, verdicts),
            score=score,
            problems=tuple(problems),
            flags=tuple(dict.fromkeys(flags)),
            facts={name: fact for v in verdicts for name, fact in v.facts.items()},
            core_seconds=report.core_seconds,
            memory_mb=report.memory_mb,
            remarks=script.remarks,
            executed=executed(reading.cells, script, report.outputs, ended, judged.handed_over),
        )
        return grade, Lost(judge_at=frozenset(judged.lost))

    def _judged_run(self, reading: Reading, seed: int, before: Lost) -> _Run:
        """Run the pieces in a kernel; at each checkpoint it waits until the judge has its verdict.

        A kernel that is killed twice in a row has itself to blame; once, it was our machine. So has
        a value at which the judge is lost twice, while it judges the solution's.
        """
        script = seeded(reading.script, self.assignment.before_cells)
        files = self._work_files(reading.notebook)
        going_on = GoingOn(script, files)
        questions = {question.name: question for question in self.assignment.questions}
        seconds = self.settings.limits.judge_seconds
        with self.judge.session(seed, seconds, before.judge_at) as session:

            def checkpoint(name: str, descriptors: Sequence[int], used: float) -> None:
                session.ask(questions[name], descriptors, used, sources_at(reading, name))

            report = self.sandbox.run(
                script,
                self.assignment.tested,
                files,
                seed,
                self.settings.limits,
                checkpoint,
                going_on.rest,
            )
        if report.killed and not before.kernel:
            ended = words.problem(report.ended) if report.ended else ""
            raise KernelKilledError(f"{ended}: killed from outside. Is the machine out of memory?")
        return _Run(script, going_on, report, session)

    def _verdicts(self, judged: Session) -> Mapping[str, QuestionVerdict]:
        """Return what was judged; nothing of the student's may answer where the solution has data.

        Run after the notebook, since the solution is graded for it where that is needed.
        """
        if not judged.relied_on or not self.assignment.solved:
            return judged.verdicts
        solution = self.solution.by_question(self._solution_relied_on)
        return {
            name: without_own_answers(verdict, judged.relied_on, solution)
            for name, verdict in judged.verdicts.items()
        }

    def _solution_relied_on(self) -> Relied:
        """Run the solution behind the wall, and return what its cases relied on."""
        content = (self.assignment.staff / self.assignment.notebook_name).read_bytes()
        solution = of_ours("solution", content)
        reading = opened(solution, self.handout, self.reader.read)
        seed = seed_of(self.settings.seed, solution.id)
        return self._judged_run(reading, seed, NOTHING).judged.relied_on

    def _work_files(self, notebook: str) -> dict[str, str]:
        """What the sandbox holds: the submission under the assignment's name, the public tests."""
        tests = sorted((self.assignment.student / "tests").glob("*.py"))
        return {
            self.assignment.notebook_name: notebook,
            **self.handout.tests,
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

    def _blank(self, submission: Submission, status: Status, why: Problem) -> Grade:
        message, detail = words.problem_for_student(why) or "", words.problem(why)
        verdicts = [
            same_outcome(question, Outcome.UNGRADED, message, detail)
            for question in self.assignment.questions
        ]
        return replace(self._row(submission, status, verdicts), problems=(why,))

    def _row(
        self, submission: Submission, status: Status, verdicts: Sequence[QuestionVerdict]
    ) -> Grade:
        """A row with what every submission has; its score is still blank."""
        return Grade(
            submission=submission.id,
            sha256=submission.sha256,
            status=status,
            questions=tuple(verdicts),
            score=None,
            max_score=self.assignment.points,
            problems=(),
            seconds=0.0,
            made_from=self.made_from(),
        )

    def missing_modules(self, submissions: Sequence[Submission]) -> Mapping[str, int]:
        """Count the notebooks that import each module that is not here."""
        return missing_modules(submissions, self.assignment, self.handout, self.reader.read)

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


def handout_of(assignment: Assignment) -> Handout:
    """Read the assignment's own notebooks."""
    reference, solution = (read(path.read_bytes()).notebook for path in _notebooks(assignment))
    return handout(reference, solution, [question.name for question in assignment.tested])


def reader_of(assignment: Assignment, level: Level) -> Reader:
    """The process, still to be started, in which an assignment's submissions are read."""
    names = [question.name for question in assignment.tested]
    return Reader(level, *_notebooks(assignment), names)


def _notebooks(assignment: Assignment) -> tuple[Path, Path]:
    """The notebook that students got, and the solved one."""
    name = assignment.notebook_name
    return assignment.student / name, assignment.staff / name


@contextmanager
def open_grader(
    assignment: Assignment, settings: Settings, data: Dataset | None, level: Level
) -> Iterator[Grader]:
    """Start the sandbox, the judge and the reader side by side, and end them afterwards."""
    keep_hidden(level, [assignment.staff])
    sweep()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=scratch_prefix())))
        folder.chmod(0o755)
        given = supplies.of_notebooks(assignment, settings.limits, data, folder)
        sandbox = stack.enter_context(Sandbox(level, given))
        memory = judges_memory(settings.limits)
        of_tests = supplies.of_tests(assignment, given)
        judge = stack.enter_context(
            Judge(level, assignment.staff, of_tests, memory, settings.numpy_printing)
        )
        reader = stack.enter_context(reader_of(assignment, level))
        course = handout_of(assignment)
        reader.wait_until_ready()
        judge.wait_until_ready()
        sandbox.wait_until_ready()
        yield Grader(assignment, settings, data, sandbox, judge, reader, course)
