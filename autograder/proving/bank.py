"""Reads an assignment's bank: variants of its solution, each with the verdict it must get.

A variant is a file `bank/{right,wrong,near,cheats}/NAME.py`: a docstring, whose first line says
what it is and whose rest is TOML, then cells, each below a line `# %% TARGET`. In a near miss
chance has a say: what it lists must fail, everything else may.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.notebook import otter
from autograder.notebook.read import read as read_notebook
from autograder.records import Outcome, Question

KINDS = ("right", "wrong", "near", "cheats")
DEMO = "demo.txt"
"""Names the variants that the sample class consists of."""
NO_NOTEBOOK = {"not-a-notebook": b"I could not open Jupyter, sorry. My answers: 0.98\n"}
"""What a class hands in, too, and no variant of a notebook can be."""
_HEADER = re.compile(r'\A"""(.*?)"""\s*', re.DOTALL)
_MARKER = re.compile(r"^# %% (.+)$", re.MULTILINE)
_MAGIC = re.compile(r"^# (?=[%!]\S)", re.MULTILINE)
_KEYS = {"fails": dict, "not_reached": dict, "problems": list, "flags": list, "kind": str}
"""What the docstring's TOML may set, and as what."""
_CHEAT_KINDS = ("refuted", "suspicious")

Cases = dict[tuple[str, str], Outcome]
"""Outcomes by question and case. A case is called as in the bank: its function without `test_`."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One file of the bank."""

    name: str
    kind: str
    says: str
    cells: tuple[tuple[str, str], ...]
    """Targets and sources, in order: `q1`, `before q1`, `after q1`, `check q1`, `start`, `end`."""
    expected: Cases
    problems: tuple[str, ...] = ()
    """Texts that the result's problems must contain; where there is none, none may be."""
    flags: frozenset[str] = frozenset()
    cheat: str = ""
    """Of a cheat: `refuted` (no point is gained) or `suspicious` (it stands, a human is told)."""


def case_name(label: str) -> str:
    """Return the name by which the bank calls a case, from its label."""
    return label.replace(" ", "_")


def read(folder: Path, questions: Sequence[Question]) -> list[Variant]:
    """Read all variants of a bank, sorted by kind and name. Raises ConfigError for a wrong file."""
    variants = [
        _variant(path, kind, questions)
        for kind in KINDS
        for path in sorted((folder / kind).glob("*.py"))
    ]
    if not variants:
        raise ConfigError(
            f"{folder}: there is no bank yet: no file in {', '.join(KINDS)}. Write one right and "
            "one wrong answer, as docs/assignments.md says; `autograder new` shows what they are."
        )
    names = [variant.name for variant in variants]
    for name in names:
        if names.count(name) > 1:
            raise ConfigError(f"{folder}: two files are called {name}.py")
    return variants


def _variant(path: Path, kind: str, questions: Sequence[Question]) -> Variant:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text") from None
    header = _HEADER.match(text)
    if header is None:
        raise ConfigError(f'{path}: begins with no docstring in """')
    says, _, rest = header[1].strip().partition("\n")
    try:
        settings = tomllib.loads(rest)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: the docstring's TOML: {error}") from None
    if unknown := set(settings) - set(_KEYS):
        raise ConfigError(f"{path}: unknown key {', '.join(sorted(unknown))}")
    for key, value in settings.items():
        texts = not isinstance(value, list) or all(isinstance(item, str) for item in value)
        if not isinstance(value, _KEYS[key]) or not texts:
            type_name = {dict: "a table", list: "a list of texts", str: "a text"}[_KEYS[key]]
            raise ConfigError(f"{path}: `{key}` must be {type_name}")
    cells = tuple(_cells(path, text[header.end() :], questions))
    variant = Variant(
        name=path.stem,
        kind=kind,
        says=says,
        cells=cells,
        expected=_expected(path, settings, questions),
        problems=tuple(settings.get("problems", ())),
        flags=frozenset(settings.get("flags", ())),
        cheat=settings.get("kind", ""),
    )
    _check(path, variant)
    return variant


def _check(path: Path, variant: Variant) -> None:
    """Refuse what contradicts itself."""
    right = set(variant.expected.values()) <= {Outcome.PASSED}
    if variant.kind == "right" and not right:
        raise ConfigError(f"{path}: a right variant loses nothing")
    if variant.kind in ("wrong", "near") and right:
        raise ConfigError(
            f"{path}: a {variant.kind} variant fails somewhere: say where, under `fails`"
        )
    if variant.cheat not in (_CHEAT_KINDS if variant.kind == "cheats" else ("",)):
        raise ConfigError(f"{path}: cheats, and only they, have a kind: {', '.join(_CHEAT_KINDS)}")
    if variant.cheat == "suspicious" and not variant.flags:
        raise ConfigError(f"{path}: a suspicious cheat raises a flag: say which, under `flags`")


def _cells(path: Path, body: str, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    before, *parts = _MARKER.split(body)
    if before.strip():
        raise ConfigError(f"{path}: code before the first `# %% TARGET`")
    names = [question.name for question in questions]
    targets = {
        "start",
        "end",
        *(f"{a}{n}" for n in names for a in ("", "before ", "after ", "check ")),
    }
    for target, source in zip(parts[::2], parts[1::2], strict=True):
        if target.strip() not in targets:
            raise ConfigError(f"{path}: unknown target `{target}`")
        yield target.strip(), _MAGIC.sub("", source).strip("\n")


def _expected(path: Path, settings: dict[str, Any], questions: Sequence[Question]) -> Cases:
    """Return the outcome of every case: passed, unless the file says otherwise."""
    expected = {
        (question.name, case_name(case.label)): Outcome.PASSED
        for question in questions
        for case in question.cases
    }
    for key, outcome in (("fails", Outcome.FAILED), ("not_reached", Outcome.NOT_REACHED)):
        for question, cases in settings.get(key, {}).items():
            case_names = [case for name, case in expected if name == question]
            if not case_names:
                raise ConfigError(f"{path}: {key}: there is no question `{question}`")
            if cases != "all" and not isinstance(cases, list):
                raise ConfigError(f'{path}: {key}.{question}: a list of cases, or "all"')
            for case in case_names if cases == "all" else cases:
                if case not in case_names:
                    raise ConfigError(f"{path}: {key}.{question}: there is no case `{case}`")
                if expected[question, case] is not Outcome.PASSED:
                    raise ConfigError(f"{path}: {key}.{question}: `{case}` is listed already")
                expected[question, case] = outcome
    return expected


def notebook_of(variant: Variant, solution: Any, questions: Sequence[str]) -> bytes:
    """Return the solution's notebook with a variant's cells in place."""
    notebook = nbformat.from_dict(json.loads(json.dumps(solution)))
    answers = otter.answer_cells(notebook, questions)
    checks = otter.check_cells(notebook, questions)
    replaced: dict[int, list[Any]] = {}
    inserted: dict[int, list[Any]] = {}
    places = {"start": 0, "end": len(notebook.cells)}
    places |= {f"before {name}": indices[0] for name, indices in answers.items()}
    places |= {f"after {name}": index + 1 for name, index in checks.items()}
    for number, (target, source) in enumerate(variant.cells):
        cell = nbformat.v4.new_code_cell(source, id=f"{variant.kind}-{number}")
        if target in places:
            inserted.setdefault(places[target], []).append(cell)
            continue
        where, _, question = target.rpartition(" ")
        indices = [checks[question]] if where == "check" else answers[question]
        if indices[0] not in replaced:
            old = notebook.cells[indices[0]]
            cell.id, cell.metadata = old.id, old.metadata
            replaced |= {index: [] for index in indices}
        replaced[indices[0]] += [cell] if source.strip() else []
    cells = []
    for index, cell in enumerate(notebook.cells):
        cells += [*inserted.get(index, []), *replaced.get(index, [cell])]
    notebook.cells = [*cells, *inserted.get(len(notebook.cells), [])]
    return json.dumps(notebook, ensure_ascii=False).encode()


def names_in(path: Path, known: Collection[str]) -> list[str]:
    """Read a list of variants, one a line, such as `wrong/one-epoch`. Raises ConfigError."""
    try:
        names = list(dict.fromkeys(path.read_text(encoding="utf-8").split()))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if unknown := sorted(set(names) - set(known)):
        raise ConfigError(f"{path}: not in the bank: {', '.join(unknown)}")
    return names


def write_demo(assignment: Assignment, folder: Path, out: Path) -> list[str]:
    """Write the variants that the bank's `demo.txt` names, and a file that is no notebook.

    Returns the files' names, without their ending. Raises ConfigError for a wrong bank.
    """
    variants = {f"{v.kind}/{v.name}": v for v in read(folder, assignment.tested)}
    solution = read_notebook((assignment.staff / assignment.notebook_name).read_bytes()).notebook
    questions = [question.name for question in assignment.tested]
    contents = {
        variants[name].name: notebook_of(variants[name], solution, questions)
        for name in names_in(folder / DEMO, variants)
    }
    contents |= NO_NOTEBOOK
    out.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (out / f"{name}.ipynb").write_bytes(content)
    return list(contents)
