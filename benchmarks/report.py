"""Measures the class report: making it, its size, and how long Chromium takes until it is usable.

    python benchmarks/report.py [-n 500 5000]

A page is usable when its lists, table, matrix and scores are there and answer; the figures of
Plotly are drawn when they are scrolled to, and are measured apart. Besides the clock it says what
the page's main thread used, which other work on the machine does not change much. Needs Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.reports.staff import page as class_report
from tests.grades import sample_class

FIGURES = {"accuracies": ".point", "curves": ".lines path", "used": ".point"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, nargs="+", default=[500, 5000], help="students")
    sizes = parser.parse_args().n
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        options = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        browser.new_page().close()
        for size in sizes:
            measure(size, Path(folder), browser.new_page(offline=True))
        browser.close()


def measure(size: int, folder: Path, page: Page) -> None:
    grades = sample_class(size)
    started = time.monotonic()
    path = class_report.write(folder, "mnist", grades, "2026-03-01")
    print(f"{size} students")
    print(f"  made in            {time.monotonic() - started:6.2f} s")
    print(f"  size               {path.stat().st_size / 1e6:6.2f} MB")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def ready() -> None:
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", state="attached")

    def sort() -> None:
        page.evaluate("document.querySelectorAll('#students-table thead button')[2].click()")
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")

    timed("usable in", ready, session)
    timed("table sorted in", sort, session)
    for name, part in FIGURES.items():
        timed(f"{name} in", lambda name=name, part=part: scroll(page, name, part), session)


def scroll(page: Page, name: str, part: str) -> None:
    page.evaluate(f"document.getElementById('{name}').scrollIntoView()")
    while not page.locator(f"#{name}-figure .plot {part}").count():
        time.sleep(0.02)


def timed(what: str, do: Callable[[], None], session: CDPSession) -> None:
    def used() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "ThreadTime")

    before, started = used(), time.monotonic()
    do()
    seconds, used_seconds = time.monotonic() - started, used() - before
    print(f"  {what:18} {seconds:6.2f} s ({used_seconds:.2f} core-s of its main thread)")


if __name__ == "__main__":
    main()
