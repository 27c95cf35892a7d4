"""The executed notebook, cell by cell. All of it may be hostile: it is shown, and never acts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.reports.student import markdown, pictures
from autograder.reports.student.inert import one_line, prose, shortened, terminal, visible

_MOST_CELLS = 400
_MOST_OUTPUTS = 40
_LAST_OUTPUTS = 5
"""How many of them are from a cell's end."""
_LONGEST_SOURCE = 30_000
_LONGEST_LINE = 400
"""Of code: what is longer is data."""
_NOT_RUN = Markup("not run")
_WITHHELD = (
    "What this cell showed is for your instructors only: hidden tests had called your functions by "
    "then, and it could tell what with."
)
_NARROW = 36
"""Characters of a line that fit on a phone; longer output can be scrolled."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell as it is shown; `kind` is code, markdown or raw."""

    kind: str
    number: int
    body: Markup
    outputs: tuple[Markup, ...] = ()
    questions: tuple[str, ...] = ()
    skipped: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Executed:
    """What there is to show, or in `note` why it is less than the whole."""

    cells: tuple[ShownCell, ...] = ()
    note: str = ""


@dataclass(slots=True)
class _Room:
    """What the page can still take: characters of HTML, and of pictures' base64.

    `markdown` counts what is read as Markdown: that takes time.
    """

    text: int = 1_000_000
    pictures: int = 4_000_000
    markdown: int = 200_000


def read(executed: str, questions: frozenset[str]) -> Executed:
    """Read an executed notebook, given as JSON; `questions` are the names that may be judged."""
    try:
        parsed = json.loads(executed)
        given = parsed["cells"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return Executed(note="The executed notebook cannot be read." if executed else "")
    if not isinstance(given, list):
        return Executed(note="The executed notebook cannot be read.")
    room, cells, why = _Room(), list[ShownCell](), ""
    for number, one in enumerate(given[:_MOST_CELLS], 1):
        cell = _cell(one, number, questions, room)
        said_before = bool(cell.skipped) and cell.skipped == why
        why = cell.skipped or why
        cells.append(replace(cell, skipped=_NOT_RUN) if said_before else cell)
    left = len(given) - len(cells)
    return Executed(tuple(cells), f"The last {left:,} cells are left out." if left else "")


def _cell(cell: object, number: int, questions: frozenset[str], room: _Room) -> ShownCell:
    if not isinstance(cell, Mapping):
        return ShownCell("raw", number, _note("This cell is damaged."))
    kind, source = cell.get("cell_type"), _text(cell.get("source"))
    if room.text <= 0:
        return ShownCell("raw", number, _note("Left out: the page would become too long."))
    metadata = cell.get("metadata")
    metadata = metadata if isinstance(metadata, Mapping) else {}
    named, skipped = metadata.get("questions"), metadata.get("skipped")
    named = named if isinstance(named, list) else []
    judged = tuple(name for name in named if isinstance(name, str) and name in questions)
    if kind != "code":
        body = _prose(kind == "markdown", source, room)
        return ShownCell("markdown" if kind == "markdown" else "raw", number, body, (), judged)
    body = _code(source)
    room.text -= len(body)
    given = cell.get("outputs")
    if given and metadata.get("withheld"):
        outputs: tuple[Markup, ...] = (_note(_WITHHELD),)
    else:
        outputs = tuple(_outputs(given, number, room))
    why = prose(skipped, 200) if isinstance(skipped, str) else Markup()
    return ShownCell("code", number, body, outputs, judged, why)


def _prose(is_markdown: bool, source: str, room: _Room) -> Markup:
    if is_markdown and room.markdown > 0:
        shown = markdown.render(source, room.pictures)
    else:
        shown = markdown.as_typed(source)
    room.markdown -= min(len(source), markdown.LONGEST)
    room.text -= shown.text
    room.pictures -= shown.pictures
    return shown.html


def _code(source: str) -> Markup:
    source = shortened(visible(source), _LONGEST_SOURCE, _LONGEST_LINE)
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    coloured = highlight(source, lexer, HtmlFormatter(nowrap=True, classprefix="t-"))
    return Markup("<pre>{}</pre>").format(Markup(coloured))  # noqa: S704 - Pygments escapes


def _outputs(given: object, number: int, room: _Room) -> Iterator[Markup]:
    joined = list(_joined(given if isinstance(given, list) else []))
    left = max(0, len(joined) - _MOST_OUTPUTS)
    first = _MOST_OUTPUTS - _LAST_OUTPUTS if left else len(joined)
    for output in joined[:first]:
        yield from _output(output, number, room)
    if left:
        yield _note(f"{left:,} outputs are left out.")
    for output in joined[first + left :]:  # the last ones say how it ended
        yield from _output(output, number, room)


def _joined(outputs: list[object]) -> Iterator[Mapping[str, object]]:
    """Yield the outputs; what was printed to one stream without a break becomes one text."""
    usable = (output for output in outputs if isinstance(output, Mapping))
    for (kind, _), run in groupby(usable, lambda each: (each.get("output_type"), each.get("name"))):
        if kind == "stream":
            texts = list(run)
            yield {**texts[0], "text": "".join(_text(each.get("text")) for each in texts)}
        else:
            yield from run


def _output(output: Mapping[str, object], number: int, room: _Room) -> Iterator[Markup]:
    kind = output.get("output_type")
    if kind == "stream":
        style = "error" if output.get("name") == "stderr" else "printed"
        yield from _printed(_text(output.get("text")), style, number, room)
    elif kind == "error":
        lines = output.get("traceback")
        text = "\n".join(map(_text, lines)) if isinstance(lines, list) else ""
        text = text or f"{_text(output.get('ename'))}: {_text(output.get('evalue'))}"
        yield from _printed(text, "error", number, room)
    elif kind in ("execute_result", "display_data"):
        data = output.get("data")
        yield from _shown(data if isinstance(data, Mapping) else {}, number, room)


def _shown(data: Mapping[str, object], number: int, room: _Room) -> Iterator[Markup]:
    """Show the picture of a rich output, else its text; HTML and the like never."""
    picture = next((_text(data[k]) for k in ("image/png", "image/jpeg") if k in data), None)
    plain = _text(data.get("text/plain"))
    if picture is not None:
        found: pictures.Picture | str = "the page's pictures would become too large"
        if len(picture) <= room.pictures:
            found = pictures.read(picture)
        if isinstance(found, pictures.Picture):
            room.pictures -= len(found.uri)
            yield Markup(
                '<img src="{}" width="{}" height="{}" alt="Picture from cell {}{}">'
            ).format(found.uri, found.width, found.height, number, _named_picture(plain))
            return
        yield _note(f"A picture is left out: {found}.")
    elif plain:
        yield from _printed(plain, "printed", number, room)
    elif data:
        kinds = ", ".join(sorted(one_line(str(kind), 40) for kind in list(data)[:5]))
        yield _note(f"An output without a text form is left out ({kinds}).")


def _named_picture(plain: str) -> str:
    """Matplotlib's own words for a picture say nothing; other ones may."""
    return "" if not plain or plain.startswith("<") else f": {one_line(plain, 100)}"


def _printed(text: str, style: str, number: int, room: _Room) -> Iterator[Markup]:
    if not text.strip("\n"):
        return
    if room.text <= 0:
        yield _note("An output is left out: the page would become too long.")
        return
    shown = terminal(text.strip("\n"))
    room.text -= len(shown)
    wide = not all(map(_is_narrow, text.splitlines()))
    scrolled = Markup(' tabindex="0" role="group" aria-label="Output of cell {}"').format(number)
    yield Markup('<pre class="{}"{}>{}</pre>').format(style, scrolled if wide else "", shown)


def _is_narrow(line: str) -> bool:
    """Whether a line is sure to fit on a phone."""
    line = line.expandtabs()
    return len(line) <= _NARROW and line.isascii() and line.isprintable()


def _note(text: str) -> Markup:
    return Markup('<p class="left-out">{}</p>').format(text)


def _text(value: object) -> str:
    """Return a text that may be given as a list of lines; anything else is empty."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""
