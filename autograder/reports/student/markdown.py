"""Students' Markdown as HTML that does nothing: no HTML of theirs, no script, nothing loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin

from autograder.reports.student import pictures
from autograder.reports.student.inert import one_line, shortened, visible

LONGEST = 8_000
"""Longer texts, and tables that grow beyond `_MOST_HTML`, are shown as they were typed."""
_MOST_HTML = 60_000
_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]*")
_KNOWN = re.compile(rf"{_LINK.pattern}|{_PICTURE.pattern}|attachment:", re.IGNORECASE)
_LOWEST_HEADING = 6
_HEADINGS_BELOW = 2
"""A heading of the first level becomes one of the third: above it are the page's own."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A cell as HTML, with its length but for pictures, and the characters of the pictures."""

    html: Markup
    text: int
    pictures: int


def render(text: str, most_pictures: int = 1_000_000) -> Rendered:
    """Return a Markdown cell as HTML, with pictures of at most so many characters."""
    text = visible(text)
    in_pictures = sum(map(len, _PICTURE.findall(text)))
    if len(text) - in_pictures <= LONGEST and in_pictures <= most_pictures:
        html = _renderer().render(text)
        shown = sum(map(len, _PICTURE.findall(html)))
        if len(html) - shown <= _MOST_HTML:
            return Rendered(Markup(html), len(html) - shown, shown)  # noqa: S704 - escaped
    return as_typed(text)


def as_typed(text: str) -> Rendered:
    """Return a cell as text; pictures within it are named."""
    text = _PICTURE.sub("[a picture]", visible(text))
    html = Markup('<pre class="typed">{}</pre>').format(shortened(text))
    return Rendered(html, len(html), 0)


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    dollarmath_plugin(
        renderer, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    for name in ("math_inline", "math_inline_double", "math_block"):
        renderer.add_render_rule(name, _formula)
    renderer.validateLink = lambda url: bool(_KNOWN.match(url))  # type: ignore[method-assign]
    renderer.core.ruler.push("harmless", lambda state: _make_harmless(state.tokens))
    renderer.add_render_rule("image", _picture)
    renderer.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>')
    renderer.add_render_rule("table_close", lambda *_: "</table></div>")
    return renderer


def _make_harmless(tokens: Sequence[Token]) -> None:
    """Push headings down, and give links what keeps the other side from learning of this page."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            level = min(int(token.tag[1]) + _HEADINGS_BELOW, _LOWEST_HEADING)
            token.tag = f"h{level}"
        if token.children:
            token.children = _named_links(token.children)


def _named_links(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.type == "link_open":
            url = str(token.attrs.get("href", ""))
            token.attrs = {"href": url} if _LINK.match(url) else {}
            if token.attrs and not url.startswith("#"):
                token.attrs |= {"rel": "noopener noreferrer nofollow", "target": "_blank"}
        if token.type == "link_close" and kept and kept[-1].type == "link_open":
            content = one_line(str(kept[-1].attrs.get("href", ""))) or "link"
            kept.append(Token("text", "", 0, content=content))
        kept.append(token)
    return kept


def _picture(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: dict[str, object],
) -> str:
    """Show a picture that stands in the text itself; name one that would have to be loaded."""
    token = tokens[index]
    alternative = one_line(renderer.renderInlineAsText(token.children or (), options, env))
    source = str(token.attrs.get("src", ""))
    found: pictures.Picture | str = "it is not part of the notebook's text"
    if _PICTURE.match(source):
        found = pictures.read(source.partition(",")[2])
    if isinstance(found, str):
        note = f"[picture left out: {found}{': ' if alternative else ''}{alternative}]"
        return str(Markup('<span class="left-out">{}</span>').format(note))
    return str(Markup('<img src="{}" alt="{}">').format(found.uri, alternative or "picture"))


def _formula(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    """Leave a formula as it was typed: whatever renders LaTeX well needs a script."""
    token = tokens[index]
    marks = "$" if token.type == "math_inline" else "$$"
    kind = "div" if token.type == "math_block" else "span"
    formula = f"{marks}{token.content.strip()}{marks}"
    return str(Markup('<{0} class="math" dir="ltr">{1}</{0}>').format(Markup(kind), formula))  # noqa: S704 - one of two
