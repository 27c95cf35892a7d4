"""Made-up grades for tests of reports: what the pipeline delivers, without running anything."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Mapping, Sequence
from typing import Any

from autograder import words
from autograder.records import (
    Case,
    CaseVerdict,
    Grade,
    Outcome,
    Problem,
    Question,
    QuestionVerdict,
    Status,
)
from autograder.reports.student import pictures

SECRETS = ("test_with_a_secret_name", "secret detail", "secret note", "secret flag")
"""Words that stand in every sample grade, and in no page for students."""

_LABELS = {
    "q1": ("images have 784 numbers each", "pixels are floats", "pixels reach from 0 to 1"),
    "q2": ("labels have ten columns",),
    "q3": ("network is a keras model", "units are 512 then 10"),
    "q6": ("training had 5 epochs of batches of 128", "loss fell"),
    "q7": ("accuracy is at least 97 percent",),
}
_FOUND = (
    "`train_images` reaches from 0 to 0.003922, expected 0 to 1. Divided by 255 twice? Begin with "
    "the raw images, not with your own result."
)
_HINT = "The network itself does not reach the accuracy asked for. Train it as the question says."


def sample_questions() -> tuple[Question, ...]:
    """Five questions, each with public cases and a hidden one; two are all or nothing."""
    return tuple(
        Question(
            name,
            name in ("q6", "q7"),
            (
                *(Case(f"{name} - {i}", label, False, 0.5, "") for i, label in enumerate(labels)),
                Case(f"{name} - {len(labels)}", SECRETS[0], True, 1.5, _HINT),
            ),
            ("network",),
        )
        for name, labels in _LABELS.items()
    )


def sample_verdict(question: Question, failed: Sequence[int] = ()) -> QuestionVerdict:
    """A question of which some cases (by index) failed."""
    cases = tuple(
        CaseVerdict(case, Outcome.PASSED)
        if index not in failed
        else CaseVerdict(case, Outcome.FAILED, case.hint if case.hidden else _FOUND, SECRETS[1])
        for index, case in enumerate(question.cases)
    )
    earned = sum(c.case.points for c in cases if c.outcome is Outcome.PASSED)
    if question.all_or_nothing and failed:
        earned = 0.0
    return QuestionVerdict(question, cases, earned, (SECRETS[2],))


def sample_facts(number: int = 1) -> dict[str, Any]:
    """What the judge measured of a network that was trained; another one for each number."""
    draw = random.Random(number)
    better = draw.uniform(0, 0.02)
    losses = [0.26, 0.104, 0.069, 0.05, 0.038]
    confusion = [[draw.randrange(4) for _ in range(10)] for _ in range(10)]
    for digit in range(10):
        confusion[digit][digit] = 980
    return {
        "history": {
            "loss": [round(value - better / 2, 4) for value in losses],
            "accuracy": [round(0.98 - value / 5 + better / 2, 4) for value in losses],
        },
        "untrained_accuracy": round(0.1 + better, 4),
        "test_accuracy": round(0.975 + better / 3, 4),
        "train_accuracy": round(0.985 + better / 3, 4),
        "confusion": confusion,
        "predictions": "".join(str(draw.randrange(10)) for _ in range(10_000)),
        "wrong": [_wrong(draw) for _ in range(12)],
        "weights": "5ec4e7",
        "bounds": {"test_accuracy": [0.97, 1.0]},
    }


def _wrong(draw: random.Random) -> dict[str, Any]:
    label, predicted = draw.sample(range(10), 2)
    sure = draw.uniform(0.6, 0.99)
    shares = [0.0] * 10
    shares[predicted], shares[label] = round(sure, 4), round(1 - sure, 4)
    x, y = draw.uniform(9, 19), draw.uniform(9, 19)
    ring = [abs(((i % 28 - x) ** 2 + (i // 28 - y) ** 2) ** 0.5 - 7) for i in range(784)]
    image = bytes(max(0, 255 - int(120 * distance)) for distance in ring)
    return {
        "index": draw.randrange(10_000),
        "label": label,
        "predicted": predicted,
        "probabilities": shares,
        "image": base64.b64encode(image).decode(),
    }


def code(source: str, *outputs: Mapping[str, Any], **metadata: Any) -> dict[str, Any]:
    """An executed code cell."""
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": list(outputs)}


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def shown(**data: Any) -> dict[str, Any]:
    """A rich output: `shown(text_plain="...")`, `shown(image_png="...")`."""
    kinds = {name.replace("_", "/", 1): value for name, value in data.items()}
    return {"output_type": "display_data", "data": kinds, "metadata": {}}


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def executed(*cells: Mapping[str, Any]) -> str:
    """An executed notebook as it comes with a grade."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def png(width: int = 320, height: int = 120) -> str:
    """A picture as notebooks hold it: base64 of a PNG."""
    levels = bytes(255 * x // width for _ in range(height) for x in range(width))
    return pictures.grey(levels, width).uri.partition(",")[2]


def sample_notebook() -> str:
    """A small notebook with all that is usual: prose, code, bars of progress, a plot, an error."""
    bar = "".join(
        f"\r\x1b[1m{step}/469\x1b[0m \x1b[32m{'━' * (step // 24)}\x1b[0m\x1b[37m{'━' * (20 - step // 24)}"
        f"\x1b[0m \x1b[1m1s\x1b[0m 2ms/step - accuracy: 0.9{step:03} - loss: 0.2616"
        for step in (1, 200, 469)
    )
    return executed(
        markdown(
            "# Your first neural network\n\nSome *text* with `code`, $f(z) = \\max(0, z)$, and a "
            "[link](https://keras.io).\n\n- one\n- two\n\n| digit | count |\n|---|---|\n| 0 | 980 |\n"
        ),
        code("import keras\nimport numpy as np\n\nprint('ready')  # all is loaded", printed("ready\n")),
        code("train_images = raw_train_images.reshape(60000, 784) / 255 / 255"),
        code("grader.check('q1')", printed("q1 results: 1 test failed\n"), questions=["q1"]),
        code("train_labels = keras.utils.to_categorical(raw_train_labels)"),
        code("grader.check('q2')", shown(text_plain="q2 passed!", text_html="<p><b>q2</b> passed!</p>"), questions=["q2"]),
        code("network = keras.Sequential([keras.Input(shape=(784,)), keras.layers.Dense(512, activation=\"relu\")])\ngrader.check('q3')", questions=["q3"]),
        code("history = network.fit(train_images, train_labels, epochs=1)\ngrader.check('q6')", printed(f"Epoch 1/1\n{bar}\n"), questions=["q6"]),
        code("plt.plot(history.history['loss'])\nplt.show()", shown(text_plain="<Figure size 640x480>", image_png=png())),
        code(
            "test_loss, test_acc = netwrok.evaluate(test_images, test_labels)",
            {
                "output_type": "error",
                "ename": "NameError",
                "evalue": "name 'netwrok' is not defined",
                "traceback": [
                    "\x1b[31m---------------------------------------------------------------------------\x1b[39m",
                    "\x1b[31mNameError\x1b[39m                                 Traceback (most recent call last)",
                    "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[9]\x1b[39m\n\x1b[32m----> \x1b[39m\x1b[32m1\x1b[39m test_loss, test_acc = netwrok.evaluate(test_images, test_labels)",
                    "\x1b[31mNameError\x1b[39m: name 'netwrok' is not defined",
                ],
            },
        ),
        code("grader.check('q7')", questions=["q7"]),
        code("grader.export()", skipped="it writes the zip to hand in"),
    )  # fmt: skip


def sample_grade(
    submission: str = "student-01",
    number: int = 1,
    failed: Mapping[str, Sequence[int]] | None = None,
    **changes: Any,
) -> Grade:
    """A grade in which some cases failed (indices by question); fields by name in `changes`."""
    failed = {"q1": [2], "q7": [0, 1]} if failed is None else failed
    verdicts = tuple(sample_verdict(q, failed.get(q.name, ())) for q in sample_questions())
    fields: dict[str, Any] = {
        "submission": submission,
        "sha256": "0" * 64,
        "status": Status.GRADED,
        "questions": verdicts,
        "score": sum(verdict.earned or 0.0 for verdict in verdicts),
        "max_score": sum(verdict.question.points for verdict in verdicts),
        "problems": (),
        "seconds": 9.5,
        "made_from": {"assignment": "mnist", "data": "MNIST"},
        "facts": sample_facts(number),
        "executed": sample_notebook(),
    }
    return Grade(**{**fields, **changes})


def text_problem(text: str, *, ours: bool = False) -> Problem:
    """A problem that says just this."""
    return Problem("text", {"text": text}, ours=ours)


def blank_grade(status: Status, problem: Problem, submission: str = "student-01") -> Grade:
    """A grade whose marks stay blank, as the pipeline makes it."""
    message, detail = words.problem_for_student(problem) or "", words.problem(problem)
    verdicts = tuple(
        QuestionVerdict(
            q, tuple(CaseVerdict(c, Outcome.UNGRADED, message, detail) for c in q.cases), None
        )
        for q in sample_questions()
    )
    return sample_grade(
        submission, status=status, questions=verdicts, score=None, problems=(problem,),
        facts={}, executed="",
    )  # fmt: skip


def sample_class(count: int) -> list[Grade]:
    """A class of trained networks, all different."""
    return [
        sample_grade(f"student-{number:02}", number, {"q7": [1]} if number % 3 == 0 else {})
        for number in range(1, 1 + count)
    ]
