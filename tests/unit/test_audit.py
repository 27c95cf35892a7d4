"""What an audit runs, what it makes of the results, and what it writes."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.notebook import otter
from autograder.notebook.read import read
from autograder.proving import audit, bank, mutants
from autograder.records import Grade, Outcome
from tests.conftest import content_of, notebook_of
from tests.unit.test_bank import result

BANK = {
    "right/by-addition": '"""Added up."""\n\n# %% q1\nanswer = 21 + 21\n',
    "wrong/forty-one": '"""One too few."""\n\n# %% q1\nanswer = 41\n',
    "near/guessed": '"""A guess."""\n\n# %% q1\nanswer = hash("x")\n',
    "cheats/typed-in": '"""No product."""\n\n# %% q1\nanswer = 42\n',
}
TOML = {"wrong": 'fails.q1 = ["answer_is_right"]', "cheats": 'kind = "refuted"'}
TOML["near"] = TOML["wrong"]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank for the tiny assignment."""
    for name, text in BANK.items():
        says, _, cells = text.removeprefix('"""').partition('"""')
        toml = TOML.get(name.partition("/")[0], "")
        write(tmp_path / "bank" / f"{name}.py", f'"""{says}\n\n{toml}\n"""{cells}')
    return tmp_path / "bank"


def ids(plan: audit.Plan) -> list[str]:
    return [one.id for one in plan.submissions]


def all_mutants(tiny: Assignment) -> list[mutants.Mutant]:
    return mutants.of_solution(notebook_of(tiny, solved=True), ["q1", "q2", "q3"])


# ---------------------------------------------------------------- plan


def test_each_part_runs_its_own(tiny: Assignment, folder: Path) -> None:
    changed = [f"mutants/{mutant.name}" for mutant in all_mutants(tiny)]
    write(folder / "fixed.txt", f"wrong/forty-one\n{changed[3]}\n\nright/by-addition\n")
    expected = {
        "bank": list(BANK),
        "mutants": changed,
        "all": [*BANK, *changed],
        "fixed": ["wrong/forty-one", changed[3], "right/by-addition"],
    }
    for part, names in expected.items():
        plan = audit.plan(tiny, folder, part)
        assert ids(plan) == names
        assert [*plan.variants, *plan.mutants] == sorted(names, key=lambda n: n in changed)


# The part, what a name must contain, and what is run; None: of the mutants, those of q2.
ONLY: dict[str, tuple[str, str, list[str] | None]] = {
    "a folder": ("bank", "wrong/", ["wrong/forty-one"]),
    "a name": ("all", "forty-one", ["wrong/forty-one"]),
    "a part of several": ("all", "y-", ["right/by-addition", "wrong/forty-one"]),
    "a question's mutants": ("all", "mutants/q2", None),
    "of the fixed part": ("fixed", "by", ["right/by-addition"]),
}


@pytest.mark.parametrize("case", ONLY)
def test_only_what_contains_a_text_is_run(case: str, tiny: Assignment, folder: Path) -> None:
    part, only, expected = ONLY[case]
    write(folder / "fixed.txt", "right/by-addition wrong/forty-one")
    found = ids(audit.plan(tiny, folder, part, only))
    mutated = [f"mutants/{m.name}" for m in all_mutants(tiny) if m.question == "q2"]
    assert found == (mutated if expected is None else expected)
    assert len(found) > 0


def test_submissions_are_the_solution_with_one_change(tiny: Assignment, folder: Path) -> None:
    solution, names = notebook_of(tiny, solved=True), ["q1", "q2", "q3"]
    plan = audit.plan(tiny, folder, "all")
    for one in plan.submissions:
        assert one.sha256 == hashlib.sha256(content_of(one)).hexdigest()
        if one.id in plan.variants:
            assert content_of(one) == bank.notebook_of(plan.variants[one.id], solution, names)
        else:
            mutant = plan.mutants[one.id]
            changed = otter.with_answers(solution, {mutant.question: mutant.source}, names)
            assert read(content_of(one)).notebook == changed != solution
    assert audit.plan(tiny, folder, "all").submissions == plan.submissions


def test_equivalent_mutants_have_reasons(tiny: Assignment, folder: Path) -> None:
    assert audit.plan(tiny, folder, "bank").equivalent == {}
    name = all_mutants(tiny)[0].name
    write(folder / "equivalent.toml", f'# listed\n{name} = "the same"\n')
    for part in ("bank", "mutants"):
        assert audit.plan(tiny, folder, part).equivalent == {name: "the same"}


# A file, what it holds, the part and name that are asked for, and what the refusal says.
REFUSED: dict[str, tuple[str, str, str, str, str]] = {
    "unknown mutants": ("equivalent.toml", 'q2-0 = "x"\nq1-0 = "x"', "bank", "", "equivalent.toml: there is no mutant q1-0, q2-0: remove it"),
    "unknown names in the fixed part": ("fixed.txt", "wrong/b\nright/by-addition\nwrong/a", "fixed", "", "fixed.txt: not in the bank: wrong/a, wrong/b"),
    "wrong TOML": ("equivalent.toml", "x = = 1", "all", "", "equivalent.toml: "),
    "nothing of that name": ("fixed.txt", "", "all", "four-two", "bank: nothing to run for `four-two`"),
    "nothing of that name in this part": ("fixed.txt", "", "mutants", "wrong/", "bank: nothing to run for `wrong/`"),
    "an empty fixed part": ("fixed.txt", "\n", "fixed", "", "bank: nothing to run"),
    "a wrong variant": ("wrong/b.py", "x = 1", "mutants", "", "b.py: begins with no docstring"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_plan_is_refused(case: str, tiny: Assignment, folder: Path) -> None:
    name, text, part, only, says = REFUSED[case]
    write(folder / name, text)
    with pytest.raises(ConfigError) as refused:
        audit.plan(tiny, folder, part, only)
    assert says in str(refused.value) and str(refused.value).startswith(str(folder))


def test_cases_are_named_by_question_and_function(tiny: Assignment) -> None:
    assert audit.case_names(tiny) == [
        "q1 answer_is_an_integer",
        "q1 answer_is_right",
        "q2 squares_has_ten_numbers",
        "q2 squares_are_right",
        "q3 network_is_a_model",
        "q3 network_has_15_parameters",
    ]


# ---------------------------------------------------------------- judgement

NUMBER, RIGHT = ("q1", "is_a_number"), ("q1", "is_right")
NUMBER2, RIGHT2 = ("q2", "is_a_number"), ("q2", "is_right")
CASES = [" ".join(case) for case in (NUMBER, RIGHT, NUMBER2, RIGHT2)]


def plan_of(*names: str, **equivalent: str) -> audit.Plan:
    """A plan of variants, which are right, and mutants, which are in q1."""
    expected = dict.fromkeys((NUMBER, RIGHT, NUMBER2, RIGHT2), Outcome.PASSED)
    variants, changed = {}, {}
    for name in names:
        kind, _, short = name.partition("/")
        if kind == "mutants":
            changed[name] = mutants.Mutant(short, "q1", "line 1: 2 becomes 3", "x = 3")
        else:
            variants[name] = bank.Variant(short, kind, f"This is {short}.", (), expected)
    return audit.Plan(variants, changed, equivalent, ())


def judged(*results: Grade, **equivalent: str) -> audit.Finding:
    plan = plan_of(*(grade.submission for grade in results), **equivalent)
    return audit.judge(plan, results, CASES)


# What a mutant of q1 fails, the reason for which it may survive, and the complaint.
MUTATED: dict[str, tuple[list[tuple[str, str]], str, str]] = {
    "caught": ([RIGHT], "", ""),
    "caught twice": ([NUMBER, RIGHT], "", ""),
    "caught by others, too": ([RIGHT, RIGHT2], "", ""),
    "nowhere": ([], "", "q1 line 1: 2 becomes 3: expected to be caught there, caught nowhere"),
    "elsewhere": ([NUMBER2, RIGHT2], "", "q1 line 1: 2 becomes 3: expected to be caught there, caught only by q2"),
    "equivalent": ([], "the same", ""),
    "not equivalent": ([RIGHT], "the same", "listed as equivalent (the same), but caught by q1"),
    "not equivalent elsewhere": ([RIGHT2], "the same", "listed as equivalent (the same), but caught by q2"),
}  # fmt: skip


@pytest.mark.parametrize("case", MUTATED)
def test_a_mutant_is_caught_where_it_is(case: str) -> None:
    failed, reason, complaint = MUTATED[case]
    finding = judged(result("mutants/m", *failed), **({"m": reason} if reason else {}))
    kind = "equivalent mutants" if reason else "mutants"
    assert finding.ran == {kind: 1}
    assert finding.agreed == ({} if complaint else {kind: 1})
    assert finding.disagreements == ({"mutants/m": [complaint]} if complaint else {})


def test_a_mutant_that_is_not_reached_is_caught() -> None:
    finding = judged(result("mutants/m", NUMBER, RIGHT, outcome=Outcome.NOT_REACHED))
    assert finding.score == 1
    assert finding.matrix["mutants/m"] == {case: case.startswith("q1") for case in CASES}


def test_variants_are_compared_and_counted_by_kind() -> None:
    finding = judged(result("right/b", RIGHT), result("right/a"), result("wrong/c"))
    assert (finding.ran, finding.agreed) == ({"right": 2, "wrong": 1}, {"right": 1, "wrong": 1})
    assert list(finding.disagreements) == ["right/b"]
    assert list(finding.matrix) == ["right/a", "right/b", "wrong/c"]
    assert finding.matrix["right/b"] == {case: case == "q1 is_right" for case in CASES}


# Which mutants are caught, how many are equivalent, and the score.
SCORES = [("", 0, 0.0), ("c", 0, 1.0), ("cs", 0, 0.5), ("ccs", 5, 2 / 3), ("", 5, 0.0), ("ss", 1, 0.0)]  # fmt: skip


@pytest.mark.parametrize(("caught", "equivalent", "score"), SCORES)
def test_the_score_is_the_share_of_other_mutants_caught(
    caught: str, equivalent: int, score: float
) -> None:
    results = [
        result(f"mutants/m{n}", *([RIGHT] if letter == "c" else []))
        for n, letter in enumerate(caught)
    ]
    same = [result(f"mutants/e{n}") for n in range(equivalent)]
    found = judged(result("right/a"), *results, *same, **{f"e{n}": "" for n in range(equivalent)})
    assert found.score == pytest.approx(score)


# What several mutants fail, the cases that catch nothing, and those that catch nothing alone.
IDLE: dict[str, tuple[list[list[tuple[str, str]]], list[int], list[int]]] = {
    "nothing is caught": ([[]], [0, 1, 2, 3], []),
    "each catches its own": ([[NUMBER], [RIGHT], [NUMBER2], [RIGHT2]], [], []),
    "one catches all": ([[NUMBER, RIGHT], [RIGHT], [RIGHT2]], [2], [0]),
    "two catch the same": ([[NUMBER, RIGHT], [NUMBER2], [RIGHT2]], [], [0, 1]),
    "another question's does not count": ([[NUMBER, NUMBER2], [RIGHT], [RIGHT2]], [], []),
    "both overlap": ([[NUMBER, RIGHT], [NUMBER], [RIGHT], [NUMBER2, RIGHT2]], [], [2, 3]),
}


@pytest.mark.parametrize("case", IDLE)
def test_cases_that_catch_nothing_or_nothing_alone_are_named(case: str) -> None:
    rows, never, redundant = IDLE[case]
    finding = judged(*(result(f"mutants/m{n}", *failed) for n, failed in enumerate(rows)))
    assert finding.never == [CASES[index] for index in never]
    assert finding.redundant == [CASES[index] for index in redundant]


def test_the_order_of_the_results_changes_nothing() -> None:
    results = [result("right/a"), result("mutants/b", RIGHT), result("mutants/c")]
    one, other = judged(*results), judged(*reversed(results))
    assert (one, json.dumps(audit.figures(one))) == (other, json.dumps(audit.figures(other)))


# ---------------------------------------------------------------- what is written


def written(folder: Path, results: Sequence[Grade]) -> Path:
    plan = plan_of(*(grade.submission for grade in results), e="the same")
    return audit.write(audit.judge(plan, results, CASES), plan, folder, CASES)


RESULTS = [
    result("right/b"),
    result("mutants/m", RIGHT, RIGHT2),
    result("mutants/n"),
    result("mutants/o", RIGHT),
    result("mutants/e"),
]


def test_the_matrix_says_what_each_case_catches(tmp_path: Path) -> None:
    written(tmp_path / "new" / "folder", RESULTS)
    with (tmp_path / "new" / "folder" / "matrix.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["name", "says", *CASES],
            ["mutants/e", "line 1: 2 becomes 3", "", "", "", ""],
            ["mutants/m", "line 1: 2 becomes 3", "", "x", "", "x"],
            ["mutants/n", "line 1: 2 becomes 3", "", "", "", ""],
            ["mutants/o", "line 1: 2 becomes 3", "", "x", "", ""],
            ["right/b", "This is b.", "", "", "", ""],
        ]


def test_the_figures_are_json(tmp_path: Path) -> None:
    path = written(tmp_path, RESULTS)
    assert path == tmp_path / "audit.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "ran": {"equivalent mutants": 1, "mutants": 3, "right": 1},
        "agreed": {"equivalent mutants": 1, "mutants": 2, "right": 1},
        "mutation_score": 0.6667,
        "cases_that_catch_nothing": ["q1 is_a_number", "q2 is_a_number"],
        "cases_that_catch_nothing_alone": [],
        "disagreements": {
            "mutants/n": [
                "q1 line 1: 2 becomes 3: expected to be caught there, caught nowhere",
            ],
        },
    }


def test_the_same_results_are_written_as_the_same_bytes(tmp_path: Path) -> None:
    for name, results in (("one", RESULTS), ("two", RESULTS[::-1])):
        written(tmp_path / name, results)
    for file in ("audit.json", "matrix.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


RUN = {"seeds": 3, "measured": {}, "values": {"test_accuracy": [0.98]}}


def proved(tiny: Assignment, solution: Path) -> Path:
    """The proof of an audit of a bank and a calibration."""
    write(solution / "calibration.json", json.dumps({"runs": {"solution": RUN}}))
    return audit.write_proof(judged(*RESULTS), tiny, solution, {"data": "mnist"})


def test_a_proof_says_what_it_rests_on(tiny: Assignment, folder: Path) -> None:
    path = proved(tiny, folder.parent)
    proof = json.loads(path.read_text(encoding="utf-8"))
    assert path == folder.parent / "proof.json"
    assert list(proof) == ["about", "hashes", "made_from", "audit", "calibration"]
    assert proof["hashes"] == audit.hashes(tiny, folder.parent)
    assert proof["hashes"]["tests"] == tiny.tests_sha256
    assert proof["made_from"] == {"data": "mnist"}
    assert proof["audit"] == audit.figures(judged(*RESULTS))
    assert proof["calibration"] == {"solution": {"seeds": 3, "measured": {}}}


def test_a_proof_needs_no_calibration(tiny: Assignment, folder: Path) -> None:
    path = audit.write_proof(judged(*RESULTS), tiny, folder.parent, {})
    assert json.loads(path.read_text(encoding="utf-8"))["calibration"] == {}
    assert audit.stale(tiny, folder.parent) == []


# What is done to a solution's folder, and what of its proof no longer holds.
CHANGED: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "nothing": (lambda s: None, []),
    "a file beside it": (lambda s: write(s / "notes.txt", "x"), []),
    "a variant": (lambda s: write(s / "bank/wrong/forty-one.py", "x"), ["bank"]),
    "a new variant": (lambda s: write(s / "bank/wrong/new.py", "x"), ["bank"]),
    "a variant's name": (lambda s: (s / "bank/wrong/forty-one.py").rename(s / "bank/wrong/b.py"), ["bank"]),
    "a variant removed": (lambda s: (s / "bank/near/guessed.py").unlink(), ["bank"]),
    "the list of equivalent mutants": (lambda s: write(s / "bank/equivalent.toml", ""), ["bank"]),
    "the calibration": (lambda s: write(s / "calibration.json", "{}"), ["calibration"]),
    "the calibration removed": (lambda s: (s / "calibration.json").unlink(), ["calibration"]),
    "the proof removed": (lambda s: (s / "proof.json").unlink(), ["proof"]),
    "a proof of less": (lambda s: write(s / "proof.json", '{"hashes": {}}'), ["tests", "bank", "calibration"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGED)
def test_a_proof_is_stale_where_something_changed(
    case: str, tiny: Assignment, folder: Path
) -> None:
    change, expected = CHANGED[case]
    proved(tiny, folder.parent)
    change(folder.parent)
    assert audit.stale(tiny, folder.parent) == expected


def test_a_proof_is_stale_where_the_tests_changed(tiny: Assignment, folder: Path) -> None:
    proved(tiny, folder.parent)
    assert audit.stale(replace(tiny, tests_sha256="0" * 64), folder.parent) == ["tests"]


def test_the_fixed_part_names_each_once_and_must_be_there(tiny: Assignment, folder: Path) -> None:
    write(folder / "fixed.txt", "right/by-addition\nright/by-addition\n")
    assert [one.id for one in audit.plan(tiny, folder, "fixed").submissions] == [
        "right/by-addition"
    ]
    (folder / "fixed.txt").unlink()
    with pytest.raises(ConfigError, match=r"fixed\.txt"):
        audit.plan(tiny, folder, "fixed")
