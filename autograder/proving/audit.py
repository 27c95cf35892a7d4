"""Proves an assignment's tests: the bank gets its exact verdicts, and mutants are caught.

A mutant must fail a case of the question that it is in. One that cannot be told from the solution
is listed in `bank/equivalent.toml` with the reason, and must then pass everything.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.config import Assignment
from autograder.errors import ConfigError
from autograder.files import write_csv, write_whole
from autograder.grading.basis import of_ours
from autograder.notebook import otter
from autograder.notebook.read import read
from autograder.proving import bank as banks
from autograder.proving import mutants, runs
from autograder.proving.bank import Variant
from autograder.proving.mutants import Mutant
from autograder.records import Grade, Outcome, Submission
from autograder.words import problems_for_staff

PROOF = "proof.json"
EQUIVALENT = "equivalent.toml"
FIXED_PART = "fixed.txt"
MUTANTS = "mutants"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run, and what must come of it."""

    variants: Mapping[str, Variant]
    """By the submission's name, as `wrong/one-epoch`."""
    mutants: Mapping[str, Mutant]
    equivalent: Mapping[str, str]
    """Reasons, by a mutant's name."""
    submissions: tuple[Submission, ...]


@dataclass(slots=True)
class Finding:
    """The audit's outcome."""

    disagreements: dict[str, list[str]] = field(default_factory=dict)
    """What was expected and what was found, by name."""
    ran: Counter[str] = field(default_factory=Counter)
    """How many of each kind."""
    agreed: Counter[str] = field(default_factory=Counter)
    matrix: dict[str, dict[str, bool]] = field(default_factory=dict)
    """What (by name) × which case (`q1 dtype_is_float32`): whether the case catches it."""
    never: list[str] = field(default_factory=list)
    """Cases that catch nothing."""
    redundant: list[str] = field(default_factory=list)
    """Cases that catch nothing that another case of their question does not."""

    @property
    def score(self) -> float:
        """The share of non-equivalent mutants that are caught at the right question."""
        return self.agreed[MUTANTS] / max(1, self.ran[MUTANTS])


def plan(assignment: Assignment, folder: Path, part: str, only: str = "") -> Plan:
    """Return what an audit runs. `part` is "bank", "mutants", "all" or "fixed".

    The fixed part is what `bank/fixed.txt` names, one a line. `only` keeps names that contain it.
    Raises ConfigError for a wrong bank, and where nothing is left.
    """
    solution = read((assignment.staff / assignment.notebook_name).read_bytes()).notebook
    names = [question.name for question in assignment.tested]
    all_variants = {f"{v.kind}/{v.name}": v for v in banks.read(folder, assignment.tested)}
    all_mutants = {f"{MUTANTS}/{m.name}": m for m in mutants.of_solution(solution, names)}
    equivalent = _equivalent(folder / EQUIVALENT, {m.name for m in all_mutants.values()})
    parts = {"bank": [*all_variants], MUTANTS: [*all_mutants]}
    names_to_run = parts.get(part, [*all_variants, *all_mutants])
    if part == "fixed":
        names_to_run = banks.names_in(folder / FIXED_PART, names_to_run)
    names_to_run = [name for name in names_to_run if only in name]
    if not names_to_run:
        raise ConfigError(f"{folder}: nothing to run for `{only}`")

    def content(name: str) -> bytes:
        if name in all_variants:
            return banks.notebook_of(all_variants[name], solution, names)
        answer = {all_mutants[name].question: all_mutants[name].source}
        changed = otter.with_answers(solution, answer, names)
        return json.dumps(changed, ensure_ascii=False).encode()

    return Plan(
        {name: all_variants[name] for name in names_to_run if name in all_variants},
        {name: all_mutants[name] for name in names_to_run if name in all_mutants},
        equivalent,
        tuple(of_ours(name, content(name)) for name in names_to_run),
    )


def _equivalent(path: Path, names: set[str]) -> dict[str, str]:
    if not path.exists():
        return {}
    try:
        reasons: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {error}") from None
    if unknown := sorted(set(reasons) - names):
        raise ConfigError(f"{path}: there is no mutant {', '.join(unknown)}: remove it")
    return reasons


def judge(plan: Plan, grades: Iterable[Grade], all_cases: Sequence[str]) -> Finding:
    """Compare what was found with what must be. `all_cases` are named as in the matrix."""
    finding = Finding()
    for grade in sorted(grades, key=lambda grade: grade.submission):
        name = grade.submission
        kind = name.partition("/")[0]
        if name in plan.variants:
            wrong = compare(plan.variants[name], grade)
        else:
            mutant = plan.mutants[name]
            reason = plan.equivalent.get(mutant.name)
            kind = MUTANTS if reason is None else "equivalent mutants"
            wrong = _compare_mutant(mutant, reason, grade)
        finding.ran[kind] += 1
        if wrong:
            finding.disagreements[name] = wrong
        else:
            finding.agreed[kind] += 1
        finding.matrix[name] = {
            " ".join(key): case.outcome is not Outcome.PASSED
            for key, case in runs.cases(grade).items()
        }
    _find_idle_cases(finding, all_cases)
    return finding


def compare(variant: Variant, grade: Grade) -> list[str]:
    """Return how a variant's grade differs from what its file demands."""
    complaints = []
    cases, problems = runs.cases(grade), list(problems_for_staff(grade))
    for key, expected in variant.expected.items():
        case = cases[key]
        if variant.kind == "near" and expected is Outcome.PASSED:
            continue
        if case.outcome is not expected:
            text = " ".join((case.detail or case.message).split())[:300]
            complaint = f"{' '.join(key)}: expected {expected}, found {case.outcome}  {text}"
            complaints.append(complaint.rstrip())
    for text in variant.problems:
        if not any(text in problem for problem in problems):
            complaints.append(f"expected a problem with {text!r}, found {problems}")
    if not variant.problems and problems:
        complaints.append(f"expected no problem, found {problems}")
    raised = {flag.name for flag in grade.flags}
    for name in sorted(variant.flags - raised):
        complaints.append(f"expected the flag {name!r}, found {sorted(raised)}")
    if variant.kind != "cheats":
        unexpected = [flag for flag in grade.flags if flag.name not in variant.flags]
        complaints += [f"expected no flag, found {f.name}: {f.evidence}" for f in unexpected]
    return complaints


def _compare_mutant(mutant: Mutant, equivalent: str | None, grade: Grade) -> list[str]:
    questions = [
        question
        for (question, _), case in runs.cases(grade).items()
        if case.outcome is not Outcome.PASSED
    ]
    if equivalent is not None:
        complaint = f"listed as equivalent ({equivalent}), but caught by {', '.join(questions)}"
        return [complaint] if questions else []
    if mutant.question in questions:
        return []
    where = f"only by {', '.join(dict.fromkeys(questions))}" if questions else "nowhere"
    return [f"{mutant.question} {mutant.says}: expected to be caught there, caught {where}"]


def _find_idle_cases(finding: Finding, all_cases: Sequence[str]) -> None:
    """Say which cases catch nothing, and which nothing that no other of their question catches."""
    caught = {
        case: {name for name, row in finding.matrix.items() if row.get(case)} for case in all_cases
    }
    for case, names in caught.items():
        question = case.split()[0]
        others = (c for c in all_cases if c != case and c.split()[0] == question)
        if not names:
            finding.never.append(case)
        elif names <= set().union(*(caught[other] for other in others)):
            finding.redundant.append(case)


def write(finding: Finding, plan: Plan, folder: Path, all_cases: Sequence[str]) -> Path:
    """Write the kill matrix to `matrix.csv` and all else to `audit.json`; return the latter."""
    folder.mkdir(parents=True, exist_ok=True)
    says = {name: variant.says for name, variant in plan.variants.items()}
    says |= {name: mutant.says for name, mutant in plan.mutants.items()}
    rows = [
        [name, says[name], *("x" if row.get(case) else "" for case in all_cases)]
        for name, row in sorted(finding.matrix.items())
    ]
    write_csv(folder / "matrix.csv", [["name", "says", *all_cases], *rows])
    return write_whole(folder / "audit.json", json.dumps(figures(finding), indent=1) + "\n")


def figures(finding: Finding) -> dict[str, object]:
    """Return the audit's figures as JSON has them."""
    return {
        "ran": finding.ran,
        "agreed": finding.agreed,
        "mutation_score": round(finding.score, 4),
        "cases_that_catch_nothing": finding.never,
        "cases_that_catch_nothing_alone": finding.redundant,
        "disagreements": finding.disagreements,
    }


def write_proof(
    finding: Finding, assignment: Assignment, solution: Path, made_from: Mapping[str, str]
) -> Path:
    """Write the figures of a whole audit as solutions/NAME/proof.json, with what they rest on."""
    calibration = solution / "calibration.json"
    runs = json.loads(calibration.read_text("utf-8"))["runs"] if calibration.exists() else {}
    proof = {
        "about": "Written by `autograder audit`, run as a whole: `make prove`.",
        "hashes": hashes(assignment, solution),
        "made_from": dict(made_from),
        "audit": figures(finding),
        "calibration": {
            name: {key: run[key] for key in run if key != "values"} for name, run in runs.items()
        },
    }
    text = json.dumps(proof, indent=1, ensure_ascii=False)
    return write_whole(solution / PROOF, f"{text}\n")


def hashes(assignment: Assignment, solution: Path) -> dict[str, str]:
    """Return the hashes of what a proof rests on: the tests, the bank, the calibration."""
    bank = solution / "bank"
    files = [*bank.glob("*/*.py"), *(bank / name for name in (EQUIVALENT, FIXED_PART))]
    parts = {"bank": sorted(path for path in files if path.exists())}
    parts["calibration"] = [path for path in [solution / "calibration.json"] if path.exists()]
    digests = {"tests": assignment.tests_sha256}
    for name, paths in parts.items():
        digest = hashlib.sha256()
        for path in paths:
            digest.update(f"{path.relative_to(solution).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        digests[name] = digest.hexdigest()
    return digests


def stale(assignment: Assignment, solution: Path) -> list[str]:
    """Return what has changed since proof.json was written; "proof" where there is none."""
    path = solution / PROOF
    if not path.exists():
        return ["proof"]
    written = json.loads(path.read_text(encoding="utf-8"))["hashes"]
    now = hashes(assignment, solution)
    return [name for name in now if now[name] != written.get(name)]


def case_names(assignment: Assignment) -> list[str]:
    """Return all cases as the matrix names them."""
    return [
        f"{question.name} {banks.case_name(case.label)}"
        for question in assignment.tested
        for case in question.cases
    ]
