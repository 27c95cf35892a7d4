"""The pages are true: commands, options, settings, links, paths and names in them exist."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from autograder.cli import main
from autograder.course.config import KEYS
from docs import configuration
from tests.test_architecture import LADDER, PACKAGE, ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
HISTORY = "CHANGELOG.md"
"""It tells of what was; the other pages of what is."""
PRESENT = [page for page in PAGES if page.name != HISTORY]
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4}(?! *[-*|]).*$", re.MULTILINE)
_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def shown(value: object) -> str:
    """How a page, a link or a command is called among the tests."""
    text = value.name if isinstance(value, Path) else value
    return " ".join(text) if isinstance(text, list) else str(text)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """The page without its fenced blocks, on whose lines a backtick or a bracket means nothing."""
    return _FENCED.sub("", text(page))


def code(page: Path) -> Iterator[str]:
    """Every line and every span of code."""
    for block in _FENCED.findall(text(page)):
        yield from block.splitlines()
    yield from (line.strip() for line in _INDENTED.findall(prose(page)))
    yield from (" ".join(span.split()) for span in _SPAN.findall(prose(page)))


def commands(page: Path) -> Iterator[list[str]]:
    """The words after `autograder`, for each line and span of code that begins with it."""
    for line in code(page):
        if re.match(r"(?:\.venv/bin/)?autograder(?= )", line):
            yield shlex.split(line, comments=True)[1:]


def named(words: list[str]) -> str:
    """The command among these words; before it stand options of the group."""
    return next((word for word in words if word in main.commands), "")


def names(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts if name[0] == "-"}


COMMANDS = [(page, words) for page in PRESENT for words in commands(page)]


@pytest.mark.parametrize(("page", "words"), COMMANDS, ids=shown)
def test_a_command_on_a_page_exists_with_its_options(page: Path, words: list[str]) -> None:
    command = named(words)
    assert command, f"{page.name}: no command in `autograder {' '.join(words)}`"
    split = words.index(command)
    known = names(main.commands[command]) | {"--help", "-h"}
    group = names(main) | {"--help", "-h", "--version"}
    options = [word.partition("=")[0] for word in words]
    assert [o for o in options[:split] if o[0] == "-" and o not in group] == []
    assert [o for o in options[split + 1 :] if o[0] == "-" and o not in known] == []


def test_the_readme_is_about_one_screen() -> None:
    output = sum(block.count("\n") for block in _FENCED.findall(text(ROOT / "README.md")))
    assert len(COMMANDS) > 30
    assert text(ROOT / "README.md").count("\n") - output < 70


ALL_OPTIONS = [
    (name, max(parameter.opts, key=len))
    for name, command in main.commands.items()
    for parameter in command.params
    if isinstance(parameter, click.Option)
]


@pytest.mark.parametrize("name", main.commands)
def test_every_command_is_on_a_page(name: str) -> None:
    assert any(named(words) == name for _, words in COMMANDS)


@pytest.mark.parametrize(("name", "option"), [*ALL_OPTIONS, ("grade", "--course")])
def test_every_option_is_on_a_page_of_its_command(name: str, option: str) -> None:
    pages = {page for page, words in COMMANDS if named(words) == name}
    written = {word for page in pages for line in code(page) for word in line.split()}
    assert option in written


def test_options_in_the_pages_are_of_some_command() -> None:
    known = set().union(*map(names, [main, *main.commands.values()]))
    spans = {(page.name, span) for page in PRESENT for span in _SPAN.findall(prose(page))}
    options = {(page, span.split()[0]) for page, span in spans if re.match(r"--?[a-z]", span)}
    assert len(options) > 10
    assert {(page, option) for page, option in options if option not in known} == set()


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_is_on_its_page_with_what_the_code_has(key: str) -> None:
    assert f"| `kit.{key}` | {KEYS[key].default} |" in text(configuration.PAGE)


def test_the_table_of_settings_is_what_the_code_makes() -> None:
    page = text(configuration.PAGE)
    assert page == configuration.with_table(page), "run `python -m docs.configuration`"


def test_settings_in_the_pages_exist() -> None:
    used = {key for page in PRESENT for key in re.findall(r"`kit\.(\w+)`", text(page))}
    assert used == {*KEYS, "numpy_printing"}


def anchors(page: Path) -> set[str]:
    """What GitHub makes of a page's headings."""
    titles = (re.sub(r"[`*]", "", title).lower() for title in _HEADING.findall(prose(page)))
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def links() -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for groups in _LINK.findall(prose(page)):
            target = "".join(groups)
            if "://" not in target:
                yield page, target


@pytest.mark.parametrize(("page", "target"), list(links()), ids=shown)
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    path, _, anchor = target.partition("#")
    place = (page.parent / path).resolve() if path else page
    assert place.exists(), f"{page.name}: {target}"
    assert not anchor or anchor in anchors(place), f"{page.name}: {target}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        targets = {(p.parent / t.partition("#")[0]).resolve() for p, t in links() if p == page}
        waiting += [target for target in targets if target in PAGES and target not in reached]
    assert reached == set(PAGES)


def test_a_diagram_names_its_participants() -> None:
    page = text(ROOT / "docs" / "how-it-works.md")
    (diagram,) = re.findall(r"^```mermaid\nsequenceDiagram\n(.*?)^```$", page, re.M | re.S)
    declared = dict(re.findall(r"^ +participant (\w+) as (\w+)", diagram, re.MULTILINE))
    arrows = re.findall(r"^ +(\w+)-?->>(\w+): [^;#\n]+$", diagram, re.MULTILINE)
    assert {side for arrow in arrows for side in arrow} == set(declared)
    notes = diagram.count("Note over")
    assert len(arrows) + notes + len(declared) == len(diagram.splitlines())
    assert all(f"\n| {name} | `autograder/" in page for name in declared.values())


FOLDERS = "assignments|autograder|benchmarks|docs|solutions|tests|\\.github|\\.ci"
_PATH = re.compile(rf"(?:{FOLDERS})/[\w./-]*")
PATHS = {
    (page.name, span)
    for page in PRESENT
    for span in _SPAN.findall(prose(page))
    if _PATH.fullmatch(span)
}


def test_paths_in_the_pages_exist() -> None:
    assert len(PATHS) > 25
    assert {(page, path) for page, path in PATHS if not (ROOT / path).exists()} == set()


_MODULE = re.compile(r"python -m ((?:docs|tests|benchmarks|autograder)[\w.]*)|python ([\w/]+\.py)")


def test_modules_and_targets_that_pages_run_exist() -> None:
    lines = [line for page in PRESENT for line in code(page)]
    files = {
        f"{module.replace('.', '/')}.py" if module else path
        for line in lines
        for module, path in _MODULE.findall(line)
    }
    assert len(files) > 4
    assert {file for file in files if not (ROOT / file).is_file()} == set()
    known = re.findall(r"^(\w+):", text(ROOT / "Makefile"), re.MULTILINE)
    asked = {target for line in lines for target in re.findall(r"^make (\w+)", line)}
    assert {"demo", "test", "prove"} <= asked <= set(known)


def test_the_ladder_in_contributing_is_the_one_that_is_held() -> None:
    rows = re.findall(r"^\| (?:ground|\d) \|(.+)\|$", text(ROOT / "CONTRIBUTING.md"), re.MULTILINE)
    assert len(rows) == len(LADDER)
    for row, rooms in zip(rows, LADDER, strict=True):
        names = {name.rstrip("/") for name in _SPAN.findall(row)}
        assert rooms <= names
        parts = {path.stem for path in PACKAGE.rglob("*") if path.is_dir() or path.suffix == ".py"}
        assert names <= parts


def test_modules_in_contributing_exist() -> None:
    spans = _SPAN.findall(text(ROOT / "CONTRIBUTING.md"))
    modules = {span for span in spans if re.fullmatch(r"(?!tests)\w+/\w+\.py", span)}
    assert modules
    assert {name for name in modules if not (PACKAGE / name).is_file()} == set()
