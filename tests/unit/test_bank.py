"""The bank: what its files may say, and what becomes of their cells."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from autograder import audit, bank, mutants
from autograder.errors import ConfigError
from autograder.proof import Result
from autograder.records import Case, Flag, Outcome, Question

QUESTIONS = [
    Question(
        name,
        False,
        (Case(f"{name} - 1", "is a number", False, 1, ""), Case(f"{name} - 2", "is right", True, 1, "")),
        ("x",),
    )
    for name in ("q1", "q2")
]  # fmt: skip
NAMES = ["q1", "q2"]
RIGHT = '"""Right."""\n\n# %% q1\nx = 2\n'
WRONG = '"""Wrong.\n\nfails.q1 = ["is_right"]\n"""\n\n# %% q1\nx = 3\n'


def solution() -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_markdown_cell("text")]
    for name in NAMES:
        answer = nbformat.v4.new_code_cell(f"x = {name!r}")
        answer.metadata["tags"] = ["otter_answer_cell"]
        cells += [answer, nbformat.v4.new_code_cell(f'grader.check("{name}")')]
    return nbformat.v4.new_notebook(cells=cells)


def read(folder: Path, kind: str, text: str) -> bank.Variant:
    (folder / kind).mkdir()
    (folder / kind / "one.py").write_text(text, encoding="utf-8")
    (variant,) = bank.read(folder, QUESTIONS)
    return variant


# What a file holds, in which folder, and what its refusal says.
REFUSED: dict[str, tuple[str, str, str]] = {
    "no docstring": ("right", "# %% q1\nx = 1\n", "begins with no docstring"),
    "no TOML": ("wrong", '"""W.\n\nfails = = 1\n"""\n', "the docstring's TOML"),
    "an unknown key": ("wrong", '"""W.\n\nfail.q1 = "all"\n"""\n', "unknown key fail"),
    "an unknown question": ("wrong", '"""W.\n\nfails.q7 = "all"\n"""\n', "there is no question `q7`"),
    "an unknown case": ("wrong", '"""W.\n\nfails.q1 = ["is_red"]\n"""\n', "there is no case `is_red`"),
    "an unknown target": ("right", '"""R."""\n\n# %% q3\nx\n', "unknown target `q3`"),
    "code before a target": ("right", '"""R."""\n\nx = 1\n', "code before the first"),
    "a right one that fails": ("right", WRONG, "loses nothing"),
    "a wrong one that does not": ("wrong", RIGHT, "fails somewhere"),
    "a cheat of no kind": ("cheats", WRONG, "have a kind"),
    "a kind that is no cheat's": ("right", '"""R.\n\nkind = "refuted"\n"""\n', "only they, have a kind"),
    "a suspicious one without a flag": ("cheats", '"""C.\n\nkind = "suspicious"\n"""\n', "raises a flag"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_file_is_refused_by_name(case: str, tmp_path: Path) -> None:
    kind, text, says = REFUSED[case]
    with pytest.raises(ConfigError, match=says) as refused:
        read(tmp_path, kind, text)
    assert "one.py" in str(refused.value)


def test_a_bank_needs_files_and_each_name_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no bank"):
        bank.read(tmp_path, QUESTIONS)
    for kind, text in (("right", RIGHT), ("wrong", WRONG)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "one.py").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"two files are called one\.py"):
        bank.read(tmp_path, QUESTIONS)


# Cells of a variant, and the sources of the whole notebook.
CELLS: dict[str, tuple[str, list[str]]] = {
    "replaced": ("# %% q1\nx = 5", ["text", "x = 5", "c1", "x = 'q2'", "c2"]),
    "in two cells": ("# %% q1\na = 1\n# %% q1\nx = a", ["text", "a = 1", "x = a", "c1", "x = 'q2'", "c2"]),
    "left out": ("# %% q2\n", ["text", "x = 'q1'", "c1", "c2"]),
    "around": ("# %% before q1\na\n# %% after q1\nb", ["text", "a", "x = 'q1'", "c1", "b", "x = 'q2'", "c2"]),
    "at the ends": ("# %% start\na\n# %% end\nb", ["a", "text", "x = 'q1'", "c1", "x = 'q2'", "c2", "b"]),
    "check deleted": ("# %% check q1\n", ["text", "x = 'q1'", "x = 'q2'", "c2"]),
    "magic": ("# %% q1\n# %%time\n# a comment\n# !ls", ["text", "%%time\n# a comment\n!ls", "c1", "x = 'q2'", "c2"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CELLS)
def test_cells_come_to_their_place(case: str, tmp_path: Path) -> None:
    body, expected = CELLS[case]
    variant = read(tmp_path, "right", f'"""Right."""\n\n{body}\n')
    made = json.loads(bank.notebook_of(variant, solution(), NAMES))
    checks = {'grader.check("q1")': "c1", 'grader.check("q2")': "c2"}
    assert [checks.get(cell["source"], cell["source"]) for cell in made["cells"]] == expected
    nbformat.validate(nbformat.from_dict(made))


# ---------------------------------------------------------------- comparison

PASSED, FAILED = Outcome.PASSED, Outcome.FAILED


def result(name: str, *failed: tuple[str, str], **more: object) -> Result:
    cases = {(q.name, bank.case_name(c.label)): PASSED for q in QUESTIONS for c in q.cases}
    cases |= dict.fromkeys(failed, FAILED)
    fields: dict[str, object] = {"problems": (), "flags": (), "facts": {}, **more}
    return Result(name, cases, dict.fromkeys(failed, "found 3"), {}, **fields)  # type: ignore[arg-type]


FLAG = Flag("gap", "z = 6")
ASKED = ("q1", "is_right")
# The folder, the file's TOML, what was found, and what the first complaint says.
COMPARED: dict[str, tuple[str, str, Result, str]] = {
    "as expected": ("wrong", 'fails.q1 = ["is_right"]', result("x", ASKED), ""),
    "not caught": ("wrong", 'fails.q1 = ["is_right"]', result("x"), "q1 is_right: expected failed, found passed"),
    "wrong blame": ("wrong", 'fails.q1 = ["is_right"]', result("x", ASKED, ("q2", "is_right")), "q2 is_right: expected passed, found failed  found 3"),
    "a flag too many": ("wrong", 'fails.q1 = ["is_right"]', result("x", ASKED, flags=(FLAG,)), "expected no flag, found gap"),
    "a flag that is listed": ("wrong", 'flags = ["gap"]\nfails.q1 = ["is_right"]', result("x", ASKED, flags=(FLAG,)), ""),
    "a flag too few": ("cheats", 'kind = "suspicious"\nflags = ["gap"]', result("x"), "expected the flag 'gap', found []"),
    "a cheat may raise more": ("cheats", 'kind = "refuted"', result("x", flags=(FLAG,)), ""),
    "a problem too many": ("right", "", result("x", problems=("q1: late",)), "expected no problem"),
    "a problem as expected": ("right", 'problems = ["late"]', result("x", problems=("q1: late",)), ""),
    "a problem too few": ("right", 'problems = ["late"]', result("x"), "expected a problem with 'late'"),
    "a near miss may fail more": ("near", 'fails.q1 = ["is_right"]', result("x", ASKED, ("q2", "is_right")), ""),
    "a near miss must fail": ("near", 'fails.q1 = ["is_right"]', result("x"), "expected failed, found passed"),
}  # fmt: skip


@pytest.mark.parametrize("case", COMPARED)
def test_verdicts_are_compared_exactly(case: str, tmp_path: Path) -> None:
    kind, toml, found, complaint = COMPARED[case]
    variant = read(tmp_path, kind, f'"""One.\n\n{toml}\n"""\n\n# %% q1\nx = 1\n')
    wrong = audit.compare(variant, found)
    assert bool(wrong) == bool(complaint)
    assert complaint in " ".join(wrong)


def test_the_audit_scores_mutants_and_finds_idle_cases() -> None:
    made = {name: mutants.Mutant(name, "q1", "changed", "x") for name in ("a", "b", "c")}
    plan = audit.Plan({}, {f"mutants/{n}": m for n, m in made.items()}, {"c": "the same"}, ())
    results = [
        result("mutants/a", ASKED),
        result("mutants/b", ("q2", "is_right")),
        result("mutants/c"),
    ]
    cases = [f"{q.name} {bank.case_name(c.label)}" for q in QUESTIONS for c in q.cases]
    finding = audit.judge(plan, results, cases)
    assert (finding.ran, finding.score) == ({"mutants": 2, "equivalent mutants": 1}, 0.5)
    assert "caught only by q2" in finding.disagreements["mutants/b"][0]
    assert finding.never == ["q1 is_a_number", "q2 is_a_number"]
    caught = audit.judge(plan, [result("mutants/c", ASKED)], cases)
    assert (
        "listed as equivalent (the same), but caught by q1" in caught.disagreements["mutants/c"][0]
    )
