"""Made-up grades and classes for tests and benchmarks: the same each time, nothing is run."""

from __future__ import annotations

import base64
import math
from collections.abc import Collection, Mapping, Sequence
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
    question_verdict,
    same_outcome,
    total,
)
from tests.executed import sample_notebook

SECRETS = ("test_with_a_secret_name", "secret detail", "secret note", "secret flag")
"""Words that stand in grades and in nothing that students read: label, detail, note, flag."""
HOSTILE = '=HYPERLINK("x") is a <b>str</b>, expected an int.'
BOUNDS = {"untrained_accuracy": [0.01, 0.25], "test_accuracy": [0.97, 1.0]}


def question(name: str, *cases: tuple[str, float, str], whole: bool = False) -> Question:
    """A question from its cases' labels, points and hints; those with a hint are hidden."""
    made = (
        Case(f"{name} - {number}", label, bool(hint), points, hint)
        for number, (label, points, hint) in enumerate(cases, 1)
    )
    return Question(name, whole, tuple(made), ("network",))


def verdict(
    question: Question, failed: Collection[int] = (), message: str = "", *notes: str
) -> QuestionVerdict:
    """A verdict on which some cases (by index) failed: public ones say `message`, others a hint."""
    cases = tuple(
        CaseVerdict(case, Outcome.PASSED)
        if index not in failed
        else CaseVerdict(case, Outcome.FAILED, case.hint or message, SECRETS[1])
        for index, case in enumerate(question.cases)
    )
    return question_verdict(question, cases, notes)


def grade(name: str, *verdicts: QuestionVerdict, **fields: Any) -> Grade:
    """A grade with these verdicts; other `fields` by name."""
    usual: dict[str, Any] = {
        "sha256": "ab" * 32,
        "status": Status.GRADED,
        "score": total(verdicts),
        "max_score": sum(verdict.question.points for verdict in verdicts),
        "problems": (),
        "seconds": 1.25,
        "made_from": {"tests": "cd" * 32, "assignment": "tiny"},
    }
    return Grade(submission=name, questions=verdicts, **{**usual, **fields})


def text_problem(text: str, *, ours: bool = False) -> Problem:
    """A problem that says just this."""
    return Problem("text", {"text": text}, ours=ours)


def blank(
    name: str, questions: Sequence[Question], status: Status, why: Problem, **fields: Any
) -> Grade:
    """A grade whose marks stay blank, as grading makes it."""
    said = words.problem_for_student(why) or "", words.problem(why)
    verdicts = [same_outcome(question, Outcome.UNGRADED, *said) for question in questions]
    return grade(name, *verdicts, status=status, problems=(why,), **fields)


def facts(
    untrained: float, test: float, accuracy: Sequence[float], loss: Sequence[float], **more: Any
) -> dict[str, Any]:
    """What the judge measured of a network that was trained."""
    return {
        "untrained_accuracy": round(untrained, 4),
        "test_accuracy": round(test, 4),
        "train_accuracy": round(test + 0.012, 4),
        "history": {"loss": list(loss), "accuracy": list(accuracy)},
        "bounds": BOUNDS,
        **more,
    }


# One grade with all that a feedback page shows.

_HINT = "The network itself does not reach the accuracy asked for. Train it as the question says."
_FOUND = (
    "`train_images` reaches from 0 to 0.003922, expected 0 to 1. Divided by 255 twice? Begin with "
    "the raw images, not with your own result."
)
_LABELS = {
    "q1": ("images have 784 numbers each", "pixels are floats", "pixels reach from 0 to 1"),
    "q2": ("labels have ten columns",),
    "q3": ("network is a keras model", "units are 512 then 10"),
    "q6": ("training had 5 epochs of batches of 128", "loss fell"),
    "q7": ("accuracy is at least 97 percent",),
}
FIVE = tuple(
    question(
        name,
        *((label, 0.5, "") for label in labels),
        (SECRETS[0], 1.5, _HINT),
        whole=name in ("q6", "q7"),
    )
    for name, labels in _LABELS.items()
)


def trained(
    name: str = "student-01",
    number: int = 1,
    failed: Mapping[str, Sequence[int]] | None = None,
    **fields: Any,
) -> Grade:
    """A grade in which some cases failed (indices by question), another network per `number`."""
    failed = {"q1": [2], "q7": [0, 1]} if failed is None else failed
    verdicts = [verdict(q, failed.get(q.name, ()), _FOUND, SECRETS[2]) for q in FIVE]
    usual = {
        "seconds": 9.5,
        "made_from": {"assignment": "mnist", "data": "MNIST"},
        "facts": trained_facts(number),
        "executed": sample_notebook(),
    }
    return grade(name, *verdicts, **{**usual, **fields})


def trained_class(count: int) -> list[Grade]:
    """A class of trained networks, all different."""
    return [
        trained(f"student-{number:02}", number, {"q7": [1]} if number % 3 == 0 else {})
        for number in range(1, 1 + count)
    ]


def trained_facts(number: int = 1) -> dict[str, Any]:
    """All that the judge measures, down to the wrong digits; another network per `number`."""
    random = Random(number)
    better = random.uniform(0, 0.02)
    losses = [0.26, 0.104, 0.069, 0.05, 0.038]
    confusion = [[random.randrange(4) for _ in range(10)] for _ in range(10)]
    for digit in range(10):
        confusion[digit][digit] = 980
    return facts(
        0.1 + better,
        0.975 + better / 3,
        [round(0.98 - value / 5 + better / 2, 4) for value in losses],
        [round(value - better / 2, 4) for value in losses],
        confusion=confusion,
        predictions="".join(str(random.randrange(10)) for _ in range(10_000)),
        wrong=[_wrong_digit(random) for _ in range(12)],
        weights="5ec4e7",
    )


def _wrong_digit(random: Random) -> dict[str, Any]:
    label, predicted = random.sample(range(10), 2)
    sure = random.uniform(0.6, 0.99)
    probabilities = [0.0] * 10
    probabilities[predicted], probabilities[label] = round(sure, 4), round(1 - sure, 4)
    x, y = random.uniform(9, 19), random.uniform(9, 19)
    ring = [abs(((i % 28 - x) ** 2 + (i // 28 - y) ** 2) ** 0.5 - 7) for i in range(784)]
    image = bytes(max(0, 255 - int(120 * distance)) for distance in ring)
    return {
        "index": random.randrange(10_000),
        "label": label,
        "predicted": predicted,
        "probabilities": probabilities,
        "image": base64.b64encode(image).decode(),
    }


# A small class with every kind of grade that an export must tell apart.

TINY = (
    question(
        "q1",
        ("answer is an integer", 1.0, ""),
        ("answer is right", 1.0, "Multiply six by seven."),
    ),
    question(
        "q2",
        ("squares has ten numbers", 1.0, ""),
        ("squares are right", 2.0, "Square each number once."),
        whole=True,
    ),
)
RIGHT = (verdict(TINY[0]), verdict(TINY[1]))


def by_hand(points: float, reason: str) -> QuestionVerdict:
    """A verdict on q2 that a human overrode."""
    override = Override(points, reason, "2026-11-02T09:00:00Z")
    return replace(verdict(TINY[1], [1]), override=override)


def tiny_class(lms: str = "", first: int = 100) -> tuple[Grade, ...]:
    """Ten submissions; with `lms`, the files' names tell whose most of them are."""

    def student(number: int) -> dict[str, str]:
        return {"student": f"{lms}:{first + number}" if lms else ""}

    wrong = verdict(TINY[0], [1]), verdict(TINY[1], [0], HOSTILE)
    crashed = {
        "status": Status.PROBLEMS,
        "problems": (text_problem("q2 (cell 7): the Python process ended"),),
    }
    overridden = by_hand(2.5, "=1+1 is right,\nas said in class")
    unreadable = text_problem("not a notebook: not JSON")
    full = Problem("our fault", {"error": "/srv/secret is full"}, ours=True)
    return (
        grade("student-01", *RIGHT, **student(1)),
        grade("student-02", *wrong, **student(2), **crashed),
        grade("student-03", RIGHT[0], overridden, **student(3)),
        blank("student-04", TINY, Status.UNGRADABLE, unreadable, **student(4)),
        blank("student-05", TINY, Status.UNGRADED, full, **student(5)),
        grade("student-06", *RIGHT, **student(6)),
        grade("student-07/final", *RIGHT, **student(7)),
        grade("student-07/first", *wrong, **student(7)),
        grade("student-08", *RIGHT),
        grade("student-09", *RIGHT),
    )


# A class of any size with a realistic spread.

_NINE: Mapping[str, Sequence[tuple[str, float, float]]] = {
    # label, points, how hard; the cases after the second are hidden
    "q1": (
        ("shapes are 60000 784 and 10000 784", 0.5, -3),
        ("dtype is float32", 0.5, -2.4),
        ("pixels reach from 0 to 1", 0.5, -1.6),
        ("images are in their order", 1.5, -2),
    ),
    "q2": (
        ("shapes are 60000 10 and 10000 10", 0.5, -2.2),
        ("each row has a single 1", 0.5, -2),
        ("labels are those of the images", 1, -1.2),
    ),
    "q3": (
        ("network is a keras model", 0.25, -4),
        ("it has two dense layers", 0.25, -3),
        ("units are 512 then 10", 0.5, -2.5),
        ("activations are relu then softmax", 0.5, -1),
        ("it takes 784 inputs", 0.5, -1.4),
        ("it computes what it says", 2, -1),
    ),
    "q4": (
        ("network is compiled", 0.25, -3),
        ("loss is categorical crossentropy", 0.5, -1),
        ("optimizer is rmsprop", 0.5, -1.5),
        ("accuracy is measured", 0.25, -2),
        ("a step of it lowers the loss", 1.5, -0.5),
    ),
    "q5": (
        ("loss and accuracy are numbers", 0.5, -2.5),
        ("accuracy is near one tenth", 0.5, -1.5),
        ("it is the untrained network", 1, -1),
    ),
    "q6": (
        ("training had 5 epochs of batches of 128", 0.75, -1),
        ("loss fell", 0.75, -2),
        ("this training made this network", 1.5, -0.5),
    ),
    "q7": (
        ("accuracy is at least 97 percent", 0.75, -0.8),
        ("network reaches 97 percent", 1.5, -0.6),
        ("they are what the network scores", 0.75, 0),
    ),
    "q8": (
        ("predicted digits are 0 to 9", 0.5, -0.5),
        ("digits are the likeliest", 1.5, 0.3),
    ),
    "q9": (
        ("gap is the difference", 0.5, 0.2),
        ("gap is this network's", 1.5, 1.5),
    ),
}
NINE = tuple(
    question(
        name,
        *(
            (label, points, f"Look at {name} again." if index >= 2 else "")
            for index, (label, points, _) in enumerate(cases)
        ),
        whole=name in ("q5", "q6", "q7"),
    )
    for name, cases in _NINE.items()
)
MAX_SCORE = sum(question.points for question in NINE)
_MADE_FROM = {"assignment": "sample", "data": "mnist", "isolation": "full"}
_HARD = {f"{n} - {i}": hard for n, cases in _NINE.items() for i, (*_, hard) in enumerate(cases, 1)}
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
    return [_sample(number, random) for number in range(1, n + 1)]


def _sample(number: int, random: Random) -> Grade:
    name = f"student-{number:04d}"
    ability = random.gauss(1.2, 1.3)
    seconds = random.lognormvariate(2.3, 0.15)
    usual: dict[str, Any] = {
        "sha256": f"{number:064x}",
        "made_from": {**_MADE_FROM, "tests": "a" * 64},
        "student": f"canvas:{4000 + number}",
    }
    memory = round(random.gauss(900, 60), 1)
    if number % 37 == 5:
        return blank(name, NINE, Status.UNGRADABLE, _NO_NOTEBOOK, **usual)
    if number % 101 == 7:
        return blank(name, NINE, Status.UNGRADED, _OURS, **usual)
    ended = number % 29 == 3
    verdicts = [_sample_verdict(q, ability, random, ended and q.name > "q5") for q in NINE]
    score = total(verdicts)
    if number % 61 == 9:
        reason = "right idea, wrong variable; agreed in office hours"
        override = Override(2.0, reason, "2026-03-01T10:00:00")
        verdicts[-1] = replace(verdicts[-1], override=override)
    problems = (_PROBLEMS[2 if ended else number % 2],) if ended or number % 23 == 4 else ()
    return grade(
        name,
        *verdicts,
        status=Status.PROBLEMS if problems else Status.GRADED,
        score=score,
        problems=problems,
        flags=(_FLAGS[number % len(_FLAGS)],) if number % 19 == 8 else (),
        remarks=("handed in late",) if number % 31 == 2 else (),
        earlier=(f"submissions/{name}_old.ipynb",) if number % 43 == 6 else (),
        facts={} if ended else _sample_facts(verdicts, random),
        seconds=round(seconds + 60 * (_PROBLEMS[0] in problems), 2),
        core_seconds=round(seconds * 0.8, 2),
        memory_mb=memory,
        **usual,
    )


def _sample_verdict(q: Question, ability: float, random: Random, ended: bool) -> QuestionVerdict:
    cases = tuple(_sample_case(case, ability, random, ended) for case in q.cases)
    notes = ("judged on the true images treated the same way",) if random.random() < 0.02 else ()
    return question_verdict(q, cases, notes)


def _sample_case(case: Case, ability: float, random: Random, ended: bool) -> CaseVerdict:
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


def _sample_facts(verdicts: Sequence[QuestionVerdict], random: Random) -> dict[str, Any]:
    good = verdicts[6].cases[1].outcome is Outcome.PASSED
    epochs = 5 if good else random.choice([1, 2, 5, 5, 8])
    end = random.gauss(0.9788, 0.0017) if good else min(0.969, random.gauss(0.955, 0.008))
    if random.random() < 0.02:
        end, epochs = random.gauss(0.12, 0.03), 5
    learned = [end + 0.011 - (end - 0.85) * 0.55 ** (e + 1) * 1.6 for e in range(epochs)]
    accuracy = [round(value + random.gauss(0, 0.0008), 5) for value in learned]
    losses = [round(-2.5 * math.log(min(max(v, 0.02), 0.999)), 5) for v in accuracy]
    return facts(random.gauss(0.1005, 0.023), end, accuracy, losses)
