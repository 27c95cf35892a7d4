"""Students' Markdown as HTML that does nothing: no HTML of theirs, no script, nothing loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from autograder.reports import pictures
from autograder.reports.inert import one_line, visible

_LONGEST = 20_000
"""Longer texts, and tables that grow beyond `_MOST_HTML`, are shown as they were typed."""
_MOST_HTML = 120_000
_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,")
_LOWEST_HEADING = 6
_HEADINGS_BELOW = 2
"""A heading of the first level becomes one of the third: above it are the page's own."""


def render(text: str) -> Markup:
    """Return a Markdown cell as HTML."""
    text = visible(text)
    html = _renderer().render(text) if len(text) <= _LONGEST else ""
    if html and len(html) - _picture_size(html) <= _MOST_HTML:
        return Markup(html)  # noqa: S704 - from a renderer that escapes all that is not Markdown
    return Markup('<pre class="typed">{}</pre>').format(text[:_LONGEST])


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    renderer.validateLink = lambda url: bool(_LINK.match(url) or _PICTURE.match(url))  # type: ignore[method-assign]
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
            token.attrs = {"href": url if _LINK.match(url) else "#"}
            if not url.startswith("#"):
                token.attrs |= {"rel": "noopener noreferrer nofollow", "target": "_blank"}
        if token.type == "link_close" and kept and kept[-1].type == "link_open":
            content = one_line(str(kept[-1].attrs["href"])) or "link"
            kept.append(Token("text", "", 0, content=content))
        kept.append(token)
    return kept


def _picture(
    renderer: Any, tokens: Sequence[Token], index: int, options: OptionsDict, env: Any
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


def _picture_size(html: str) -> int:
    return sum(len(found[0]) for found in re.finditer(r'src="data:[^"]*"', html))


def as_typed(text: str) -> Markup:
    """Return a raw cell as text."""
    return Markup('<pre class="typed">{}</pre>').format(escape(visible(text[:_LONGEST])))
