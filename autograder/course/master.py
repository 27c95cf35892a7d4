"""What is wrong with the questions of a `master.py`, and in which line.

Otter Assign names neither: two questions of one name become one, and points that differ are
accepted, or refused without a word on whose they are.
"""

from __future__ import annotations

import re
from pathlib import Path

from autograder import words
from autograder.errors import ConfigError

_QUESTION = re.compile(
    r"^# # BEGIN QUESTION\n(?P<config>(?:# [^\n]*\n)*)(?P<body>.*?)(?=^# # END QUESTION)",
    re.MULTILINE | re.DOTALL,
)
_NAME = re.compile(r"^# name: *(\S+)", re.MULTILINE)
_POINTS = re.compile(r"^(?:# )?points: *([0-9.]+) *$", re.MULTILINE)
_CASE = re.compile(r"^def test_", re.MULTILINE)


def check(path: Path) -> None:
    """Raise ConfigError where two questions have one name, or points differ from their cases'."""
    text = path.read_text(encoding="utf-8")
    lines: dict[str, int] = {}
    for block in _QUESTION.finditer(text):
        if (name := _NAME.search(block["config"])) is None:
            continue  # Otter Assign says so
        question, line = name[1], _line(text, block.start("config") + name.start())
        if question in lines:
            raise ConfigError(
                f"{path}: line {line}: a second question is called `{question}`; the first one is "
                f"in line {lines[question]}. Give each a name of its own."
            )
        lines[question] = line
        if worth := _POINTS.search(block["config"]):
            at = _line(text, block.start("config") + worth.start())
            _check_points(f"{path}: line {at}: question `{question}`", worth[1], block["body"])


def _check_points(where: str, worth: str, body: str) -> None:
    """Compare with the cases; those without points of their own share what is left."""
    given = _POINTS.findall(body)
    difference = float(worth) - sum(map(float, given))
    shared = len(given) < len(_CASE.findall(body)) and difference > 0
    if given and not shared and abs(difference) > 1e-6:
        total = words.points(sum(map(float, given)))
        raise ConfigError(
            f"{where} is worth {worth}, but its cases have {' + '.join(given)} = {total} points. "
            "Make them agree."
        )


def line_of(path: Path, question: str, start: str) -> int:
    """The line of a question in which a text stands; the file's first one where it does not."""
    text = path.read_text(encoding="utf-8")
    for block in _QUESTION.finditer(text):
        name = _NAME.search(block["config"])
        if name and name[1] == question and (place := text.find(start, block.start())) >= 0:
            return _line(text, place)
    return 1


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
