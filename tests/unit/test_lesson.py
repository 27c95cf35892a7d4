"""The notebook as a page: it opens everywhere, and its outline, links and pictures can be read aloud."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from packaging.requirements import Requirement

from autograder.notebook.cells import cells_of
from tests.conftest import ROOT

PAGES = sorted((ROOT / "assignments").glob("*/*.ipynb"))
HTML_IMAGE = re.compile(r"<img\b(?![^>]*\balt=[\"'][^\"']+)", re.IGNORECASE)


def tokens(page: nbformat.NotebookNode) -> Iterator[Token]:
    """All Markdown of a notebook, in its order, with what stands within paragraphs."""
    for cell in page.cells:
        if cell.cell_type == "markdown":
            for token in MarkdownIt().parse(cell.source):
                yield token
                yield from token.children or ()


@pytest.fixture(params=PAGES, ids=[path.stem for path in PAGES])
def page(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


def test_there_is_a_page() -> None:
    assert {"mnist.ipynb", "tensors.ipynb"} <= {path.name for path in PAGES}


def test_every_editor_can_open_it(page: nbformat.NotebookNode) -> None:
    nbformat.validate(page)
    assert (page.nbformat, page.nbformat_minor) == (4, 5)
    assert page.metadata["kernelspec"]["name"] == "python3"
    assert all(cell.get("attachments", {}) == {} for cell in page.cells)  # Colab shows none


def test_the_headings_are_an_outline(page: nbformat.NotebookNode) -> None:
    levels = [int(token.tag[1]) for token in tokens(page) if token.type == "heading_open"]
    assert levels[0] == 1 and levels.count(1) == 1 and len(levels) > 10
    steps = pairwise(levels)
    assert [step for step in steps if step[1] > step[0] + 1] == []


def test_every_question_has_a_heading_with_its_points(page: nbformat.NotebookNode) -> None:
    text = "\n".join(cell.source for cell in page.cells)
    checks = re.findall(r'grader\.check\("q(\d+)"\)', text)
    headings = re.findall(r"^### Question (\d+) \(\d points\)$", text, re.MULTILINE)
    assert headings == checks and len(checks) >= 9


def test_pictures_and_links_say_what_they_are(page: nbformat.NotebookNode) -> None:
    found = list(tokens(page))
    assert [token.attrs for token in found if token.type == "image" and not token.content] == []
    assert [token.content for token in found if HTML_IMAGE.search(token.content)] == []
    links = [found[i + 1].content for i, token in enumerate(found) if token.type == "link_open"]
    assert [text for text in links if text.strip().lower() in ("", "here", "link")] == []


def test_it_says_how_to_hand_in_everywhere(page: nbformat.NotebookNode) -> None:
    instructions, export = page.cells[-2].source, page.cells[-1].source
    for place in ("In Jupyter:", "In VS Code:", "On Google Colab", "Download .ipynb"):
        assert place in instructions
    assert export == "grader.export(pdf=False, force_save=True)"  # no LaTeX, no second run


# ---------------------------------------------------------------- what students install

BRINGS = {"keras": "tensorflow", "otter": "otter-grader"}
"""Which package brings a module that has another name."""


def requirements() -> list[Requirement]:
    text = (ROOT / "assignments" / "requirements.txt").read_text(encoding="utf-8")
    return [Requirement(line) for line in text.splitlines() if line and not line.startswith("#")]


def packages(path: Path) -> set[str]:
    """What a notebook's imports are installed as."""
    page = nbformat.read(path, as_version=4)
    code = [statement for cell in cells_of(page) if cell.kind == "code" for statement in cell.body]
    nodes = [node for statement in code for node in ast.walk(statement)]
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    names = {module.partition(".")[0] for module in modules} - set(sys.stdlib_module_names)
    return {BRINGS.get(name, name) for name in names}


def test_students_install_what_the_notebooks_import_and_no_more() -> None:
    imported = set[str]().union(*map(packages, PAGES))
    assert imported | {"jupyter"} == {requirement.name for requirement in requirements()}


def test_only_the_first_lesson_needs_tensorflow() -> None:
    needs = {path.stem for path in PAGES if "tensorflow" in packages(path)}
    assert needs == {"mnist"}


def test_the_versions_that_are_tested_are_ones_that_students_may_get() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    tested = dict(line.lower().split("==") for line in lines)
    asked = requirements()
    assert len(asked) >= 5
    assert [str(one) for one in asked if tested[one.name] not in one.specifier] == []
