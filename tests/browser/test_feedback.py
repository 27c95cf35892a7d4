"""Feedback pages in a real browser: opened from disk, by keyboard, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from autograder.records import Grade, Override, Problem, Status
from autograder.reports.student import page as feedback
from tests.executed import code, executed, markdown, png, printed, shown
from tests.grades import FIVE, blank, text_problem, trained, trained_class

LOOKS = [
    (360, "dark"),
    (1280, "light"),
    pytest.param(360, "light", marks=pytest.mark.slow),
    pytest.param(1280, "dark", marks=pytest.mark.slow),
]
NewPage = Callable[..., Page]

_marked = trained(
    status=Status.PROBLEMS,
    problems=(Problem("cell too slow", {"where": "q7 (cell 11)", "seconds": 60}),),
    remarks=("handed in late",),
)
_by_hand = (*_marked.questions[:-1], replace(_marked.questions[-1], override=Override(1.5, "Shown to me.", "")))  # fmt: skip
GRADES = {
    "with everything": _marked,
    "by hand": replace(_marked, questions=_by_hand),
    "all right": trained(failed={}, status=Status.GRADED),
    "ungradable": blank(
        "student-01", FIVE, Status.UNGRADABLE, text_problem("not a notebook: the file is empty")
    ),
    "ungraded": blank(
        "student-01", FIVE, Status.UNGRADED, text_problem("the machine went out", ours=True)
    ),
}


def opened(new_page: NewPage, folder: Path, grade: Grade, **options: Any) -> Page:
    """Open a grade's page from disk; every request, dialog, error and console message counts."""
    path = feedback.write(folder, "mnist", grade, feedback.class_summary(trained_class(7)))
    page = new_page(**options)
    page.events = events = []  # type: ignore[attr-defined]
    page.on("dialog", lambda dialog: (events.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: events.append(f"console {message.text}"))
    page.on("pageerror", lambda error: events.append(f"error {error}"))
    page.on("request", lambda request: events.append(f"request {request.url[:200]}"))
    page.on("popup", lambda popup: events.append("popup"))
    page.goto(path.as_uri())
    assert events.pop(0) == f"request {path.as_uri()}"[:208]
    events[:] = [event for event in events if not event.startswith("request data:image/")]
    return page


def happened(page: Page) -> list[str]:
    events: list[str] = page.events  # type: ignore[attr-defined]
    return events


def assert_accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    serious = [v for v in found if v["impact"] in ("serious", "critical")]
    assert not serious, [
        (v["id"], [node["html"][:300] for node in v["nodes"][:3]]) for v in serious
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return width


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", GRADES)
def test_pages_are_accessible_and_fit(
    new_page: NewPage, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    page = opened(
        new_page,
        tmp_path,
        GRADES[name],
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert overflow(page) <= 0
    assert_accessible(page)
    assert happened(page) == []


def test_dark_is_dark(new_page: NewPage, tmp_path: Path) -> None:
    colours = {
        opened(new_page, tmp_path, GRADES["with everything"], color_scheme=scheme).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert len(colours) == 2


def test_links_lead_there_and_back(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(new_page, tmp_path, GRADES["with everything"])
    question = page.locator("#question-q7")
    page.get_by_role("navigation", name="Questions").get_by_role("link", name="q7").click()
    assert page.url.endswith("#question-q7")
    question.get_by_role("link", name="See it in your notebook").click()
    cell = page.locator("#cell-11")
    assert page.url.endswith("#cell-11") and page.evaluate(
        "document.getElementById('cell-11').getBoundingClientRect().top < innerHeight"
    )
    assert (
        cell.locator("xpath=following-sibling::*[1]").get_attribute("aria-label") == "Verdict on q7"
    )
    page.get_by_role("link", name="all tests of q7").click()
    assert page.url.endswith("#question-q7")
    assert happened(page) == []


def test_everything_can_be_reached_by_keyboard(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(new_page, tmp_path, GRADES["with everything"])
    wanted = page.evaluate("document.querySelectorAll('a[href], summary, [tabindex=\"0\"]').length")
    reached, outlines = set(), set()
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        place, outline = page.evaluate(
            "() => { const e = document.activeElement; e.dataset.n ??= Math.random();"
            " return [e === document.body ? '' : e.dataset.n, getComputedStyle(e).outlineStyle]; }"
        )
        if place:
            reached.add(place)
            outlines.add(outline)
    hidden = page.locator("details:not([open]) :is(a[href], [tabindex='0'])").count()
    assert len(reached) == wanted - hidden > 15
    assert "none" not in outlines


def test_a_question_opens_and_closes_by_keyboard(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(new_page, tmp_path, GRADES["with everything"])
    question = page.locator("#question-q2")
    assert question.get_attribute("open") is None
    question.locator("summary").focus()
    page.keyboard.press("Enter")
    assert question.get_by_text("labels have ten columns").is_visible()
    page.keyboard.press("Space")
    assert question.get_attribute("open") is None


def test_wrong_digits_show_their_probabilities(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(new_page, tmp_path, GRADES["with everything"])
    digits = page.locator(".wrong-images li")
    assert digits.count() == 12
    assert page.evaluate(
        "[...document.querySelectorAll('.wrong-images img')].every(i => i.complete && i.naturalWidth === 28)"
    )
    first = GRADES["with everything"].facts["wrong"][0]
    said = f"{first['predicted']}: {max(first['probabilities']):.1%}"
    assert said in (digits.first.locator("svg").get_attribute("aria-label") or "")
    bars = digits.first.locator("rect").evaluate_all("all => all.map(r => r.height.baseVal.value)")
    assert len(bars) == 10 and bars.index(max(bars)) == first["predicted"]


SCRIPT = "<script>alert(1)</script>"
LOADS = "<img src=x onerror=alert(1)><svg onload=alert(1)></svg><iframe src='https://example.com'></iframe>"
BREAKS = "</pre></div></article></section></main></body></html><style>body{display:none}</style>"
WIDE = "w" * 5_000
HOSTILE = {
    "scripts": SCRIPT,
    "handlers and frames": LOADS,
    "broken html": f"{BREAKS}<!-- <textarea> <table><tr> <plaintext> <title>",
    "comment": "<!--",
    "plaintext": "<plaintext><xmp><noscript><template>",
    "links": "[a](javascript:alert(1)) [b](data:text/html,<script>alert(1)</script>) <javascript:alert(1)>",
    "loads": "![x](https://example.com/x.png) ![y](//example.com/y.png) ![z](file:///etc/passwd)",
    "empty link and picture": f"[](https://example.com) ![](data:image/png;base64,{png(3, 3)}) [](#)",
    "headings": "# \n###### x\n# y\n",
    "wide": WIDE,
    "wide table": f"|{'a|' * 300}\n|{'-|' * 300}\n|{WIDE}|\n",
    "wide lines": f"    {WIDE}\n\n```\n{WIDE}\n```\n\n> > > > > > {WIDE}\n\n$${WIDE}$$",
    "deep lists": "\n".join(f"{'  ' * depth}- {WIDE[:40]}" for depth in range(60)),
    "tall accents": "a" + "\u0301\u0338\u20dd" * 3_000,
    "right to left": "\u202e\u2067 שלום \u202d gnp.exe \u2066\u061c مرحبا",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\x9b\ufeff\u2028\ud800",
    "colours": "\x1b[31;1;4;7;5m\x1b[38;5;17mdark\x1b[48;2;9;9;9m\x1b[8mhidden\x1b]0;t\x07",
    "progress": "x\r" * 300 + "\b" * 300,
    "template": "{{ 7*7 }}{% include 'x' %}${7*7}#{7*7}",
}  # fmt: skip


def hostile_cells(text: str) -> list[dict[str, Any]]:
    """Cells that hold a text wherever one can stand."""
    return [
        markdown(text),
        code(text, printed(text), printed(text, "stderr"), shown(text_plain=text, text_html=text)),
        code("x", shown(text_html=text), shown(**{"image_svg+xml": f"<svg>{text}</svg>"})),
        code("x", {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]}),
        code(
            "x", shown(image_png=text), shown(image_jpeg=text), shown(application_javascript=text)
        ),
        {"cell_type": "raw", "source": text},
        code("x", questions=[text], skipped=text),
    ]


def hostile(*texts: str) -> Grade:
    """A grade whose student wrote these texts wherever there is a place."""
    notebook = executed(
        *(cell for text in texts for cell in hostile_cells(text)),
        code("grader.check('q1')", questions=["q1"]),
        code("grader.check('q7')", printed("the end"), questions=["q7"]),
    )
    grade = trained(
        texts[0][:200], executed=notebook, problems=tuple(map(text_problem, texts)), remarks=texts
    )
    first = grade.questions[0]
    cases = (*(replace(first.cases[2], message=text) for text in texts), *first.cases)
    facts = {**grade.facts, "history": {**grade.facts["history"], texts[0][:300]: [1.0]}}
    return replace(
        grade, questions=(replace(first, cases=cases), *grade.questions[1:]), facts=facts
    )


def assert_whole(page: Page) -> None:
    """Nothing of a student's became an element that acts, and all of ours is still there."""
    acting = "script, iframe, object, embed, form, link, base, frame, audio, video, textarea"
    assert page.locator(acting).count() == 0
    assert page.locator("style").count() == 1
    assert page.locator("body > main > section").count() == 3
    verdict = page.get_by_label("Verdict on q7")
    assert verdict.is_visible() and page.get_by_label("Verdict on q1").is_visible()
    before = verdict.locator("xpath=preceding-sibling::*[1]")
    assert before.inner_text().strip().endswith("the end")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert overflow(page) <= 0
    assert happened(page) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_notebook_neither_runs_nor_breaks_the_page(
    new_page: NewPage, tmp_path: Path, name: str
) -> None:
    size = {"width": 360, "height": 800}
    assert_whole(opened(new_page, tmp_path, hostile(HOSTILE[name]), viewport=size))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_with_all_that_is_hostile_stays_accessible(
    new_page: NewPage, tmp_path: Path, scheme: str
) -> None:
    size = {"width": 360, "height": 800}
    grade = hostile(*HOSTILE.values())
    page = opened(new_page, tmp_path, grade, viewport=size, color_scheme=scheme)
    assert_whole(page)
    assert_accessible(page)


def test_links_of_students_cannot_run_anything(new_page: NewPage, tmp_path: Path) -> None:
    page = opened(new_page, tmp_path, hostile(HOSTILE["links"]))
    targets = page.locator("a").evaluate_all("all => all.map(a => a.protocol)")
    assert set(targets) == {"file:"}  # anchors of this page
    assert happened(page) == []


def test_the_policy_itself_forbids_scripts(new_page: NewPage, tmp_path: Path) -> None:
    """Were one to slip through, the page would not run it, nor load anything."""
    path = feedback.write(tmp_path, "mnist", trained(), None)
    html = path.read_text(encoding="utf-8")
    slipped = f"{SCRIPT}{LOADS}<img src='https://example.com/x.png'></main>"
    path.write_text(html.replace("</main>", slipped), encoding="utf-8")
    page = new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    assert page.locator("script").count() == 1
    assert dialogs == []
    assert sum("Content Security Policy" in text for text in refused) >= 4


@pytest.mark.parametrize("size", [(9_000, 2_000), (2_000, 9_000)])
def test_large_pictures_fit(new_page: NewPage, tmp_path: Path, size: tuple[int, int]) -> None:
    notebook = executed(code("x", shown(image_png=png(*size))), code("y", questions=["q1"]))
    page = opened(
        new_page, tmp_path, trained(executed=notebook), viewport={"width": 360, "height": 800}
    )
    box = page.get_by_alt_text("Picture from cell 1").bounding_box()
    assert box is not None and 0 < box["width"] <= 360 and 0 < box["height"] <= 700
    assert overflow(page) <= 0
