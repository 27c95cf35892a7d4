"""What a kernel claims about its exception is a short list of the right kinds, or nothing."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from autograder.records import CellError
from autograder.sandbox import raised


def reply(value: object) -> dict[str, Any]:
    text = value if isinstance(value, str) else repr(json.dumps(value))
    return {"user_expressions": {"raised": {"data": {"text/plain": text}}}}


def test_a_claim_is_read() -> None:
    claim = raised.answer(reply(["KeyError", "'a'", 3, 0]))
    assert claim == CellError("KeyError", "'a'", 3, 0)


HOSTILE: dict[str, Any] = {
    "nothing": {},
    "no mapping": 5,
    "no text": {"user_expressions": {"raised": {"data": {"text/plain": 5}}}},
    "code": reply("__import__('os').abort()"),
    "no JSON": reply("'x'"),
    "too few": reply(["KeyError", "a"]),
    "too many": reply(["KeyError", "a", 1, 0, 0]),
    "a truth for a number": reply(["KeyError", "a", True, 0]),
    "a number for a text": reply([5, "a", 1, 0]),
    "an object": reply({"KeyError": 1, "b": 2, "c": 3, "d": 4}),
    "long": reply(["KeyError", "a" * 30_000, 1, 0]),
    "nested": reply("(" * 10_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_anything_else_is_none(case: str) -> None:
    assert raised.answer(HOSTILE[case]) is None


def test_half_a_character_can_be_sent_on() -> None:
    claim = raised.answer(reply(["KeyError", "\ud800", 1, 0]))
    assert claim is not None
    assert claim.text.encode() == b"?"


def test_the_question_finds_the_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    namespace: dict[str, Any] = {}
    try:
        exec(compile("def f():\n    return [][0]\nx = 1; f()", "<cell>", "exec"), namespace)
    except IndexError as error:
        for name, value in (("value", error), ("traceback", error.__traceback__), ("type", 0)):
            monkeypatch.setattr(sys, f"last_{name}", value, raising=False)
    text = eval(raised.question(below_a_magic=False), namespace)
    assert json.loads(text) == ["IndexError", "list index out of range", 3, 7]
    assert sys.last_traceback is None
