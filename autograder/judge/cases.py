"""Runs the cases of one Otter test file as Otter does, and tells whose fault a failure is."""

from __future__ import annotations

import ast
import doctest
import inspect
import linecache
import mmap
import re
import resource
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder import words
from autograder.errors import lacks_memory, machines_fault
from autograder.judge import printing
from autograder.judge.testfiles import ExceptionTestFile, OKTestFile, TestCase, run_doctest
from autograder.records import Outcome
from autograder.wall.messages import CaseResult

_ROOM = 512 << 20
"""More bytes than a test of an honest value asks for at once."""
_TEXT = 2_000
_DETAIL = 4_000
_NO_NAME = re.compile(r"name '(\w+)' is not defined")


def unless_ours(error: BaseException) -> None:
    """What the machine is to blame for fails nobody's case; a value too large for us does.

    Nor is it the machine's fault where the student's own process raised it (`of_student`).
    """
    if getattr(error, "of_student", False):
        return
    if machines_fault(error) and not (lacks_memory(error) and _only_our_limit()):
        raise OSError(f"the machine's fault: {error!r}") from None


def _only_our_limit() -> bool:
    """Whether the machine has memory that nothing but our own limit keeps from us."""
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY:
        return False
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    if limit - used < _ROOM:
        return True
    try:
        mmap.mmap(-1, _ROOM).close()
    except (OSError, MemoryError):
        return False
    return True


def run_all(
    question: str,
    source: str,
    environment: dict[str, Any],
    printed: str,
    notes: list[str],
    begin: Callable[[bool], None] = lambda _: None,
    relied: Callable[[], tuple[str, ...]] = tuple,
) -> tuple[CaseResult, ...]:
    """Run a test file, given as text, on a student's values; results in the order of its cases.

    `printed` says how NumPy prints: see `printing`. What is to be said is appended to `notes`.
    Before each case, `begin` is told whether that is hidden; `relied` says what it relied on.
    """
    checker = printing.Checker(notes if printed == printing.BOTH else None)
    with printing.numpy(printed):
        results = []
        for case in test_cases(question, source):
            begin(case.hidden)
            result = run(case, environment, checker)
            results.append(replace(result, relies_on=relied()))
    return tuple(results)


def test_cases(question: str, source: str) -> list[TestCase]:
    """Read a test file of either format, as Otter does."""
    lines = source.splitlines(keepends=True)
    linecache.cache[f"{question}.py"] = (len(source), None, lines, f"{question}.py")
    spec: dict[str, Any] = {}
    exec(compile(source, f"{question}.py", "exec"), spec)  # noqa: S102 - the staff's own code
    if spec["OK_FORMAT"]:
        return list(OKTestFile.from_spec(spec["test"], f"{question}.py").test_cases)
    return list(ExceptionTestFile.from_string(source, f"{question}.py").test_cases)


def run(
    case: TestCase, environment: dict[str, Any], checker: doctest.OutputChecker | None = None
) -> CaseResult:
    """Run one test case as Otter does, and keep what it raised apart from its source."""
    if isinstance(case.body, str):
        result = _doctest(case, environment, checker)
    else:
        result = _call(case, environment)
    if result.outcome is Outcome.PASSED:
        return result
    lack = _lack(case, environment, result)
    if not lack:
        return result
    detail = "\n".join(text for text in (result.text, result.detail) if text and text != lack)
    return CaseResult(result.outcome, lack, detail, open=True)


def _call(case: TestCase, environment: dict[str, Any]) -> CaseResult:
    """Call the function of a case in exception format."""
    try:
        case.body.call_func(environment)
    except AssertionError as error:
        line = traceback.extract_tb(error.__traceback__)[-1].line
        return CaseResult(Outcome.FAILED, (str(error) or f"`{line}` does not hold")[:_TEXT])
    except (Exception, SystemExit) as error:  # noqa: BLE001 - any exception fails the case
        unless_ours(error)
        frames = "".join(traceback.format_exception(error)[-4:])
        text = f"the check could not work with this value ({type(error).__name__}: {error})"
        return CaseResult(Outcome.FAILED, text[:_TEXT], frames[-_DETAIL:])
    return CaseResult(Outcome.PASSED)


def _doctest(
    case: TestCase, environment: dict[str, Any], checker: doctest.OutputChecker | None
) -> CaseResult:
    """Run the examples of a case in OK format: on a copy of the names, until the last one."""
    with _runner(checker) as failures:
        passed, _ = run_doctest(case.name, case.body, environment)
    if passed:
        return CaseResult(Outcome.PASSED)
    for failure in failures:
        if failure.error is not None:
            unless_ours(failure.error)
    detail = "\n".join(failure.told() for failure in failures[1:])
    return CaseResult(Outcome.FAILED, failures[0].told()[:_TEXT], detail[:_DETAIL])


class _Failure:
    """An example that did not print what it should have."""

    def __init__(self, example: doctest.Example, got: str, error: BaseException | None) -> None:
        self._example, self._got, self.error = example, got, error

    def told(self) -> str:
        code, want = (_on_a_line(text) for text in (self._example.source, self._example.want))
        if self.error is not None:
            return f"`{code}` raises {type(self.error).__name__}: {self.error}"
        got = _on_a_line(self._got)
        return f"`{code}` gives {got or 'nothing'}, expected {want or 'nothing'}"


def _on_a_line(text: str) -> str:
    """A text of one line as it is; a longer one below a line break, to be read as it stands."""
    text = text.rstrip("\n")
    return text if "\n" not in text else f"\n{text}\n"


@contextmanager
def _runner(checker: doctest.OutputChecker | None) -> Iterator[list[_Failure]]:
    """Have Otter use a runner that also keeps what failed; yields the list that it adds to.

    Otter itself returns one long text.
    """
    failures: list[_Failure] = []

    class Runner(doctest.DocTestRunner):
        def __init__(self, **options: Any) -> None:
            super().__init__(checker=checker, **options)

        def report_failure(self, out: Any, test: Any, example: Any, got: str) -> None:
            failures.append(_Failure(example, got, None))
            super().report_failure(out, test, example, got)

        def report_unexpected_exception(self, out: Any, test: Any, example: Any, info: Any) -> None:
            failures.append(_Failure(example, "", info[1]))
            super().report_unexpected_exception(out, test, example, info)

    own, doctest.DocTestRunner = doctest.DocTestRunner, Runner  # type: ignore[misc, assignment]
    try:
        yield failures
    finally:
        doctest.DocTestRunner = own  # type: ignore[misc]


def _lack(case: TestCase, environment: Mapping[str, Any], result: CaseResult) -> str:
    """Say which of the names that a failed case needs is missing; empty where none is."""
    optional = isinstance(case.body, str) or "env" in _parameters(case)
    said = _NO_NAME.findall(result.text) + re.findall(r"\(KeyError: '(\w+)'\)", result.text)
    for name in _asked(case):
        value = environment.get(name)
        if value is ...:
            return words.NOT_FILLED_IN.format(name=name)
        if value is None and (name in said or not optional) and name != "env":
            return words.NOT_DEFINED.format(name=name)
    return ""


def _parameters(case: TestCase) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(case.body.test_func).parameters


def _asked(case: TestCase) -> list[str]:
    """Return the names that a case asks for: its parameters and keys, or those in its examples."""
    if not isinstance(case.body, str):
        constants = case.body.test_func.__code__.co_consts if "env" in _parameters(case) else ()
        keys = [each for each in constants if isinstance(each, str) and each.isidentifier()]
        return [*_parameters(case), *keys]
    names: list[str] = []
    for example in doctest.DocTestParser().get_examples(case.body):
        try:
            nodes = list(ast.walk(ast.parse(example.source)))
        except SyntaxError:
            continue
        names += [node.id for node in nodes if isinstance(node, ast.Name)]
    return list(dict.fromkeys(names))
