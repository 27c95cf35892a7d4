"""What a notebook defines, as text: how an answer was written is read from it."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import pytest

from autograder.judge import worker
from autograder.judge.client import Session
from autograder.notebook.cells import Cell
from autograder.notebook.definitions import definitions, sources_at
from autograder.records import Case, Outcome, Piece, Question, Reading, Script
from autograder.wall.channel import close_all, receive, send
from autograder.wall.messages import CaseResult, Judgement, JudgeRequest

CASES: list[tuple[str, dict[str, str | None]]] = [
    ("def f(x):\n    return x  # so\n\nf(1)", {"f": "def f(x):\n    return x  # so"}),
    ("@cache\ndef f(x):\n    return x", {"f": "@cache\ndef f(x):\n    return x"}),
    ("async def f(): pass", {"f": "async def f(): pass"}),
    ("class A:\n    def f(self): pass", {"A": "class A:\n    def f(self): pass"}),
    ("import numpy as np, os.path", {"np": "import numpy as np, os.path", "os": "import numpy as np, os.path"}),
    ("from numpy import add as f", {"f": "from numpy import add as f"}),
    ("f = g = np.add\nx[0] = 1", {"f": "f = g = np.add", "g": "f = g = np.add"}),
    ("(a, b), *c = t", dict.fromkeys("abc", "(a, b), *c = t")),
    ("def f(): return 1\ndef f(): return 2", {"f": "def f(): return 2"}),
    ("if y:\n    def f(): return 1\nelse:\n    f = h", {"f": "    f = h"}),
    ("try:\n    f = 1\nexcept E:\n    f = 2\nfinally:\n    g = 3", {"f": "    f = 2", "g": "    g = 3"}),
    ("for i in range(3):\n    f = g\nwith h as k: pass", {"i": "for i in range(3):\n    f = g", "f": "    f = g", "k": "with h as k: pass"}),
    ("if (n := 3):\n    def f():\n        inner = 1", {"n": "if (n := 3):\n    def f():\n        inner = 1", "inner": None}),
    ("%matplotlib inline\nx = 1", {"x": "x = 1"}),
    ("%%time\ndef f(): pass", {"f": "def f(): pass"}),
    ("%%bash\nf = 1", {}),
    ("def f(:", {}),
    ("é = 'ü'; f = 'ö'", {"é": "é = 'ü'; f = 'ö'", "f": "é = 'ü'; f = 'ö'"}),
]  # fmt: skip


def split(*sources: str, checked: Sequence[str] = ()) -> tuple[Script, list[Cell]]:
    """A notebook of some cells, and which questions are checked after each."""
    names = [*checked, *[""] * len(sources)]
    pieces = [Piece(source, i, tuple(names[i].split())) for i, source in enumerate(sources)]
    cells = [Cell(i, "code", source, "", frozenset()) for i, source in enumerate(sources)]
    return Script(tuple(pieces), (), ()), cells


@pytest.mark.parametrize(("source", "defined"), CASES)
def test_the_last_statement_that_binds_a_name_counts(
    source: str, defined: dict[str, str | None]
) -> None:
    (found,) = definitions(*split(source))
    assert {name: found.get(name) for name in defined} == defined
    assert bool(found) == bool(defined)


def reading(*pieces: tuple[str, str]) -> Reading:
    """Sources, each with the question that is checked after it."""
    script, cells = split(*(source for source, _ in pieces), checked=[q for _, q in pieces])
    return Reading(script, (), (), "", begun=True, definitions=definitions(script, cells))


def test_what_is_defined_below_the_check_does_not_count() -> None:
    file = reading(("f = 1", "q1"), ("f = 2", "q2"), ("f = 3\ng = 4", ""))
    at = [sources_at(file, name)["f"] for name in ("q1", "q2", "q3")]
    assert at == ["f = 1", "f = 2", "f = 3"]  # q3 is judged at the end
    assert "g" not in sources_at(file, "q2")


def test_of_several_checks_the_last_one_counts() -> None:
    file = reading(("f = 1", "q1"), ("f = 2", "q1"), ("f = 3", ""))
    assert sources_at(file, "q1") == {"f": "f = 2"}


def test_a_support_module_is_told(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    ours, theirs = socket.socketpair()
    requests: list[JudgeRequest] = []

    def answer() -> None:
        received = receive(theirs, JudgeRequest)
        assert received is not None
        requests.append(received[0])
        close_all(received[1])
        send(theirs, Judgement((CaseResult(Outcome.PASSED),), (), ()))

    thread = Thread(target=answer, daemon=True)
    thread.start()
    folder = os.open(tmp_path, os.O_RDONLY)
    session = Session(lambda: ours, JudgeRequest("", 1, 5.0, 0.0))
    question = Question("q1", False, (Case("q1", "q1", False, 1, ""),), ("f",))
    assert session.ask(question, [folder], 0.0, {"f": "f = 1"}).earned == 1
    thread.join()
    os.close(folder)
    session.close()
    theirs.close()
    module = type(os)("judging")
    vars(module)["sources"] = None
    worker._tell([module], requests[0])
    assert vars(module)["sources"] == {"f": "f = 1"}
