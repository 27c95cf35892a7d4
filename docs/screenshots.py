"""Makes the pictures of the pages: `make screenshots`, or `python -m docs.screenshots [NAME...]`.

The names are `notebook`, `report` and `feedback`; without any, all are made. Report and feedback
page come from the sample class in `demo/`, which `autograder demo` makes if it is not there.
Without an emoji font (Debian: fonts-noto-color-emoji), Otter's ticks become empty boxes.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from autograder.course import build
from autograder.course import data as datasets
from autograder.course.config import find_course, read_assignment
from autograder.notebook import otter
from tests.browser import lab
from tests.browser.conftest import CHROMIUM, QUIET
from tests.conftest import notebook_of

ROOT = Path(__file__).parent.parent
DOCS, DEMO = ROOT / "docs", ROOT / "demo"
SIZE = {"width": 1200, "height": 1000}
FORGOTTEN = """\
# train_images: shape (60000, 784), made from raw_train_images
train_images = raw_train_images.reshape((60000, 784)).astype("float32")
# test_images: shape (10000, 784), made from raw_test_images
test_images = raw_test_images.reshape((10000, 784)).astype("float32")"""


def save(picture: bytes, name: str) -> None:
    """Write a PNG with 256 colours: a third of the size, and no difference that one sees."""
    path = DOCS / f"{name}.png"
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"docs/{path.name}: {path.stat().st_size / 1024:.0f} kB")


def picture_notebook(browser: Browser) -> None:
    """The notebook in JupyterLab, light and dark: question 1, answered nearly right."""
    course = find_course(ROOT)
    build.ensure_built(course, "mnist")
    assignment = read_assignment(course, "mnist")
    questions = [question.name for question in assignment.questions]
    given = notebook_of(assignment, solved=False)
    (place,) = otter.answer_cells(given, questions)["q1"]
    check = otter.check_cells(given, questions)["q1"]
    data = datasets.find(os.environ.get("AUTOGRADER_DATA") or "digits", os.environ)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "mnist"
        shutil.copytree(ROOT / "assignments" / "mnist", folder)
        with lab.jupyter_lab(folder, Path(temporary) / "home", data.path) as address:
            for name, scheme in (("notebook", "light"), ("notebook-dark", "dark")):
                permissions = ["clipboard-read", "clipboard-write"]
                page = browser.new_page(viewport=SIZE, color_scheme=scheme, permissions=permissions)
                lab.open_notebook(page, address.format("mnist.ipynb"))
                run_wrong_answer(page, place, check)
                save(page.screenshot(), name)
                page.close()


def run_wrong_answer(page: Page, place: int, check: int) -> None:
    """Run the notebook down to the first check, with a mistake in the answer."""
    browser = page.locator(".jp-DirListing")
    if browser.is_visible():
        page.keyboard.press("ControlOrMeta+B")  # more room for the notebook
        expect(browser).to_be_hidden(timeout=lab.PATIENCE)
    lab.paste(page, place, FORGOTTEN)
    lab.cell(page, check).locator(".cm-content").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Above Selected Cell", exact=True).click()
    page.keyboard.press("ControlOrMeta+Enter")
    expect(lab.cell(page, check)).to_contain_text("q1 results:", timeout=lab.PATIENCE)
    lab.cell(page, place - 1).evaluate("cell => cell.scrollIntoView({block: 'start'})")


def picture_report(browser: Browser) -> None:
    """The class report of the sample class."""
    picture_page(browser, DEMO / "report.html", "report")


def picture_feedback(browser: Browser) -> None:
    """The feedback page of a submission that lost points."""
    found = sorted((DEMO / "feedback").glob("one-epoch*.html"))
    picture_page(browser, found[0] if found else DEMO / "feedback" / "one-epoch.html", "feedback")


def picture_page(browser: Browser, path: Path, name: str) -> None:
    if not DEMO.is_dir():
        subprocess.run(
            [sys.executable, "-m", "autograder.cli", "demo", "-a", "mnist", "-o", str(DEMO)],
            check=True,
        )
    if not path.is_file():
        print(f"{path.relative_to(ROOT)} is not there: remove demo/ and try again", file=sys.stderr)
        return
    page = browser.new_page(viewport=SIZE)
    page.goto(path.as_uri())
    save(page.screenshot(), name)
    page.close()


PICTURES = {
    "notebook": picture_notebook,
    "report": picture_report,
    "feedback": picture_feedback,
}


def main(names: list[str]) -> None:
    if CHROMIUM is None:
        sys.exit("no Chromium on this machine: install it (Debian and Ubuntu: chromium)")
    if unknown := set(names) - set(PICTURES):
        sys.exit(f"no such picture: {', '.join(sorted(unknown))}; there is: {', '.join(PICTURES)}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in names or PICTURES:
            PICTURES[name](browser)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
