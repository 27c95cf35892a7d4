"""A sample class, made from the solution: right, unfilled, typical mistakes, hostile and broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.course.config import Assignment
from autograder.notebook import otter
from autograder.notebook.read import read

ASSIGNMENT = "mnist"

_HALF_DONE = ("q1", "q2", "q3")


def write_class(assignment: Assignment, folder: Path) -> list[str]:
    """Write a dozen submissions of the assignment `mnist`; return their names."""
    notebooks = {
        side: read((path / assignment.notebook_name).read_bytes()).notebook
        for side, path in (("student", assignment.student), ("solution", assignment.staff))
    }
    names = [question.name for question in assignment.questions]
    solved = {
        name: "\n".join(notebooks["solution"].cells[i].source for i in cells)
        for name, cells in otter.answer_cells(notebooks["solution"], names).items()
    }

    def solution_but(**answers: str) -> str:
        return _text(otter.with_answers(notebooks["solution"], answers, names))

    def half_done() -> str:
        answers = {name: solved[name] for name in _HALF_DONE}
        return _text(otter.with_answers(notebooks["student"], answers, names))

    samples: dict[str, Callable[[], str]] = {
        "perfect": lambda: solution_but(),
        "untouched": lambda: _text(notebooks["student"]),
        "half-done": half_done,
        "divided-twice": lambda: solution_but(
            q1=f"{solved['q1']}\ntrain_images = train_images / 255\ntest_images = test_images / 255"
        ),
        "labels-not-one-hot": lambda: solution_but(
            q2="train_labels = raw_train_labels\ntest_labels = raw_test_labels"
        ),
        "softmax-forgotten": lambda: solution_but(
            q3=solved["q3"].replace('activation="softmax"', "activation=None")
        ),
        "one-epoch": lambda: solution_but(q6=solved["q6"].replace("epochs=5", "epochs=1")),
        "typed-in-accuracy": lambda: solution_but(
            q6=solved["q6"].replace("epochs=5", "epochs=1"), q7="test_loss, test_acc = 0.07, 0.98"
        ),
        "endless-loop": lambda: solution_but(q4=f"{solved['q4']}\nwhile True:\n    pass"),
        "crash": lambda: solution_but(q4="import os\nos._exit(1)"),
        "typing-error": lambda: solution_but(q2="train_labels = to_categorial(raw_train_labels)"),
        "not-a-notebook": lambda: "I could not open Jupyter, sorry. My answers: 0.98\n",
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in samples.items():
        (folder / f"{name}.ipynb").write_text(make(), encoding="utf-8")
    return list(samples)


def _text(notebook: Any) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
