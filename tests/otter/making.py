"""Makes assignments from short texts: as Otter Assign leaves them, and as students hand them in.

A text in `assignments/` is cut at lines that begin with `# %%`:

    # %% config              JSON: `format` ("ok" or "exception"), `seed`, `seed_variable`,
                             `in_metadata`, `unchecked` (questions without a check cell),
                             `all_or_nothing`, `points` (by question)
    # %% file NAME           a file beside the notebook
    # %% given               a cell that everybody has
    # %% answer q1           the solution's answer
    # %% wrong q1            another answer, in a notebook with the first wrong one of each question
    # %% hostile q1          an answer that plain Otter may fall for: behind the wall no case passes
    # %% test q1, hidden q1  a case in OK format; with `success: ` or `failure: ` lines before it
    # %% tests q1            a test file in exception format, below its first lines
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.course import existing, needs, plan
from autograder.course import imports as imported
from autograder.course.config import Assignment, hash_folder
from autograder.course.needs import Needs
from autograder.records import Case, Question

TEXTS = Path(__file__).parent / "assignments"
HEAD = "from otter.test_files import test_case\n\nOK_FORMAT = False\nname = {name!r}\npoints = {points!r}\nall_or_nothing = {whole!r}\n\n"


@dataclass(frozen=True)
class Section:
    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class Text:
    """One assignment as it stands in its file."""

    name: str
    config: Mapping[str, Any]
    sections: tuple[Section, ...]

    @property
    def questions(self) -> list[str]:
        return list(dict.fromkeys(s.name for s in self.sections if s.kind == "answer"))

    @property
    def is_ok(self) -> bool:
        return bool(self.config.get("format", "ok") == "ok")

    def of(self, *kinds: str, name: str = "") -> list[Section]:
        return [s for s in self.sections if s.kind in kinds and name in ("", s.name)]


def read(path: Path) -> Text:
    sections = []
    for part in ("\n" + path.read_text(encoding="utf-8")).split("\n# %% ")[1:]:
        head, _, text = part.partition("\n")
        kind, _, name = head.partition(" ")
        sections.append(Section(kind, name, text.strip("\n")))
    (config,) = (s for s in sections if s.kind == "config")
    return Text(path.stem, json.loads(config.text), tuple(sections))


def notebook(text: Text, answers: Mapping[str, str]) -> Any:
    """The notebook with these answers; with none where students begin."""
    made = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    start = f'import otter\ngrader = otter.Notebook("{text.name}.ipynb")'
    made.cells.append(nbformat.v4.new_code_cell(start))
    checked = set[str]()
    for section in text.sections:
        if section.kind == "given":
            made.cells.append(nbformat.v4.new_code_cell(section.text))
        elif section.kind == "answer":
            tags = ["otter_answer_cell"]
            source = answers.get(section.name, "...")
            made.cells.append(nbformat.v4.new_code_cell(source, metadata={"tags": tags}))
        elif section.kind in ("test", "hidden", "tests") and section.name not in checked:
            checked.add(section.name)
            if section.name in text.config.get("unchecked", ()):
                made.cells[-1].metadata["otter"] = {"tests": [section.name]}
            else:
                made.cells.append(nbformat.v4.new_code_cell(f'grader.check("{section.name}")'))
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    return made


def solved(text: Text) -> dict[str, str]:
    return {section.name: section.text for section in text.of("answer")}


def handed_in(text: Text) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield answers by name: the solution, wrong ones, nothing."""
    yield "right", solved(text)
    wrong: list[dict[str, str]] = []
    for question in text.questions:
        for number, section in enumerate(text.of("wrong", name=question)):
            if number == len(wrong):
                wrong.append(solved(text))
            wrong[number][question] = section.text
    yield from ((f"wrong {number}", answers) for number, answers in enumerate(wrong, 1))
    yield "untouched", {}


def file_of(text: Text, question: str, *, hidden: bool) -> str:
    """A question's tests, with the hidden ones or without."""
    points = text.config.get("points", {}).get(question)
    whole = question in text.config.get("all_or_nothing", ())
    if not text.is_ok:
        (section,) = text.of("tests", name=question)
        source = HEAD.format(name=question, points=points, whole=whole) + section.text + "\n"
        return source if hidden else existing.public(source)
    cases = [_case(s) for s in text.of("test", "hidden", name=question)]
    cases = [case for case in cases if hidden or not case["hidden"]]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    spec = {"name": question, "points": points, "all_or_nothing": whole, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {spec!r}\n"


def _case(section: Section) -> dict[str, Any]:
    case: dict[str, Any] = {"hidden": section.kind == "hidden", "locked": False}
    lines = section.text.splitlines()
    for key, start in (("success_message", "success: "), ("failure_message", "failure: ")):
        if lines[0].startswith(start):
            case[key] = lines.pop(0).removeprefix(start)
    return {**case, "code": "\n".join(lines)}


def make(text: Text, folder: Path) -> Assignment:
    """Write an assignment's two sides as the build does, and read what grading needs of them."""
    student, staff = folder / "student", folder / "staff"
    for side, answers in ((student, _stubs(text)), (staff, solved(text))):
        (side / "tests").mkdir(parents=True)
        made = notebook(text, answers)
        for section in text.of("file"):
            (side / section.name).write_text(section.text + "\n", encoding="utf-8")
        if text.config.get("in_metadata") and side is student:
            (side / "tests").rmdir()
            made.metadata["otter"] = _in_metadata(text)
        for question in text.questions if (side / "tests").is_dir() else ():
            tests = file_of(text, question, hidden=side is staff)
            (side / "tests" / f"{question}.py").write_text(tests, encoding="utf-8")
        nbformat.write(made, side / f"{text.name}.ipynb")
    config = {key: text.config.get(key) for key in ("seed", "seed_variable")}
    (staff / "otter_config.json").write_text(json.dumps(config), encoding="utf-8")
    read_plan = plan.made(staff, text.name, folder / "master")
    questions = tuple(
        Question(
            q["name"],
            q["all_or_nothing"],
            tuple(Case(**case) for case in q["cases"]),
            tuple(q["variables"]),
        )
        for q in read_plan["questions"]
    )
    own = Needs(
        imports=imported.imports(staff, f"{text.name}.ipynb"),
        files=tuple(needs.beside(student, f"{text.name}.ipynb")),
    )
    return Assignment(
        text.name,
        questions,
        student,
        staff,
        hash_folder(staff),
        own,
        True,
        read_plan["before_cells"],
    )


def _stubs(text: Text) -> dict[str, str]:
    return dict.fromkeys(text.questions, "...")


def _in_metadata(text: Text) -> dict[str, Any]:
    tests: dict[str, Any] = {}
    for question in text.questions:
        names: dict[str, Any] = {}
        exec(file_of(text, question, hidden=False), names)
        tests[question] = names["test"]
    return {"OK_FORMAT": True, "tests": tests}
