"""Text of students, made safe to look at."""

from __future__ import annotations

import re

import pytest

from autograder.reports.student import inert

VISIBLE = {
    "a\x00b\x07c": "a␀b␇c",
    "a\x1bb\x7f": "a␛b␡",
    "\x85\x9b": "��",
    "a\u202eb\u2066c\u200f": "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200F⟩",
    "\ud800 \udfff": "� �",
    "e" + "\u0301" * 99 + "e\u0301": "e" + "\u0301" * 8 + "e\u0301",
    "line\r\nline\n\ttab": "line\nline\n\ttab",
    "שלום é 漢字 👩‍🔬": "שלום é 漢字 👩‍🔬",
}


@pytest.mark.parametrize("text", VISIBLE)
def test_what_acts_or_hides_is_made_visible(text: str) -> None:
    assert inert.visible(text) == VISIBLE[text]


TERMINAL = {
    "\x1b[31mred\x1b[0m plain": '<span class="ansi-1">red</span> plain',
    "\x1b[1;92mgo\x1b[22mod\x1b[39m.": '<span class="ansi-2 ansi-bold">go</span><span class="ansi-2">od</span>.',
    "\x1b[38;5;196mx\x1b[38;2;0;0;255my\x1b[m": '<span class="ansi-1">x</span><span class="ansi-4">y</span>',
    "\x1b[48;5;1mback\x1b[38;5": "back␛[38;5".replace("␛[", ""),
    "1/3\r2/3\r3/3\n": "3/3\n",
    "ab\b\bcd": "cd",
    "\b\b": "",
    "\x1b]8;;http://evil\x1b\\link\x1b]8;;\x07!": "link!",
    "\x1b[2J\x1b[Hcleared": "cleared",
    "<script>\x1b[31m<b>": '&lt;script&gt;<span class="ansi-1">&lt;b&gt;</span>',
    "\x1b[999999999999m\x1b[;;;m\x1b[38m\x1b[38;5;999mx": "x",
}


@pytest.mark.parametrize("text", TERMINAL)
def test_output_is_shown_as_a_terminal_does(text: str) -> None:
    assert inert.terminal(text) == TERMINAL[text]


def test_long_texts_are_cut_and_say_so() -> None:
    many = inert.shortened("\n".join(map(str, range(1000))))
    assert many.startswith("0\n1\n") and many.endswith("\n999")
    assert "[… 760 lines left out …]" in many
    assert len(many.splitlines()) == inert.MOST_LINES + 1
    long = inert.shortened("x" * 9_000)
    assert long.endswith("[… 7,000 characters left out …]")
    assert len(inert.shortened("y" * 1_900 + "\n" + ("z" * 1_900 + "\n") * 100)) < 21_000


def test_messages_show_code_and_nothing_else() -> None:
    assert inert.prose("`<b>` is <i> of ` them") == "<code>&lt;b&gt;</code> is &lt;i&gt; of ` them"
    assert len(inert.prose("x" * 10_000)) == inert.LONGEST_LINE + 1


def test_a_name_is_one_short_line() -> None:
    assert inert.one_line("a\n\n b\t\u202e") == "a b ⟨U+202E⟩"
    assert re.fullmatch("x{200}…", inert.one_line("x" * 999))
