"""Text that students wrote, made safe to look at: nothing in it acts, hides or goes on for ever."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup, escape

LONGEST_LINE = 2_000
MOST_LINES = 240
MOST_CHARACTERS = 20_000
_KEPT_END = 40
"""Lines of a long text that are kept from its end: errors and results stand there."""

_MOST_MARKS = 8
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"},
    0x7F: "␡",
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "�"),
    **{code: f"⟨U+{code:04X}⟩" for code in (*_BIDI, 0x2028, 0x2029, 0xFEFF)},
}
_ESCAPE = re.compile(
    r"\x1b\[(?P<numbers>[0-?]*)[ -/]*(?P<command>[@-~])"  # colours, and what moves the cursor
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?"  # titles and links of a terminal
    r"|\x1b[@-_]?"
)
_CODE = re.compile(r"`([^`\n]+)`")


def visible(text: str) -> str:
    """Return a text whose control and direction characters are replaced by visible ones.

    Of accents piled on one another only the first ones are kept: they reach over other lines.
    """
    text = text.replace("\r\n", "\n").translate(_SHOWN)
    return text if text.isascii() else "".join(_with_few_marks(text))


def _with_few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if marks <= _MOST_MARKS:
            yield character


def one_line(text: str, most: int = 200) -> str:
    """Return a name or a title: visible, without line breaks, of bounded length."""
    text = " ".join(visible(text[: most + 1]).split())
    return text if len(text) <= most else f"{text[:most]}…"


def prose(text: str, most: int = LONGEST_LINE) -> Markup:
    """Return a message, with what stands between backticks as code."""
    shown = visible(text[:most]) + ("…" if len(text) > most else "")
    parts = _CODE.split(shown)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )


def shortened(text: str, most: int = MOST_CHARACTERS, longest: int = LONGEST_LINE) -> str:
    """Return a text with its long lines, and the middle of many lines, cut out; it says so."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        left = len(lines) - MOST_LINES
        lines[MOST_LINES - _KEPT_END : -_KEPT_END] = [f"[… {left:,} lines left out …]"]
    for number, line in enumerate(lines):
        if len(line) > longest:
            left = len(line) - longest
            lines[number] = f"{line[:longest]} [… {left:,} characters left out …]"
    text = "\n".join(lines)
    if len(text) <= most:
        return text
    kept = most // 4
    left = len(text) - most
    return f"{text[: most - kept]}\n[… {left:,} characters left out …]\n{text[-kept:]}"


def terminal(text: str, most: int = MOST_CHARACTERS) -> Markup:
    """Return what a program printed as a terminal shows it: colours, and lines written over."""
    text = text.replace("\r\n", "\n")
    text = shortened("\n".join(map(_written_over, text.split("\n"))), most)
    pieces: list[tuple[str, str]] = []
    colour, bold, start = "", False, 0
    for found in _ESCAPE.finditer(text):
        pieces.append((_style(colour, bold), text[start : found.start()]))
        start = found.end()
        if found["command"] == "m":
            colour, bold = _after(found["numbers"], colour, bold)
    pieces.append((_style(colour, bold), text[start:]))
    return Markup("").join(
        Markup('<span class="{}">{}</span>').format(style, visible(piece))
        if style
        else escape(visible(piece))
        for style, piece in pieces
        if piece
    )


def _written_over(line: str) -> str:
    """Return what is left of a line after its carriage returns and backspaces: progress bars."""
    if "\r" in line:
        line = next(filter(None, reversed(line.split("\r"))), "")
    if "\b" not in line:
        return line
    kept: list[str] = []
    for character in line:
        if character != "\b":
            kept.append(character)
        elif kept:
            kept.pop()
    return "".join(kept)


def _style(colour: str, bold: bool) -> str:
    return " ".join(filter(None, (colour, "ansi-bold" if bold else "")))


def _after(numbers: str, colour: str, bold: bool) -> tuple[str, bool]:
    """Return colour and weight after a `CSI … m`; backgrounds and the rest are left out."""
    codes = [int(code) if code.isdecimal() and len(code) < 4 else 0 for code in numbers.split(";")]
    while codes:
        code = codes.pop(0)
        if code == 0:
            colour, bold = "", False
        elif code in (1, 22):
            bold = code == 1
        elif 30 <= code <= 37 or 90 <= code <= 97:
            colour = f"ansi-{code % 10}"
        elif code == 39:
            colour = ""
        elif code in (38, 48):
            chosen = _extended(codes)
            colour = chosen if code == 38 else colour
    return colour, bold


def _extended(codes: list[int]) -> str:
    """Take `5;n` or `2;r;g;b` from `codes`; return the nearest of the eight colours."""
    kind = codes.pop(0) if codes else 0
    if kind == 2:
        red, green, blue = (*codes[:3], 0, 0, 0)[:3]
        del codes[:3]
    elif kind == 5 and codes:
        code = codes.pop(0)
        if code < 16:
            return f"ansi-{code % 8}"
        if code >= 232:
            return ""
        red, green, blue = (((code - 16) // place % 6) * 51 for place in (36, 6, 1))
    else:
        return ""
    bright = max(red, green, blue) / 2
    bits = (red > bright) + 2 * (green > bright) + 4 * (blue > bright)
    return f"ansi-{bits}"
