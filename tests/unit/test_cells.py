"""The executed notebook on a page: what is shown of it, and that nothing in it acts or breaks."""

from __future__ import annotations

import base64
import json
import re
import struct
from typing import Any

import pytest

from autograder.reports.student import cells, markdown, pictures
from tests.executed import code, executed, png, printed, sample_notebook, shown
from tests.executed import markdown as prose

QUESTIONS = frozenset({"q1", "q2", "q3", "q6", "q7"})


def read(*given: Any) -> tuple[cells.ShownCell, ...]:
    return cells.read(executed(*given), QUESTIONS).cells


def rendered(text: str) -> str:
    return str(markdown.render(text).html)


def html(*given: Any) -> str:
    return "".join(str(cell.body) + "".join(map(str, cell.outputs)) for cell in read(*given))


def test_a_usual_notebook_is_shown() -> None:
    shown_cells = cells.read(sample_notebook(), QUESTIONS).cells
    assert [cell.kind for cell in shown_cells][:2] == ["markdown", "code"]
    assert [name for cell in shown_cells for name in cell.questions] == [
        "q1",
        "q2",
        "q3",
        "q6",
        "q7",
    ]
    text = "".join(str(c.body) + "".join(map(str, c.outputs)) for c in shown_cells)
    assert '<span class="t-kn">import</span>' in text
    assert "469/469" in text and "200/469" not in text
    assert f"data:image/png;base64,{png()}" in text
    assert "NameError" in text and 'class="ansi-1"' in text
    assert "q2 passed!" in text and "&lt;b&gt;q2" not in text
    assert shown_cells[-1].skipped == "it writes the zip to hand in"


def test_a_question_judged_at_the_end_stands_below_the_last_cell() -> None:
    last = {**prose("The end."), "metadata": {"questions": ["q7"]}}
    assert [cell.questions for cell in read(code("x"), last)] == [(), ("q7",)]


def test_why_cells_were_not_run_is_said_once() -> None:
    ended = "q4 (cell 28): the Python process ended"
    found = read(code("x", skipped=ended), prose("text"), code("y", skipped=ended), code("z"))
    assert [cell.skipped for cell in found] == [ended, "", "not run", ""]


MALFORMED = {
    "empty": "",
    "not json": "{",
    "deep": "[" * 200_000,
    "a list": "[]",
    "null": "null",
    "no cells": "{}",
    "cells are text": '{"cells": "abc"}',
    "a huge number": '{"cells": ' + "9" * 5_000 + "}",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_notebook_that_cannot_be_read_leaves_a_note(name: str) -> None:
    found = cells.read(MALFORMED[name], QUESTIONS)
    assert found.cells == ()
    assert found.note == ("" if name == "empty" else "The executed notebook cannot be read.")


ODD_CELLS: dict[str, Any] = {
    "number": 7,
    "null": None,
    "list": ["print(1)"],
    "nothing in it": {},
    "source is a number": {"cell_type": "code", "source": 5, "outputs": []},
    "source is lines": {"cell_type": "code", "source": ["a = 1\n", 2, "b = 2"], "outputs": []},
    "kind is a list": {"cell_type": ["code"], "source": "x"},
    "metadata is a list": {"cell_type": "code", "source": "x", "metadata": [1], "outputs": []},
    "outputs are text": {"cell_type": "code", "source": "x", "outputs": "abc"},
    "outputs are odd": code("x", 1, None, [], {}, {"output_type": 3}, {"output_type": "stream"}),  # type: ignore[arg-type]
    "data is text": code("x", {"output_type": "display_data", "data": "abc"}),
    "data holds numbers": code("x", {"output_type": "display_data", "data": {"text/plain": 3, "image/png": {}}}),
    "traceback is text": code("x", {"output_type": "error", "traceback": "abc", "ename": 3}),
    "questions are odd": code("x", questions=[["q1"], 3, "q99", {"q": 1}]),
    "questions are text": code("x", questions="q1"),
    "skipped is a number": code("x", skipped=3),
    "surrogates": code("x = '\ud800'", printed("\ud83d \x00 \x9b"), shown(text_plain="\udfff")),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_CELLS)
def test_an_odd_cell_is_shown_as_far_as_it_goes(name: str) -> None:
    last = code("last = 1", printed("still here"), questions=["q1"])
    found = read(ODD_CELLS[name], last)
    assert found[0].questions == ()
    assert found[1].questions == ("q1",)
    assert "still here" in found[1].outputs[0]
    assert "\ud800" not in str(found[0].body)


HARMFUL = re.compile(
    r"<\s*(script|iframe|object|embed|style|link|meta|base|form|svg|math|video|audio)\b"
    r"|<[^>]*\son\w+\s*=|<[^>]*(href|src)=\"(?!https?://|mailto:|#|data:image/(png|jpeg);base64,)"
    r"|<[^>]*style\s*=|[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
HOSTILE_TEXT = [
    "<script>alert(1)</script>",
    "</pre></div></article><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<iframe src='https://example.com'></iframe><style>*{display:none}</style>",
    "{{ 7 * 7 }} {% raw %}",
    "<!-- ", "]]>", "<svg onload=alert(1)>", "&lt;script&gt;",
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x) [d]( javascript:x )",
    "[e](JaVaScRiPt:alert(1)) <javascript:alert(1)> [f](file:///etc/passwd) [g](//example.com)",
    "![x](https://example.com/track.png) ![y](data:image/svg+xml;base64,PHN2Zz4=)",
    "![z](data:image/png;base64,AAAA) [h](data:image/png;base64,AAAA)",
    "[r]: javascript:alert(1)\n\n[r] [x][r] ![x][r]",
    '[t](https://example.com "a\\" onclick=\\"alert(1)")',
    "$x <script>alert(1)</script>$ and $$\n</div><script>alert(1)</script>\n$$",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "\x1b[31m\x1b]0;title\x07 \x1b]8;;javascript:alert(1)\x07x",
    "\u202egnp.exe \u2066\x00\x08\x7f",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE_TEXT)
def test_hostile_text_is_inert_wherever_it_stands(text: str) -> None:
    page = html(
        prose(text),
        code(text, printed(text), printed(text, "stderr"), shown(text_plain=text, text_html=text)),
        code("x", shown(text_html=text), {"output_type": "error", "ename": text, "evalue": text}),
        code("x", shown(image_png=text, text_plain=text), shown(**{"image_svg+xml": text})),
        {"cell_type": "raw", "source": text},
        {"cell_type": text, "source": text},
    )
    assert not (found := HARMFUL.search(page)), found


def test_links_keep_their_distance() -> None:
    page = rendered("[a](https://keras.io) [b](mailto:a@example.org) [](https://x.org) [d](#e)")
    links = re.findall(r"<a ([^>]*)>([^<]*)</a>", page)
    assert [text for _, text in links] == ["a", "b", "https://x.org", "d"]
    assert all("noopener noreferrer nofollow" in attributes for attributes, _ in links[:3])


def test_headings_stay_below_the_pages_own() -> None:
    page = rendered("# a\n\n## b\n\n###### c\n")
    assert re.findall(r"<h(\d)", page) == ["3", "4", "6"]


def test_formulas_stay_as_typed() -> None:
    page = rendered("$a_1 * b * c_1$, 5 $ and 6 $\n\n$$\\sum_k \\{x\\}$$\n")
    assert "$a_1 * b * c_1$" in page and "5 $ and 6 $" in page and "\\sum_k \\{x\\}" in page


def padded(count: int) -> str:
    """A picture with many bytes behind its end."""
    return base64.b64encode(base64.b64decode(png(4, 4)) + bytes(count)).decode()


def test_a_picture_in_the_text_is_shown_and_one_elsewhere_named() -> None:
    assert 'alt="dog"' in rendered(f"![dog](data:image/png;base64,{padded(0)})")
    assert "[picture left out" in rendered("![dog](attachment:dog.png)")


def header(width: int, height: int) -> str:
    data = b"\x89PNG\r\n\x1a\n" + struct.pack("!I4sII", 13, b"IHDR", width, height) + bytes(9)
    return base64.b64encode(data).decode()


def jpeg(width: int, height: int) -> str:
    data = b"\xff\xd8\xff\xe0\x00\x10" + bytes(14) + b"\xff\xc0\x00\x11\x08"
    return base64.b64encode(data + struct.pack("!HH", height, width) + bytes(20)).decode()


REFUSED = {
    "giant": (header(60_000, 60_000), "60,000 × 60,000 pixels"),
    "a line": (header(1, 20_000_000), "pixels"),
    "giant jpeg": (jpeg(65_000, 65_000), "65,000 × 65,000 pixels"),
    "empty": (header(0, 10), "it is empty"),
    "svg": (base64.b64encode(b"<svg onload='alert(1)'/>").decode(), "neither PNG nor JPEG"),
    "cut off": (base64.b64encode(b"\x89PNG\r\n\x1a\n").decode(), "neither PNG nor JPEG"),
    "endless jpeg": (base64.b64encode(b"\xff\xd8\xff" + b"\xe0\x00\x00" * 9).decode(), "neither"),
    "no base64": ('"><script>', "it is damaged"),
    "no ascii": ("é" * 8, "it is damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_picture_that_is_none_is_left_out(name: str) -> None:
    content, why = REFUSED[name]
    page = html(code("x", shown(image_png=content)))
    assert "<img" not in page and why in page


def test_pictures_have_a_limit_together() -> None:
    output = html(code("x", *[shown(image_png=padded(900_000))] * 8))
    assert output.count("<img") == 3 and output.count("left out") == 5
    text = html(*[prose(f"![dog](data:image/png;base64,{padded(300_000)})")] * 12)
    assert text.count("<img") == 9 and text.count("[a picture]") == 3


def test_a_jpeg_is_known() -> None:
    found = pictures.read(jpeg(640, 480))
    assert isinstance(found, pictures.Picture)
    assert (found.width, found.height, found.uri[:15]) == (640, 480, "data:image/jpeg")


def test_endless_output_and_many_cells_are_cut() -> None:
    spam = ("spam " * 2_000 + "\n") * 8
    noise = [code(f"x = {i}", printed(spam)) for i in range(600)]
    found = cells.read(executed(*noise), QUESTIONS)
    assert "The last 200 cells are left out" in found.note
    text = json.dumps([[str(cell.body), *map(str, cell.outputs)] for cell in found.cells])
    assert len(text) < 2_000_000
    assert "characters left out" in text and "page would become too long" in text


@pytest.mark.parametrize("text", ["![" * 10_000, "[" * 19_000, "*a_ " * 5_000, "|a" * 9_000, "$" * 19_000, ">" * 19_000, "|a|\n|-|\n" + "|a\n" * 6_000])  # fmt: skip
def test_markdown_made_to_be_slow_or_large_stays_small(text: str) -> None:
    assert len(rendered(text)) < 200_000
    assert len(html(*[prose(text)] * 100)) < 1_200_000


def test_code_that_is_all_colour_stays_small() -> None:
    assert len(html(*[code("f'{" * 9_000)] * 50)) < 2_500_000


def test_a_long_line_of_code_is_cut() -> None:
    page = html(code(f'packed = "{"A" * 9_000}"\nprint(packed)'))
    assert "characters left out" in page and "print" in page and len(page) < 1_000


def test_a_long_markdown_cell_is_shown_as_typed() -> None:
    assert rendered("# x\n" + "y " * 20_000).startswith('<pre class="typed"># x')
