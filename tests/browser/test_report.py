"""The class report in a real browser: filters, sorting, links, hover, keyboard, looks, safety."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from autograder.records import Case, Flag, Grade, Outcome, Override
from autograder.reports.staff import page as class_report
from tests.grades import sample_class, text_problem

expect.set_options(timeout=30_000)  # machines that run tests are busy

CLASS = sample_class(120)
ROWS = "#students-table tbody tr"
HOSTILE = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "</script><script>window.hacked = 1</script>",
    "<!--<script>",
    '"><b onmouseover=hacked=1>bold</b> &lt;i&gt; &amp;',
    "\x00\x07\x1b[31m\x7f\x9b control",
    "\u202egnp.exe \u2067 \u2066 right to left \u05d0\u05d1\u05d2 \u2028 line",
    "{{ 7 * 7 }} {% raw %} %{x} ${y} \ud83d \udc80",
    "=HYPERLINK('x') javascript:hacked=1",
    "x" * 3_000,
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, list[Grade]], Path]:
    """Write a report once per name; returns its path."""
    written: dict[str, Path] = {}

    def get(name: str, grades: list[Grade]) -> Path:
        if name not in written:
            folder = tmp_path_factory.mktemp(name)
            written[name] = class_report.write(folder, "mnist", grades, "2026-03-01")
        return written[name]

    return get


@pytest.fixture
def open_report(
    new_page: Callable[..., Page], reports: Callable[[str, list[Grade]], Path]
) -> Iterator[Callable[..., Page]]:
    """Open a report; afterwards, nothing may have been said on the console."""
    said: list[str] = []

    def get(name: str = "class", grades: list[Grade] = CLASS, **options: object) -> Page:
        page = new_page(**options)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: said.append(request.url) if asks(request.url) else None)
        page.goto(reports(name, grades).as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")
        return page

    def asks(url: str) -> bool:
        return not url.startswith("file:") and not url.startswith("data:")

    yield get
    assert said == []


def column(page: Page, number: int) -> list[str]:
    return page.locator(f"{ROWS} td:nth-child({number})").all_inner_texts()


def draw(page: Page, section: str) -> Any:
    """Scroll to a figure of Plotly and wait until it is drawn. Returns its box."""
    page.locator(f"#{section}").scroll_into_view_if_needed()
    box = page.locator(f"#{section}-figure .plot").first
    box.scroll_into_view_if_needed()
    expect(box.locator(".xaxislayer-above, .xtick").first).to_be_attached(timeout=60_000)
    return box


def test_everything_is_there_and_plotly_waits(open_report: Callable[..., Page]) -> None:
    page = open_report()
    expect(page.locator("#shown")).to_have_text("All 120 students.")
    assert page.evaluate("window.Plotly === undefined")
    assert page.locator("#needs-list details").count() == 7
    assert page.locator(".chart button").count() == 25


def test_search_and_filters(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.fill("#search", "endless LOOP student")
    expect(page.locator(ROWS)).to_have_count(
        sum(p.kind == "cell too slow" for g in CLASS for p in g.problems)
    )
    page.fill("#search", "")
    page.select_option("#by-status", "ungradable")
    expect(page.locator(ROWS)).to_have_count(sum(g.status == "ungradable" for g in CLASS))
    page.click("#clear")
    page.select_option("#by-flag", "any")
    flagged = sum(bool(g.flags) for g in CLASS)
    expect(page.locator("#shown")).to_have_text(f"{flagged} of 120 students.")
    page.select_option("#by-flag", "")
    page.select_option("#by-question", label="q7")
    lost = sum(g.questions[6].earned == 0 for g in CLASS)
    expect(page.locator("#shown")).to_have_text(f"{lost} of 120 students.")


def test_sorting_by_every_column(open_report: Callable[..., Page]) -> None:
    page = open_report()
    heads = page.locator("#students-table thead th")
    for number in range(heads.count()):
        heads.nth(number).locator("button").click()
        assert heads.nth(number).get_attribute("aria-sort") in ("ascending", "descending")
        assert page.locator("#students-table th[aria-sort]").count() == 1
    page.click("#students-table thead button >> text=Score")
    scores = [float(text) for text in column(page, 3) if text != "·"]
    assert scores == sorted(scores, reverse=True) and len(scores) > 50
    page.click("#students-table thead button >> text=Score")
    scores = [float(text) for text in column(page, 3)]
    assert scores == sorted(scores), "blank scores come last"


def test_more_rows_are_made_as_they_are_scrolled_to(open_report: Callable[..., Page]) -> None:
    page = open_report()
    expect(page.locator(ROWS)).to_have_count(100)
    page.eval_on_selector("#students-table", "region => region.scrollTop = region.scrollHeight")
    expect(page.locator(ROWS)).to_have_count(120)


def test_links_lead_to_feedback_pages(
    open_report: Callable[..., Page], reports: Callable[[str, list[Grade]], Path]
) -> None:
    page = open_report()
    link = page.locator(f"{ROWS} a").first
    target = reports("class", CLASS).parent / str(link.get_attribute("href"))
    target.parent.mkdir(exist_ok=True)
    target.write_text("<title>feedback of student-0001</title>")
    link.click()
    expect(page).to_have_title("feedback of student-0001")


def test_a_bar_shows_who_it_is(open_report: Callable[..., Page]) -> None:
    page = open_report()
    bar = page.locator(".chart button:enabled").last
    number = int(bar.inner_text())
    bar.hover()
    expect(page.locator("#tip")).to_have_text(re.compile(f"full marks\\): {number} students"))
    bar.click()
    assert bar.get_attribute("aria-pressed") == "true"
    expect(page.locator("#scores-figure .people li")).to_have_count(number)
    page.click("#scores-figure .picked button >> text=Show them")
    expect(page.locator(ROWS)).to_have_count(number)
    assert set(column(page, 3)) == {"24"}
    expect(page.locator("#students-table")).to_be_focused()


def test_reasons_and_messages_open_their_names(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.click("#needs-list summary:has-text('Could not be graded')")
    item = page.locator("#needs-list details[open] li").first
    expect(item).to_contain_text("student-0005")
    expect(item).to_contain_text("not a notebook")
    page.click("#messages-list summary >> nth=0")
    assert page.locator("#messages-list details[open] li").count() > 5
    page.click("#messages-list > button")
    assert page.locator("#messages-list details").count() > 10


def test_who_did_not_pass_a_case(open_report: Callable[..., Page]) -> None:
    page = open_report()
    row = page.locator(".items tr", has_text="gap is this network's")
    row.locator("button").click()
    failed = sum(g.questions[8].cases[1].outcome in ("failed", "not reached") for g in CLASS)
    expect(page.locator("#shown")).to_have_text(f"{failed} of 120 students.")
    expect(page.locator("#chosen")).to_contain_text("gap is this network's")


def test_details_show_what_hidden_cases_found(open_report: Callable[..., Page]) -> None:
    page = open_report()
    grade = next(grade for grade in CLASS if grade.questions[6].earned == 0)
    hidden = next(c for c in grade.questions[6].cases if c.outcome is Outcome.FAILED)
    page.fill("#search", grade.submission)
    page.click(f"{ROWS} >> text=details")
    expect(page.locator("#student")).to_contain_text(hidden.detail)
    page.keyboard.press("Escape")
    expect(page.locator("#student")).to_be_hidden()


def test_the_matrix_says_who_and_what(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.select_option("#matrix-order", "name")
    grid = page.locator(".grid")
    grid.hover(position={"x": 400, "y": 6})
    expect(page.locator("#tip")).to_contain_text("student-000")
    grid.focus()
    cell = page.locator("#cell")
    expect(cell).to_contain_text("student-0002")  # where the pointer was
    page.keyboard.press("Home")
    expect(cell).to_contain_text("student-0001")
    for _ in range(30):
        page.keyboard.press("ArrowLeft")
    expect(cell).to_contain_text("q1, shapes are 60000 784")
    page.keyboard.press("End")
    expect(cell).to_contain_text("student-0120")
    assert grid.evaluate("grid => grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1")
    page.keyboard.press("Enter")
    expect(page.locator("#student h2")).to_have_text("student-0120")


def test_the_keyboard_reaches_everything(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#needs-list summary").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#needs-list details").first).to_have_attribute("open", "")
    page.locator(".chart button:enabled").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#scores-figure .people li")).not_to_have_count(0)
    page.locator(f"{ROWS} button").first.focus()
    page.keyboard.press("Space")
    expect(page.locator("#student h2")).to_have_text("student-0001")


def test_figures_hover_and_select(open_report: Callable[..., Page]) -> None:
    page = open_report()
    box = draw(page, "used")
    at = box.locator(".point").nth(4).bounding_box()
    page.mouse.move(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    expect(box.locator(".hovertext")).to_contain_text("student-")
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("#student")).to_be_visible()


def test_accuracies_show_who_is_outside(open_report: Callable[..., Page]) -> None:
    page = open_report()
    draw(page, "accuracies")
    page.click("#accuracies-figure button >> text=Who is outside?")
    low = [g for g in CLASS if 0 < g.facts.get("test_accuracy", 1) < 0.97]
    expect(page.locator("#shown")).to_have_text(f"{len(low)} of 120 students.")


def test_curves_follow_what_is_chosen_and_what_is_pointed_at(
    open_report: Callable[..., Page],
) -> None:
    page = open_report()
    box = draw(page, "curves")
    assert len(box.evaluate("box => box.data[2].y")) == 5, "the median"
    page.select_option("#curve", "1")
    expect(box.locator(".ytitle")).to_have_text("\u2068loss\u2069")
    box.scroll_into_view_if_needed()
    where = "[axis => axis.xaxis, axis => axis.yaxis]"
    at = box.evaluate(
        f"""box => {{ const edge = box.getBoundingClientRect(), trace = box.data[0];
        const [x, y] = {where}.map(of => of(box._fullLayout));
        return [edge.left + x._offset + x.l2p(trace.x[1]), edge.top + y._offset + y.l2p(trace.y[1])]; }}"""
    )
    page.mouse.move(*at)
    expect(box.locator(".hovertext")).to_contain_text("student-")
    expect(box.locator(".shapelayer path")).to_have_count(1)


def test_figures_follow_the_colour_scheme(open_report: Callable[..., Page]) -> None:
    page = open_report(color_scheme="light")
    box = draw(page, "used")
    light = box.evaluate("box => box.layout.font.color")
    page.emulate_media(color_scheme="dark")
    expect(box.locator(".xtick text").first).not_to_have_css("fill", "rgb(28, 36, 48)")
    assert box.evaluate("box => box.layout.font.color") != light == "#1c2430"


LOOKS = [
    (360, "dark"),
    (1280, "light"),
    pytest.param(360, "light", marks=pytest.mark.slow),
    pytest.param(1280, "dark", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_accessible_and_no_wider_than_the_screen(
    open_report: Callable[..., Page], width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    page = open_report("small", CLASS[:40], viewport=size, color_scheme=scheme)
    for section in ("accuracies", "curves", "used"):
        draw(page, section)
    page.click("#needs-list summary >> nth=2")
    page.locator(".chart button:enabled").last.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    page.locator(f"{ROWS} button").first.click()
    found += Axe().run(page, context="#student").response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in serious] == []


def test_staff_only_stands_on_every_printed_page(open_report: Callable[..., Page]) -> None:
    page = open_report()
    page.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('.staff'), '::after')"
    assert page.evaluate(f"[{style}.position, {style}.content]") == ["fixed", '"Staff only"']


def hostile_class() -> list[Grade]:
    """Every text that a student, or what a student made, can bring in is hostile."""
    grades = []
    for number, (grade, text) in enumerate(zip(sample_class(10), HOSTILE, strict=True)):
        questions = list(grade.questions)
        case = Case(questions[0].question.cases[0].name, f"label {text}", True, 0.5, text)
        first = replace(questions[0].cases[0], case=case, outcome=Outcome.FAILED, message=text)
        questions[0] = replace(
            questions[0],
            question=replace(questions[0].question, cases=(case, *questions[0].question.cases[1:])),
            cases=(replace(first, detail=f"{text} found"), *questions[0].cases[1:]),
            notes=(text,), override=Override(1.0, text, text),
        )  # fmt: skip
        grades.append(replace(
            grade, submission=f"{text}{number}", questions=tuple(questions), problems=(text_problem(text),),
            flags=(Flag(text, text),), remarks=(text,), student=text, earlier=(text,),
            made_from={"data": text},
            facts={"test_accuracy": 0.5, text: 1, "history": {text[:50]: [0.1, 0.2], "loss": [1.0]},
                   "bounds": {"test_accuracy": [0.97, 1.0]}},
        ))  # fmt: skip
    return grades


def test_a_hostile_class_is_text(open_report: Callable[..., Page]) -> None:
    page = open_report("hostile", hostile_class(), viewport={"width": 1280, "height": 800})
    expect(page.locator(ROWS)).to_have_count(10)
    elements = page.evaluate("document.querySelectorAll('main b, main img, main script').length")
    assert elements == 0
    page.click("#messages-list > button")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    for row in range(10):
        page.locator(ROWS).nth(row).locator("button").click()
        page.locator("#student button").click()
    box = draw(page, "used")
    for number in range(box.locator(".point").count()):
        page.evaluate("([box, n]) => Plotly.Fx.hover(box, [{curveNumber: 0, pointNumber: n}])",
                      [box.element_handle(), number])  # fmt: skip
        assert (
            box.locator(".hovertext b, .hovertext a, .hovertext script, .hovertext img").count()
            == 0
        )
    draw(page, "curves")
    for option in range(page.locator("#curve option").count()):
        page.select_option("#curve", str(option))
    assert page.evaluate("window.hacked === undefined")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    expect(page.locator("h1")).to_have_text("mnist: class report")


def test_a_hostile_id_is_shown_as_it_is(open_report: Callable[..., Page]) -> None:
    page = open_report("hostile", hostile_class())
    shown = column(page, 1)
    assert any("<script>window.hacked = 1</script>0" in text for text in shown)
    assert any("\ufffd\ufffd\ufffd[31m\ufffd\ufffd control" in text for text in shown)
    cell = page.locator(f"{ROWS} a", has_text="gnp.exe")
    expect(cell).to_have_css("unicode-bidi", "isolate")
    box = draw(page, "used")
    page.evaluate(
        "box => Plotly.Fx.hover(box, [{curveNumber: 0, pointNumber: 0}])", box.element_handle()
    )
    texts = box.evaluate("box => box.data[0].hovertext")
    assert any("&lt;script&gt;" in text for text in texts) and not any(
        "<s" in text for text in texts
    )


def test_a_class_without_anybody(open_report: Callable[..., Page]) -> None:
    page = open_report("empty", [])
    expect(page.locator("#needs-list")).to_have_text("Nobody.")
    expect(page.locator("#scores-figure")).to_have_text("No submission has a score.")
