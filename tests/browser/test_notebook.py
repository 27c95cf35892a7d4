"""The notebook in JupyterLab, as a student works with it: from the first failing check to the zip."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from autograder.course.config import Assignment
from autograder.course.data import Dataset
from autograder.grading.grader import Grader
from autograder.intake import collect as intake
from autograder.notebook import otter
from tests.browser.lab import (
    PATIENCE,
    answers,
    cell,
    executed,
    jupyter_lab,
    open_notebook,
    paste,
    run_all,
)
from tests.conftest import ROOT, notebook_of


@pytest.mark.slow
def test_a_student_opens_it_answers_and_hands_in_a_zip_with_full_marks(
    mnist: Assignment,
    mnist_grader: Grader,
    data: Dataset,
    new_page: Callable[..., Page],
    tmp_path: Path,
) -> None:
    names = [question.name for question in mnist.questions]
    notebook = notebook_of(mnist, solved=False)
    checks = otter.check_cells(notebook, names)
    folder = tmp_path / "mnist"
    shutil.copytree(ROOT / "assignments" / "mnist", folder)
    page = new_page(offline=False, permissions=["clipboard-read", "clipboard-write"])
    with jupyter_lab(folder, tmp_path / "home", data.path) as address:
        open_notebook(page, address.format("mnist.ipynb"))

        run_all(page)
        first = cell(page, checks["q1"])
        expect(first).to_contain_text("q1 results:")
        expect(first).to_contain_text("`train_images` is not filled in yet: replace the `...`")

        for place, answer in answers(mnist).items():
            paste(page, place, answer)
        run_all(page)
        for name, place in checks.items():
            expect(cell(page, place)).to_contain_text(f"{name} passed!")
        fitted = cell(page, otter.answer_cells(notebook, names)["q6"][0])
        epochs = fitted.locator(".jp-OutputArea").inner_text()
        assert epochs.count("Epoch ") == 5

        count, zips = max(executed(page)), set(folder.glob("*.zip"))
        export = cell(page, len(notebook.cells) - 1)
        export.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+Enter")
        prompt = export.locator(".jp-InputPrompt")
        expect(prompt).to_have_text(f"[{count + 1}]:", timeout=PATIENCE)
        expect(export).to_contain_text("Your submission has been exported.", timeout=PATIENCE)
        assert "Couldn't automatically save" not in export.inner_text()
        assert fitted.locator(".jp-OutputArea").inner_text() == epochs  # not trained again

    (handed_in,) = set(folder.glob("*.zip")) - zips
    with zipfile.ZipFile(handed_in) as archive:
        assert set(archive.namelist()) == {"mnist.ipynb", ".OTTER_LOG", "__zip_filename__"}
        assert json.dumps(json.loads(archive.read("mnist.ipynb"))).count("Epoch 5/5") == 1
    (submission,) = intake.collect([handed_in])
    grade = mnist_grader.grade(submission)
    assert (grade.score, grade.max_score) == (24, 24), grade
