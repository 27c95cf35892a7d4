"""Cases of both formats as the judge runs them: verdicts as Otter's, and what is said of failures."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pytest
from otter.test_files import TestFile
from otter.test_files.exception_test import ExceptionTestFile
from otter.test_files.ok_test import OKTestFile

from autograder.judge import cases, printing
from autograder.records import Outcome
from autograder.wall.messages import CaseResult


def in_doctests(*codes: str) -> str:
    """A test file in OK format with a case for each text."""
    parts = [{"code": textwrap.dedent(code).strip("\n")} for code in codes]
    spec = {"name": "q1", "points": 1, "suites": [{"cases": parts, "type": "doctest"}]}
    return f"OK_FORMAT = True\ntest = {spec!r}\n"


def in_functions(body: str) -> str:
    head = "from otter.test_files import test_case\nOK_FORMAT = False\nname = 'q1'\npoints = 1\n"
    return f"{head}@test_case()\n{body}\n"


def run(source: str, printed: str = "both", **names: Any) -> tuple[list[CaseResult], list[str]]:
    notes: list[str] = []
    return list(cases.run_all("q1", source, names, printed, notes)), notes


def by_otter(source: str, **names: Any) -> list[bool]:
    spec: dict[str, Any] = {}
    exec(source, spec)
    test: TestFile
    if spec["OK_FORMAT"]:
        test = OKTestFile.from_spec(spec["test"])
    else:
        test = ExceptionTestFile.from_string(source)
    test.run(dict(names))
    return [result.passed for result in test.test_case_results]


DOCTESTS: dict[str, tuple[str, ...]] = {
    "right": (">>> x\n3",),
    "wrong": (">>> x\n4",),
    "several examples": (">>> x\n3\n>>> x + 1\n5",),
    "several lines": (">>> for i in range(2):\n...     print(i)\n0\n1",),
    "nothing expected": (">>> x",),
    "an assertion": (">>> assert x == 4, 'no'",),
    "an exception that is expected": (">>> 1 / 0\nTraceback (most recent call last):\n  ...\nZeroDivisionError: division by zero",),
    "another exception": (">>> [][0]\nTraceback (most recent call last):\n  ...\nKeyError: 0",),
    "a name of an earlier case": (">>> y = x", ">>> y\n3"),
    "a changed object of an earlier case": (">>> names.append('b')", ">>> names\n['a', 'b']"),
    "a rebound name of an earlier case": (">>> x = 5\n>>> x\n5", ">>> x\n3"),
    "flags": (">>> list(range(20)) # doctest: +ELLIPSIS\n[0, 1, ..., 19]",),
    "white space": (">>> 'a  b'\n'a b'", ">>> print('a  b') # doctest: +NORMALIZE_WHITESPACE\na b"),
    "not Python": (">>> x +\n3",),
    "an end of everything": (">>> raise SystemExit\n3",),
    "no example": ("x",),
}  # fmt: skip


@pytest.mark.parametrize("case", DOCTESTS)
def test_doctests_are_judged_as_otter_does(case: str) -> None:
    source = in_doctests(*DOCTESTS[case])
    found, _ = run(source, x=3, names=["a"])
    assert [r.outcome is Outcome.PASSED for r in found] == by_otter(source, x=3, names=["a"])


SAID: dict[str, tuple[str, str, bool]] = {
    "a value": (">>> x + 1\n5", "`x + 1` gives 4, expected 5", False),
    "nothing": (">>> None\n5", "`None` gives nothing, expected 5", False),
    "several lines": (">>> print(1, '2', sep='\\n')\n5", "`print(1, '2', sep='\\n')` gives \n1\n2\n, expected 5", False),
    "an exception": (">>> x[0]\n5", "`x[0]` raises TypeError: 'int' object is not subscriptable", False),
    "what the test itself lacks": (">>> 1\n1\n>>> len(5)\n1", "`len(5)` raises TypeError: object of type 'int' has no len()", False),
    "not defined": (">>> lost\n5", "`lost` is not defined: run the cell", True),
    "not filled in": (">>> stub + 1\n5", "`stub` is not filled in yet", True),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_of_a_doctest_that_fails(case: str) -> None:
    code, text, shown = SAID[case]
    (result,), _ = run(in_doctests(code), x=3, stub=...)
    assert result.text.startswith(text)
    assert (result.outcome, result.open) == (Outcome.FAILED, shown)


def test_what_else_failed_is_for_staff() -> None:
    (result,), _ = run(in_doctests(">>> x\n1\n>>> x\n2"), x=3)
    assert (result.text, result.detail) == ("`x` gives 3, expected 1", "`x` gives 3, expected 2")


FUNCTIONS: dict[str, tuple[str, str, bool]] = {
    "right": ("def test_a(x):\n    assert x == 3", "", False),
    "an assertion": ("def test_a(x):\n    assert x == 4, 'no'", "no", False),
    "an assertion without words": ("def test_a(x):\n    assert x == 4", "`assert x == 4` does not hold", False),
    "an exception": ("def test_a(x):\n    x[0]", "the check could not work with this value (TypeError", False),
    "an end of everything": ("def test_a(x):\n    raise SystemExit", "the check could not work with this value (SystemExit", False),
    "a missing parameter": ("def test_a(lost):\n    assert lost", "`lost` is not defined", True),
    "a parameter not filled in": ("def test_a(stub):\n    assert stub == 3", "`stub` is not filled in yet", True),
    "a default counts for nothing": ("def test_a(lost=3):\n    assert lost == 3", "`lost` is not defined", True),
    "env": ("def test_a(env):\n    assert env['x'] == 3", "", False),
    "a key of env": ("def test_a(env):\n    assert env['lost'] == 3", "`lost` is not defined", True),
    "a key not filled in": ("def test_a(env):\n    assert env.get('stub') == 3, 'no'", "`stub` is not filled in yet", True),
    "env and a parameter": ("def test_a(env, x):\n    assert 'lost' in env, f'{x} no'", "3 no", False),
}  # fmt: skip


@pytest.mark.parametrize("case", FUNCTIONS)
def test_functions_are_judged_as_otter_does(case: str) -> None:
    body, text, shown = FUNCTIONS[case]
    (result,), _ = run(in_functions(body), x=3, stub=...)
    assert result.text.startswith(text) and (result.outcome is Outcome.PASSED) == (text == "")
    assert result.open == shown
    if "SystemExit" not in body:  # which ends plain Otter itself
        assert [result.outcome is Outcome.PASSED] == by_otter(in_functions(body), x=3, stub=...)


def test_a_fault_of_the_machine_fails_no_doctest() -> None:
    def full(*, of_student: bool) -> None:
        error = OSError(28, "No space left on device")
        if of_student:
            error.of_student = True  # type: ignore[attr-defined]
        raise error

    with pytest.raises(OSError, match="machine's fault"):
        run(in_doctests(">>> f(of_student=False)"), f=full)
    (result,), _ = run(in_doctests(">>> f(of_student=True)"), f=full)
    assert result.outcome is Outcome.FAILED


PRINTED: dict[str, tuple[str, dict[str, bool]]] = {
    "version 1": (">>> flag\nTrue", {"both": True, "1": True, "2": False}),
    "version 2": (">>> flag\nnp.True_", {"both": True, "1": False, "2": True}),
    "a number in a list": (">>> [number]\n[1.5]", {"both": True, "1": True, "2": False}),
    "wrong in either": (">>> number\n1.6", {"both": False, "1": False, "2": False}),
}  # fmt: skip


@pytest.mark.parametrize("case", PRINTED)
@pytest.mark.parametrize("way", ["both", "1", "2"])
def test_numpy_prints_as_the_course_says(case: str, way: str) -> None:
    code, expected = PRINTED[case]
    (result,), notes = run(in_doctests(code), way, flag=np.bool_(True), number=np.float64(1.5))
    assert (result.outcome is Outcome.PASSED) == expected[way]
    assert bool(notes) == (way == "both" and expected["both"] and not expected["2"])


@pytest.mark.parametrize(
    "value",
    [
        np.True_, np.float64(-1.5e-7), np.float32(2), np.int64(-3), np.uint8(3), np.float64("nan"),
        np.complex128(1 + 2j), np.str_("it's"), np.str_("a\\b"), np.bytes_(b"x"),
        np.datetime64("2026-01-02"), np.timedelta64(1, "D"), [np.int64(1), {"a": np.False_}],
        "np.True_", np.longdouble("1.5"),
    ],
)  # fmt: skip
def test_scalars_are_printed_as_before(value: object) -> None:
    with np.printoptions(legacy="1.25"):
        before = repr(value)
    assert printing.as_before(repr(value)) == before
