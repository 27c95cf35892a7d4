"""The bank: what its files may say, and what becomes of their cells."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.notebook.handout import handout
from autograder.notebook.triage import reading
from autograder.proving import audit, bank, mutants
from autograder.records import Case, CaseVerdict, Flag, Grade, Outcome, Question, QuestionVerdict
from tests import grades as made_up
from tests.conftest import notebook_of

ROOT = Path(__file__).parent.parent.parent

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
    "empty": ("right", "", "begins with no docstring"),
    "no docstring": ("right", "# %% q1\nx = 1\n", "begins with no docstring"),
    "a docstring in other quotes": ("right", "'''R.'''\n# %% q1\n", "begins with no docstring"),
    "a docstring without end": ("right", '"""R.\n# %% q1\n', "begins with no docstring"),
    "no TOML": ("wrong", '"""W.\n\nfails = = 1\n"""\n', "the docstring's TOML"),
    "an unknown key": ("wrong", '"""W.\n\nfail.q1 = "all"\n"""\n', "unknown key fail"),
    "a text for a list": ("wrong", '"""W.\n\nflags = "gap"\n"""\n', "`flags` must be a list of texts"),
    "numbers for texts": ("wrong", '"""W.\n\nproblems = [3]\n"""\n', "`problems` must be a list of texts"),
    "a list for a table": ("wrong", '"""W.\n\nfails = ["q1"]\n"""\n', "`fails` must be a table"),
    "a word for cases": ("wrong", '"""W.\n\nfails.q1 = "some"\n"""\n', 'a list of cases, or "all"'),
    "an unknown question's cases": ("wrong", '"""W.\n\nfails.q7 = ["x"]\n"""\n', "there is no question `q7`"),
    "a case twice": ("wrong", '"""W.\n\nfails.q1 = "all"\nnot_reached.q1 = "all"\n"""\n', "`is_a_number` is listed already"),
    "a kind of another kind": ("wrong", '"""W.\n\nkind = "x"\nfails.q1 = "all"\n"""\n', "only they, have a kind"),
    "two unknown keys": ("wrong", '"""W.\n\nz = 1\nfail.q1 = "all"\n"""\n', "unknown key fail, z"),
    "an unknown question": ("wrong", '"""W.\n\nfails.q7 = "all"\n"""\n', "fails: there is no question `q7`"),
    "an unknown question not reached": ("wrong", '"""W.\n\nnot_reached.q7 = "all"\n"""\n', "not_reached: there is no question `q7`"),
    "an unknown case": ("wrong", '"""W.\n\nfails.q1 = ["is_red"]\n"""\n', "fails.q1: there is no case `is_red`"),
    "a case with its prefix": ("wrong", '"""W.\n\nfails.q1 = ["test_is_right"]\n"""\n', "fails.q1: there is no case `test_is_right`"),
    "an unknown case not reached": ("wrong", '"""W.\n\nnot_reached.q2 = ["is_red"]\n"""\n', "not_reached.q2: there is no case `is_red`"),
    "an unknown target": ("right", '"""R."""\n\n# %% q3\nx\n', "unknown target `q3`"),
    "an unknown place": ("right", '"""R."""\n\n# %% behind q1\nx\n', "unknown target `behind q1`"),
    "an end of a question": ("right", '"""R."""\n\n# %% end q1\nx\n', "unknown target `end q1`"),
    "Jupytext's kinds": ("right", '"""R."""\n\n# %% [markdown]\nx\n', r"unknown target `\[markdown\]`"),
    "code before a target": ("right", '"""R."""\n\nx = 1\n', "code before the first"),
    "a right one that fails": ("right", WRONG, "loses nothing"),
    "a right one that is not reached": ("right", '"""R.\n\nnot_reached.q1 = "all"\n"""\n', "loses nothing"),
    "a wrong one that does not": ("wrong", RIGHT, "a wrong variant fails somewhere"),
    "a wrong one of an empty list": ("wrong", '"""W.\n\nfails.q1 = []\n"""\n', "a wrong variant fails somewhere"),
    "a near miss that does not": ("near", RIGHT, "a near variant fails somewhere"),
    "a cheat without a kind": ("cheats", WRONG, "have a kind: refuted, suspicious"),
    "a cheat of an unknown kind": ("cheats", '"""C.\n\nkind = "clever"\n"""\n', "have a kind: refuted, suspicious"),
    "a kind that is no cheat's": ("right", '"""R.\n\nkind = "refuted"\n"""\n', "only they, have a kind"),
    "a suspicious one without a flag": ("cheats", '"""C.\n\nkind = "suspicious"\n"""\n', "raises a flag"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_file_is_refused_by_name(case: str, tmp_path: Path) -> None:
    kind, text, says = REFUSED[case]
    with pytest.raises(ConfigError, match=says) as refused:
        read(tmp_path, kind, text)
    assert str(refused.value).startswith(f"{tmp_path / kind / 'one.py'}: ")


def test_a_bank_needs_files_and_each_name_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no bank"):
        bank.read(tmp_path, QUESTIONS)
    for kind, text in (("right", RIGHT), ("wrong", WRONG)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / "one.py").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"two files are called one\.py"):
        bank.read(tmp_path, QUESTIONS)


def test_files_are_read_by_kind_and_then_by_name(tmp_path: Path) -> None:
    cheat = '"""C.\n\nkind = "refuted"\n"""\n'
    texts = {
        "cheats/a": cheat,
        "wrong/c": WRONG,
        "near/b": WRONG,
        "right/z": RIGHT,
        "right/y": RIGHT,
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "right" / "notes.txt").write_text("not a variant", encoding="utf-8")
    found = [f"{variant.kind}/{variant.name}" for variant in bank.read(tmp_path, QUESTIONS)]
    assert found == ["right/y", "right/z", "wrong/c", "near/b", "cheats/a"]


def test_a_file_says_what_it_is_and_what_must_come_of_it(tmp_path: Path) -> None:
    toml = """fails.q1 = "all"
not_reached.q2 = ["is_right"]
problems = ["late", "gone"]
flags = ["gap"]
kind = "suspicious" """
    body = "# %% after q2\na\n\n# %% q1\nb\n\n# %% q1\nc\n"
    variant = read(tmp_path, "cheats", f'"""Clever, and late.\n\n{toml}\n"""\n\n{body}')
    assert (variant.name, variant.kind, variant.cheat) == ("one", "cheats", "suspicious")
    assert (variant.says, variant.problems) == ("Clever, and late.", ("late", "gone"))
    assert variant.flags == {"gap"}
    assert variant.cells == (("after q2", "a"), ("q1", "b"), ("q1", "c"))
    assert variant.expected == {
        ("q1", "is_a_number"): Outcome.FAILED,
        ("q1", "is_right"): Outcome.FAILED,
        ("q2", "is_a_number"): Outcome.PASSED,
        ("q2", "is_right"): Outcome.NOT_REACHED,
    }


# Cells of a variant, and the sources of the whole notebook.
CELLS: dict[str, tuple[str, list[str]]] = {
    "replaced": ("# %% q1\nx = 5", ["text", "x = 5", "c1", "x = 'q2'", "c2"]),
    "in two cells": ("# %% q1\na = 1\n# %% q1\nx = a", ["text", "a = 1", "x = a", "c1", "x = 'q2'", "c2"]),
    "left out": ("# %% q2\n", ["text", "x = 'q1'", "c1", "c2"]),
    "around": ("# %% before q1\na\n# %% after q1\nb", ["text", "a", "x = 'q1'", "c1", "b", "x = 'q2'", "c2"]),
    "at the ends": ("# %% start\na\n# %% end\nb", ["a", "text", "x = 'q1'", "c1", "x = 'q2'", "c2", "b"]),
    "before and after twice": ("# %% after q1\na\n# %% before q1\nb\n# %% after q1\nc\n# %% before q1\nd", ["text", "b", "d", "x = 'q1'", "c1", "a", "c", "x = 'q2'", "c2"]),
    "between two questions": ("# %% after q1\na\n# %% before q2\nb", ["text", "x = 'q1'", "c1", "a", "b", "x = 'q2'", "c2"]),
    "ends twice": ("# %% end\na\n# %% start\nb\n# %% end\nc\n# %% start\nd", ["b", "d", "text", "x = 'q1'", "c1", "x = 'q2'", "c2", "a", "c"]),
    "around what is left out": ("# %% before q1\na\n# %% q1\n# %% after q1\nb", ["text", "a", "c1", "b", "x = 'q2'", "c2"]),
    "one of two empty": ("# %% q1\n\n# %% q1\nx = 5", ["text", "x = 5", "c1", "x = 'q2'", "c2"]),
    "both empty": ("# %% q1\n\n# %% q1\n", ["text", "c1", "x = 'q2'", "c2"]),
    "only a comment": ("# %% q1\n# nothing", ["text", "# nothing", "c1", "x = 'q2'", "c2"]),
    "no cell": ("", ["text", "x = 'q1'", "c1", "x = 'q2'", "c2"]),
    "lines between": ("# %% q1\n\n\na = 1\n\n\nx = a\n\n", ["text", "a = 1\n\n\nx = a", "c1", "x = 'q2'", "c2"]),
    "check replaced": ("# %% check q2\nprint('all right')", ["text", "x = 'q1'", "c1", "x = 'q2'", "print('all right')"]),
    "check in two cells": ("# %% check q1\nb = 1\n# %% check q1\ngrader.check(\"q1\")", ["text", "x = 'q1'", "b = 1", "c1", "x = 'q2'", "c2"]),
    "check deleted": ("# %% check q1\n", ["text", "x = 'q1'", "x = 'q2'", "c2"]),
    "shell line in between": ("# %% q1\na = 1\n# !pip install x\n#!no\n    # %no", ["text", "a = 1\n!pip install x\n#!no\n    # %no", "c1", "x = 'q2'", "c2"]),
    "comment with a percent sign": ("# %% q1\n# % of them\nx = 5  # %d", ["text", "# % of them\nx = 5  # %d", "c1", "x = 'q2'", "c2"]),
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


# Cells of a variant, and the sources of a notebook whose question has two answers, text between.
SEVERAL: dict[str, tuple[str, list[str]]] = {
    "one for two": ("# %% q1\nx = 5", ["x = 5", "text", "c1"]),
    "two for two": ("# %% q1\na = 1\n# %% q1\nx = a", ["a = 1", "x = a", "text", "c1"]),
    "none for two": ("# %% q1\n", ["text", "c1"]),
    "before both": ("# %% before q1\na", ["a", "x = 1", "text", "x += 1", "c1"]),
    "check deleted": ("# %% check q1\n", ["x = 1", "text", "x += 1"]),
}


@pytest.mark.parametrize("case", SEVERAL)
def test_all_cells_of_an_answer_are_replaced(case: str, tmp_path: Path) -> None:
    body, expected = SEVERAL[case]
    v4, tags = nbformat.v4, {"tags": ["otter_answer_cell"]}
    answers = [v4.new_code_cell(source, metadata=tags) for source in ("x = 1", "x += 1")]
    check = v4.new_code_cell('grader.check("q1")')
    book = v4.new_notebook(cells=[answers[0], v4.new_markdown_cell("text"), answers[1], check])
    variant = read(tmp_path, "right", f'"""Right."""\n\n{body}\n')
    made = json.loads(bank.notebook_of(variant, book, ["q1"]))
    sources = [cell["source"].replace('grader.check("q1")', "c1") for cell in made["cells"]]
    assert sources == expected


def test_what_is_replaced_keeps_its_id_and_tags(tmp_path: Path) -> None:
    book = solution()
    before = json.dumps(book)
    variant = read(tmp_path, "right", '"""R."""\n# %% q1\na\n# %% q1\nb\n# %% check q1\nc\n')
    made = json.loads(bank.notebook_of(variant, book, NAMES))["cells"]
    assert json.dumps(book) == before
    assert (made[1]["id"], made[1]["metadata"]) == (book.cells[1].id, book.cells[1].metadata)
    assert made[3]["id"] == book.cells[2].id
    assert len({cell["id"] for cell in made}) == len(made) == 6
    assert bank.notebook_of(variant, book, NAMES) == bank.notebook_of(variant, book, NAMES)


# ---------------------------------------------------------------- the sample class

SAMPLES = {"right/good": RIGHT, "wrong/bad": WRONG, "wrong/other": WRONG}


def course_of(folder: Path) -> Assignment:
    """An assignment whose solution, and whose bank of three, lie in a folder."""
    (folder / "staff").mkdir()
    (folder / "staff" / "a.ipynb").write_text(json.dumps(solution()), encoding="utf-8")
    for name, text in SAMPLES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return Assignment("a", tuple(QUESTIONS), folder, folder / "staff", "")


def test_the_sample_class_is_what_the_list_names(tmp_path: Path) -> None:
    assignment = course_of(tmp_path)
    (tmp_path / "demo.txt").write_text("wrong/bad\nright/good\n", encoding="utf-8")
    names = bank.write_demo(assignment, tmp_path, tmp_path / "class")
    assert names == ["bad", "good", "not-a-notebook"]
    files = {p.stem: p.read_bytes() for p in (tmp_path / "class").glob("*.ipynb")}
    assert sorted(files) == names
    assert [json.loads(files[n])["cells"][1]["source"] for n in names[:2]] == ["x = 3", "x = 2"]
    with pytest.raises(ValueError):
        json.loads(files["not-a-notebook"])


@pytest.mark.parametrize(("text", "says"), [("wrong/gone", "not in the bank: wrong/gone"), (None, "demo.txt")])  # fmt: skip
def test_a_list_that_does_not_fit_is_refused(text: str | None, says: str, tmp_path: Path) -> None:
    assignment = course_of(tmp_path)
    if text is not None:
        (tmp_path / "demo.txt").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        bank.write_demo(assignment, tmp_path, tmp_path / "class")
    assert not (tmp_path / "class").exists()


def test_the_courses_own_sample_class_is_a_dozen(mnist: Assignment, tmp_path: Path) -> None:
    folder = ROOT / "solutions" / "mnist" / "bank"
    names = bank.write_demo(mnist, folder, tmp_path)
    assert len(names) == 12
    assert {"endless-loop", "untouched", "os-exit-in-question-6", "not-a-notebook"} <= set(names)


# ---------------------------------------------------------------- comparison


def result(
    name: str,
    *failed: tuple[str, str],
    outcome: Outcome = Outcome.FAILED,
    text: str = "found 3",
    problems: tuple[str, ...] = (),
    flags: tuple[Flag, ...] = (),
) -> Grade:
    """What came of a notebook that fails some cases, by question and name in the bank."""
    verdicts = (
        QuestionVerdict(
            question,
            tuple(
                CaseVerdict(case, outcome, detail=text)
                if (question.name, bank.case_name(case.label)) in failed
                else CaseVerdict(case, Outcome.PASSED)
                for case in question.cases
            ),
            None,
        )
        for question in QUESTIONS
    )
    told = tuple(map(made_up.text_problem, problems))
    return made_up.grade(name, *verdicts, problems=told, flags=flags)


def unreached(question: str) -> Grade:
    cases = [(question, "is_a_number"), (question, "is_right")]
    return result("x", *cases, outcome=Outcome.NOT_REACHED)


FLAG = Flag("gap", "z = 6")
ASKED = ("q1", "is_right")
# The folder, the file's TOML, what was found, and what the first complaint says.
COMPARED: dict[str, tuple[str, str, Grade, str]] = {
    "as expected": ("wrong", 'fails.q1 = ["is_right"]', result("x", ASKED), ""),
    "not caught": ("wrong", 'fails.q1 = ["is_right"]', result("x"), "q1 is_right: expected failed, found passed"),
    "wrong blame": ("wrong", 'fails.q1 = ["is_right"]', result("x", ASKED, ("q2", "is_right")), "q2 is_right: expected passed, found failed  found 3"),
    "one of two not caught": ("wrong", 'fails.q1 = "all"', result("x", ASKED), "q1 is_a_number: expected failed, found passed"),
    "a right one that fails": ("right", "", result("x", ASKED), "q1 is_right: expected passed, found failed  found 3"),
    "failed, not unreached": ("wrong", 'not_reached.q1 = ["is_right"]', result("x", ASKED), "expected not reached, found failed"),
    "unreached, not failed": ("wrong", 'fails.q2 = "all"', unreached("q2"), "q2 is_right: expected failed, found not reached"),
    "unreached as expected": ("wrong", 'not_reached.q2 = "all"', unreached("q2"), ""),
    "a cheat that gains": ("cheats", 'kind = "refuted"\nfails.q1 = ["is_right"]', result("x"), "q1 is_right: expected failed, found passed"),
    "a cheat that loses more": ("cheats", 'kind = "refuted"\nfails.q1 = ["is_right"]', result("x", ASKED, ("q2", "is_right")), "q2 is_right: expected passed"),
    "a right one's flag": ("right", "", result("x", flags=(FLAG,)), "expected no flag, found gap: z = 6"),
    "a right one's flag that is listed": ("right", 'flags = ["gap"]', result("x", flags=(FLAG,)), ""),
    "one flag of two": ("cheats", 'kind = "suspicious"\nflags = ["gap", "source"]', result("x", flags=(FLAG,)), "expected the flag 'source', found ['gap']"),
    "one flag listed, another raised": ("wrong", 'flags = ["gap"]\nfails.q1 = ["is_right"]', result("x", ASKED, flags=(FLAG, Flag("source", "line 1"))), "expected no flag, found source: line 1"),
    "a flag twice": ("wrong", 'flags = ["gap"]\nfails.q1 = ["is_right"]', result("x", ASKED, flags=(FLAG, FLAG)), ""),
    "a near miss's flag": ("near", 'fails.q1 = ["is_right"]', result("x", ASKED, flags=(FLAG,)), "expected no flag"),
    "a cheat's problem": ("cheats", 'kind = "refuted"', result("x", problems=("late",)), "expected no problem"),
    "one problem of two": ("right", 'problems = ["late", "gone"]', result("x", problems=("q1: late",)), "expected a problem with 'gone', found ['q1: late']"),
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


def test_a_complaint_has_the_first_300_characters_on_one_line(tmp_path: Path) -> None:
    long = result("x", ASKED, text="expected\n  4, " + 1000 * "found 3")
    (wrong,) = audit.compare(read(tmp_path, "right", RIGHT), long)
    assert wrong.startswith("q1 is_right: expected passed, found failed  expected 4, found 3")
    assert len(wrong.partition("found failed  ")[2]) == 300


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


def test_no_text_of_a_right_solution_raises_a_flag(mnist: Assignment) -> None:
    names = [question.name for question in mnist.questions]
    solved, stub = (notebook_of(mnist, solved=solved) for solved in (True, False))
    course = handout(stub, solved, names)
    right = [
        v
        for v in bank.read(ROOT / "solutions" / "mnist" / "bank", mnist.questions)
        if v.kind == "right"
    ]
    assert len(right) > 50
    raised = {
        variant.name: reading(bank.notebook_of(variant, solved, names), course).flags
        for variant in right
    }
    assert {name: flags for name, flags in raised.items() if flags} == {}
