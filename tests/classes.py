"""Made-up classes for tests and benchmarks: every status, flags, overrides; the same each time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from autograder import words
from autograder.records import (
    Case,
    CaseVerdict,
    Flag,
    Grade,
    Outcome,
    Override,
    Problem,
    Question,
    QuestionVerdict,
    Status,
)

_CASES: Sequence[tuple[str, bool, Sequence[tuple[str, float, float]]]] = [
    # question, all or nothing, cases: label, points, how hard
    ("q1", False, [("shapes are 60000 784 and 10000 784", 0.5, -3), ("dtype is float32", 0.5, -2.4), ("pixels reach from 0 to 1", 0.5, -1.6), ("images are in their order", 1.5, -2)]),
    ("q2", False, [("shapes are 60000 10 and 10000 10", 0.5, -2.2), ("each row has a single 1", 0.5, -2), ("labels are those of the images", 1, -1.2)]),
    ("q3", False, [("network is a keras model", 0.25, -4), ("it has two dense layers", 0.25, -3), ("units are 512 then 10", 0.5, -2.5), ("activations are relu then softmax", 0.5, -1), ("it takes 784 inputs", 0.5, -1.4), ("it computes what it says", 2, -1)]),
    ("q4", False, [("network is compiled", 0.25, -3), ("loss is categorical crossentropy", 0.5, -1), ("optimizer is rmsprop", 0.5, -1.5), ("accuracy is measured", 0.25, -2), ("a step of it lowers the loss", 1.5, -0.5)]),
    ("q5", True, [("loss and accuracy are numbers", 0.5, -2.5), ("accuracy is near one tenth", 0.5, -1.5), ("it is the untrained network", 1, -1)]),
    ("q6", True, [("training had 5 epochs of batches of 128", 0.75, -1), ("loss fell", 0.75, -2), ("this training made this network", 1.5, -0.5)]),
    ("q7", True, [("accuracy is at least 97 percent", 0.75, -0.8), ("network reaches 97 percent", 1.5, -0.6), ("they are what the network scores", 0.75, 0)]),
    ("q8", False, [("predicted digits are 0 to 9", 0.5, -0.5), ("digits are the likeliest", 1.5, 0.3)]),
    ("q9", False, [("gap is the difference", 0.5, 0.2), ("gap is this network's", 1.5, 1.5)]),
]  # fmt: skip

QUESTIONS = tuple(
    Question(
        name=name,
        all_or_nothing=whole,
        cases=tuple(
            Case(f"{name} - {i}", label, i > 2, points, f"Look at {name} again." if i > 2 else "")
            for i, (label, points, _) in enumerate(cases, 1)
        ),
        variables=("network",),
    )
    for name, whole, cases in _CASES
)
_HARD = {f"{n} - {i}": h for n, _, cases in _CASES for i, (_, _, h) in enumerate(cases, 1)}
MAX_SCORE = sum(question.points for question in QUESTIONS)
MADE_FROM = {"assignment": "sample", "tests": "a" * 64, "data": "mnist", "isolation": "full"}
BOUNDS = {"untrained_accuracy": [0.01, 0.25], "test_accuracy": [0.97, 1.0]}
_PROBLEMS = (
    Problem("cell too slow", {"where": "q4 (cell 28)", "seconds": 60}),
    Problem("text", {"text": "the check of q3 is gone; it was judged right after its answer"}),
    Problem("process ended", {"where": "q6 (cell 33)"}),
)
_NO_NOTEBOOK = Problem("text", {"text": "not a notebook: not JSON"}, "ipynb")
_OURS = Problem("our fault", {"error": "the judge did not answer within 60 s"}, ours=True)
_FLAGS = (
    Flag("source", "cell 12, line 3: uses sys.modules"),
    Flag("identical weights", "as in student-0003, student-0017"),
    Flag("fast training", "5 epochs took 0.2 core-seconds; one evaluation takes 1.9"),
)


def sample_class(n: int, seed: int = 0) -> list[Grade]:
    """Return `n` grades with a realistic spread; with 40 or more, of every kind there is."""
    random = Random(f"{seed}-{n}")
    return [_grade(number, random) for number in range(1, n + 1)]


def _grade(number: int, random: Random) -> Grade:
    name = f"student-{number:04d}"
    ability = random.gauss(1.2, 1.3)
    seconds = random.lognormvariate(2.3, 0.15)
    base = Grade(
        name, f"{number:064x}", Status.GRADED, (), None, MAX_SCORE, (), round(seconds, 2), MADE_FROM,
        core_seconds=round(seconds * 0.8, 2), memory_mb=round(random.gauss(900, 60), 1),
        student=f"canvas:{4000 + number}",
    )  # fmt: skip
    if number % 37 == 5:
        return _blank(base, Status.UNGRADABLE, _NO_NOTEBOOK)
    if number % 101 == 7:
        return _blank(base, Status.UNGRADED, _OURS)
    ended = number % 29 == 3
    verdicts = tuple(_verdict(q, ability, random, ended and q.name > "q5") for q in QUESTIONS)
    if number % 61 == 9:
        verdicts = _overridden(verdicts)
    problems = (_PROBLEMS[2 if ended else number % 2],) if ended or number % 23 == 4 else ()
    return replace(
        base,
        questions=verdicts,
        status=Status.PROBLEMS if problems else Status.GRADED,
        score=round(sum(v.earned or 0.0 for v in verdicts), 6),
        problems=problems,
        flags=(_FLAGS[number % len(_FLAGS)],) if number % 19 == 8 else (),
        remarks=("handed in late",) if number % 31 == 2 else (),
        earlier=(f"submissions/{name}_old.ipynb",) if number % 43 == 6 else (),
        facts={} if ended else _facts(verdicts, ability, random),
        seconds=round(seconds + 60, 2) if _PROBLEMS[0] in problems else base.seconds,
    )


def _blank(base: Grade, status: Status, why: Problem) -> Grade:
    message, detail = words.problem_for_student(why) or "", words.problem(why)
    verdicts = tuple(
        QuestionVerdict(
            q, tuple(CaseVerdict(c, Outcome.UNGRADED, message, detail) for c in q.cases), None
        )
        for q in QUESTIONS
    )
    return replace(
        base, status=status, questions=verdicts, problems=(why,), core_seconds=0.0, memory_mb=0.0
    )


def _verdict(q: Question, ability: float, random: Random, ended: bool) -> QuestionVerdict:
    cases = tuple(_case(case, ability, random, ended) for case in q.cases)
    passed = [case.case.points for case in cases if case.outcome is Outcome.PASSED]
    whole = len(passed) == len(cases)
    earned = (q.points if whole else 0.0) if q.all_or_nothing else float(sum(passed))
    notes = ("judged on the true images treated the same way",) if random.random() < 0.02 else ()
    return QuestionVerdict(q, cases, earned, notes)


def _case(case: Case, ability: float, random: Random, ended: bool) -> CaseVerdict:
    if ended:
        why = "not reached: the Python process ended"
        return CaseVerdict(case, Outcome.NOT_REACHED, why, why)
    if random.random() < 1 / (1 + math.exp(1.5 * (_HARD[case.name] - ability))):
        return CaseVerdict(case, Outcome.PASSED)
    if random.random() < 0.3:
        found = f"`{case.name.split()[0]}_answer` is not defined. Run the cell that defines it."
    else:
        found = f"{case.label}: found {random.uniform(0, 1):.4f}, expected at least 0.9700."
    return CaseVerdict(case, Outcome.FAILED, case.hint or found, found)


def _overridden(verdicts: tuple[QuestionVerdict, ...]) -> tuple[QuestionVerdict, ...]:
    word = Override(
        2.0, "right idea, wrong variable; agreed in office hours", "2026-03-01T10:00:00"
    )
    return (*verdicts[:-1], replace(verdicts[-1], override=word))


def _facts(verdicts: Sequence[QuestionVerdict], ability: float, random: Random) -> dict[str, Any]:
    trained = verdicts[6].cases[1].outcome is Outcome.PASSED
    epochs = 5 if trained else random.choice([1, 2, 5, 5, 8])
    end = random.gauss(0.9788, 0.0017) if trained else min(0.969, random.gauss(0.955, 0.008))
    if random.random() < 0.02:
        end, epochs = random.gauss(0.12, 0.03), 5
    learned = [end + 0.011 - (end - 0.85) * 0.55 ** (e + 1) * 1.6 for e in range(epochs)]
    accuracy = [round(value + random.gauss(0, 0.0008), 5) for value in learned]
    return {
        "untrained_accuracy": round(random.gauss(0.1005, 0.023), 4),
        "test_accuracy": round(end, 4),
        "train_accuracy": round(end + 0.012, 4),
        "history": {
            "accuracy": accuracy,
            "loss": [round(-2.5 * math.log(min(max(v, 0.02), 0.999)), 5) for v in accuracy],
        },
        "bounds": BOUNDS,
    }
