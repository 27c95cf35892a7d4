"""JupyterLab as a student has it, with settings of its own and a data set that needs no network."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from autograder.course.config import Assignment
from autograder.notebook import otter
from tests.conftest import notebook_of
from tests.system.test_plain_otter import OFFLINE

SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "apputils-extension/themes": {"adaptive-theme": True},  # light or dark, as the browser asks
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell stays in the page
}
PROMPT = re.compile(r'""" # BEGIN PROMPT.*?# END PROMPT\n?', re.DOTALL)
MARK = re.compile(r"^# (BEGIN|END) SOLUTION.*\n?|  # SOLUTION$", re.MULTILINE)
"""What Otter Assign leaves of its marks in the solved notebook."""
PATIENCE = 300_000  # milliseconds; a busy machine trains slowly
NUMBERED = """
least => [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')]
    .every(prompt => Number((prompt.textContent.match(/\\[(\\d+)\\]/) || [0, 0])[1]) > least)
"""


def answers(assignment: Assignment) -> dict[int, str]:
    """What a student may write into the notebook's answer cells, by their places."""
    names = [question.name for question in assignment.questions]
    notebook, solution = (notebook_of(assignment, solved=solved) for solved in (False, True))
    found = {}
    solved = otter.answer_cells(solution, names)
    for name, (place,) in otter.answer_cells(notebook, names).items():
        source = "\n".join(solution.cells[i].source for i in solved[name])
        found[place] = re.sub(PROMPT, "", re.sub(MARK, "", source)).strip()
    return found


@contextmanager
def jupyter_lab(folder: Path, home: Path, data: Path) -> Iterator[str]:
    """Start JupyterLab in `folder`; yields the address of a file there, with `{}` for its name."""
    startup = home / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "0.py").write_text(OFFLINE.format(path=str(data)), encoding="utf-8")
    for name, values in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    places = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
    }
    environment = {**os.environ, **{name: str(path) for name, path in places.items()}}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
    command = [sys.executable, "-m", "jupyterlab", *options, f"--IdentityProvider.token={token}"]
    with (home / "log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/api", server, home / "log")
            yield f"{address}/lab/tree/{{}}?token={token}"
        finally:
            server.terminate()  # it ends its kernels
            server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until the server answers."""
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text()[-2_000:]
            time.sleep(0.2)


def open_notebook(page: Page, address: str) -> None:
    """Open a notebook, and wait until its kernel has started."""
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Idle", timeout=PATIENCE)
    expect(cell(page, 0)).to_be_visible(timeout=PATIENCE)


def cell(page: Page, index: int) -> Locator:
    """A cell by its place in the notebook, from 0."""
    return page.locator(".jp-Notebook .jp-Cell").nth(index)


def executed(page: Page) -> list[int]:
    """The numbers that Lab shows beside the code cells that have been run."""
    prompts = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").all_inner_texts()
    return [int(number) for prompt in prompts for number in re.findall(r"\[(\d+)\]", prompt)]


def run_all(page: Page) -> None:
    """Run all cells by the menu, and wait until each has a number that is new."""
    before = max(executed(page), default=0)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(NUMBERED, arg=before, timeout=PATIENCE)


def paste(page: Page, index: int, text: str) -> None:
    """Replace what stands in a code cell, by the clipboard."""
    editor = cell(page, index).locator(".cm-content")
    editor.click()
    page.keyboard.press("ControlOrMeta+A")
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("ControlOrMeta+V")
    lines = [re.escape(line) for line in text.splitlines() if line.strip()]
    expect(editor).to_have_text(re.compile(r"\s*".join(lines)), timeout=PATIENCE)
